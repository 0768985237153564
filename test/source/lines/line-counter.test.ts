import { rmSync, symlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LineCount } from '../../../src/model/record.js';
import { openHistory } from '../../../src/source/history.js';
import { extract } from '../../../src/source/extraction.js';
import { temporaryFolder, testRepository, TestRepository } from '../../fixtures/repository.js';
import { fastImport, gitLines } from '../git-oracle.js';
import { fastImportStream, randomHistory } from '../random-history.js';
import { movesStream, randomMoves } from '../renames/random-moves.js';

function sum(lines: readonly LineCount[] = []): [added: number, removed: number] {
  const counted = lines.filter((one) => one !== null && one !== 'binary');
  return [counted.reduce((all, [added]) => all + added, 0), counted.reduce((all, [, removed]) => all + removed, 0)];
}

/** Holds every commit against git; returns what was seen. */
function expectLikeGit(dir: string): LineCount[] {
  const history = openHistory(dir, { refs: 'branches', lines: true });
  const without = openHistory(dir, { refs: 'branches', renames: false, lines: true });
  const likeLog = openHistory(dir, { refs: 'branches', lines: 'plain' });
  try {
    const { revs } = history.outline();
    const sums = gitLines(dir, revs, ['-M', '-l1000']);
    const expected = gitLines(dir, revs);
    const plain = gitLines(dir, revs, ['--no-renames']);
    const linesOf = (from: typeof history, rev: string) =>
      from.actions(rev).flatMap(({ lines }) => (lines === undefined ? [] : [lines]));
    for (const rev of revs) {
      expect(linesOf(history, rev), rev).toEqual(expected.get(rev));
      expect(linesOf(without, rev), rev).toEqual(plain.get(rev));
      expect(history.changes(rev).lines, rev).toEqual(sum(expected.get(rev)));
      expect(likeLog.changes(rev).lines, rev).toEqual(sum(sums.get(rev)));
    }
    return [...expected.values()].flat();
  } finally {
    history.close();
    without.close();
    likeLog.close();
  }
}

describe('lines are those of git log --numstat', () => {
  test.each([
    ['moves and copies', () => randomMoves.map(movesStream)],
    ['links, submodules and merges', () => randomHistory.map(fastImportStream)],
  ])('in random histories: %s', { timeout: 300_000 }, (_, streams) => {
    const root = temporaryFolder();
    const seen = new Set<string>();
    let n = 0;
    fc.assert(
      fc.property(streams(), (stream) => {
        const repository = new TestRepository(join(root, `r${n++}`));
        fastImport(repository.dir, stream);
        for (const lines of expectLikeGit(repository.dir)) seen.add(JSON.stringify(lines));
        rmSync(repository.dir, { recursive: true });
      }),
      { numRuns: 60 },
    );
    expect(seen.size).toBeGreaterThan(3);
  });

  test('of links, files that become links, binary files, modes, and renames of them', () => {
    const repository = testRepository();
    const text = Array.from({ length: 40 }, (_, i) => `line ${i}\n`).join('');
    const binary = Buffer.concat([Buffer.from([0, 1, 2]), Buffer.from(text)]);
    repository.commit({ files: { text, binary, other: 'target' } });
    symlinkSync('target', join(repository.dir, 'link'));
    unlinkSync(join(repository.dir, 'other'));
    symlinkSync('text', join(repository.dir, 'other'));
    repository.commit();
    repository.git('mv', 'binary', 'moved');
    repository.git('mv', 'text', 'moved-text');
    repository.git('update-index', '--chmod=+x', 'moved-text');
    repository.commit({ files: { 'moved-text': text.replace('line 7\n', 'seven\n') } });
    repository.git('update-index', '--chmod=+x', 'moved');
    repository.git('commit', '-qm', 'mode');
    unlinkSync(join(repository.dir, 'link'));
    repository.commit({ files: { moved: 'a text now\n', link: 'a\nfile\n' } });
    repository.git('update-index', '--add', '--cacheinfo', `160000,${'12'.repeat(20)},sub`);
    repository.git('commit', '-qm', 'submodule');
    repository.git('update-index', '--cacheinfo', `160000,${'34'.repeat(20)},sub`);
    repository.git('commit', '-qm', 'submodule moved');
    repository.git('rm', '-q', '--cached', 'sub');
    repository.git('commit', '-qm', 'submodule gone');
    // What is checked out must not matter; a bare clone has no attributes at all.
    const bare = join(temporaryFolder(), 'bare.git');
    repository.git('clone', '-q', '--bare', '.', bare);
    const seen = expectLikeGit(bare);
    expect(seen).toContain('binary');
    expect(seen).toHaveLength(13);
  });

  test('a missing content is unknown, and so is its commit; the others are as ever', async () => {
    const repository = testRepository();
    repository.commit({ files: { a: 'a\n', b: 'b\n' } });
    repository.commit({ files: { a: 'a\n2\n', b: 'b\n2\n' } });
    repository.commit({ files: { b: 'b\n2\n3\n' } });
    const oid = repository.git('rev-parse', 'HEAD~1:a');
    rmSync(join(repository.dir, '.git', 'objects', oid.slice(0, 2), oid.slice(2)));
    const found = [];
    const lossesFound = [];
    const options = { refs: 'branches', actions: true, lines: true, known: new Set<string>() } as const;
    for await (const event of extract(repository.dir, options)) {
      if (event.kind === 'batch') {
        found.push(...event.changes.map(({ lines, actions }) => [lines, actions.map((action) => action.lines)]));
      }
      if (event.kind === 'losses') lossesFound.push(event.losses);
    }
    expect(found).toEqual([
      [
        [2, 0],
        [
          [1, 0],
          [1, 0],
        ],
      ],
      [null, [null, [1, 0]]],
      [[1, 0], [[1, 0]]],
    ]);
    expect(lossesFound).toEqual([{ commits: 1, first: `object ${oid} is missing` }]);
  });
});
