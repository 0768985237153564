import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { CommitReader } from '../../../src/source/commits/commit-reader.js';
import { walkCommits } from '../../../src/source/commits/commit-walk.js';
import { walkNear } from '../../../src/source/commits/near-walk.js';
import { ObjectDatabase } from '../../../src/source/objects/object-database.js';
import { testRepository, type TestRepository } from '../../fixtures/repository.js';
import { fastImport } from '../git-oracle.js';

const RUNS = Number(process.env['HEALTH_RUNS'] ?? 25);

/** Commits as a fast-import stream; parents by position, `times` few, so that they tie and run backwards. */
function stream(commits: { parents: number[]; time: number }[], first = 0): string {
  const mark = (i: number) => `:${i + 1}`;
  return commits
    .map(({ parents, time }, i) => {
      const [from, ...others] = parents.map(mark);
      const lines = [
        i + first === 0 || from === undefined ? 'reset refs/heads/main\n' : '',
        `commit refs/heads/main\nmark ${mark(i + first)}\n`,
        `committer Ada Example <ada@example.org> ${1_400_000_000 + time} +0000\ndata 1\nx\n`,
        from === undefined ? '' : `from ${from}\n`,
        ...others.map((other) => `merge ${other}\n`),
      ];
      return `${lines.join('')}\nreset refs/heads/b${i + first}\nfrom ${mark(i + first)}\n\n`;
    })
    .join('');
}

/** Both ways through all branches, as ids and positions. */
function bothWalks({ dir, git }: Pick<TestRepository, 'dir'> & { git: (...args: string[]) => string }) {
  const objects = new ObjectDatabase(join(dir, '.git', 'objects'));
  onTestFinished(() => objects.close());
  const reader = new CommitReader(objects, new Map());
  const tips = git('for-each-ref', '--format=%(objectname)', 'refs/heads')
    .split('\n')
    .map((rev) => objects.findRev(rev));
  expect(objects.near).not.toBeNull();
  let asked = 0;
  const near = walkNear(objects.near!, objects.count, tips, (commit) => {
    asked++;
    return reader.links(commit);
  });
  const plain = walkCommits(reader, tips);
  return { near, plain, asked };
}

describe('the kernel walks as walkCommits does', () => {
  test('random histories in one pack', () => {
    const commit = fc.record({ parents: fc.array(fc.nat(), { maxLength: 5 }), time: fc.nat({ max: 9 }) });
    fc.assert(
      fc.property(fc.array(commit, { minLength: 1, maxLength: 60 }), (raw) => {
        const commits = raw.map(({ parents, time }, i) => ({
          time,
          parents: i === 0 ? [] : [...new Set(parents.map((parent) => parent % i))],
        }));
        const repository = testRepository();
        fastImport(repository.dir, Buffer.from(stream(commits)));
        repository.git('repack', '-q', '-a', '-d');
        const { near, plain, asked } = bothWalks({ dir: repository.dir, git: (...args) => repository.git(...args) });
        expect(near).toEqual(plain);
        expect(asked).toBe(0);
      }),
      { numRuns: RUNS },
    );
  });

  test('what lies elsewhere or is unusual is asked for', () => {
    const repository = testRepository();
    repository.commit({ files: { a: '1' }, message: 'packed' });
    repository.commit({ files: { a: '2' }, message: 'packed too, and larger than most '.repeat(2500) });
    repository.git('repack', '-q', '-a', '-d');
    for (let i = 0; i < 5; i++) repository.commit({ files: { a: `loose ${i}` }, message: `loose ${i}` });
    const { near, plain, asked } = bothWalks({ dir: repository.dir, git: (...args) => repository.git(...args) });
    // Loose commits are met under numbers that were not given out when the walk began: it is done elsewhere.
    if (near !== null) expect(near).toEqual(plain);
    expect(plain.commits).toHaveLength(7);
    repository.git('repack', '-q', '-d');
    const packed = bothWalks({ dir: repository.dir, git: (...args) => repository.git(...args) });
    expect(packed.near).toEqual(packed.plain);
    expect(packed.asked).toBeGreaterThan(0);
    expect(asked).toBeGreaterThan(0);
  });

  test('more parents than it takes: left to the other', () => {
    const repository = testRepository();
    const commits = [
      ...Array.from({ length: 30 }, (_, i) => ({ parents: [] as number[], time: i })),
      { parents: Array.from({ length: 30 }, (_, i) => i), time: 40 },
    ];
    fastImport(repository.dir, Buffer.from(stream(commits)));
    repository.git('repack', '-q', '-a', '-d');
    const { near, plain } = bothWalks({ dir: repository.dir, git: (...args) => repository.git(...args) });
    expect(near).toBeNull();
    expect(plain.commits).toHaveLength(31);
  });

  test('a walk after a walk', () => {
    const repository = testRepository();
    for (let i = 0; i < 5; i++) repository.commit({ files: { a: `${i}` } });
    repository.git('repack', '-q', '-a', '-d');
    const objects = new ObjectDatabase(join(repository.dir, '.git', 'objects'));
    onTestFinished(() => objects.close());
    const reader = new CommitReader(objects, new Map());
    const tip = (name: string) => objects.findRev(repository.git('rev-parse', name));
    for (const tips of [[tip('main')], [tip('main~2')], [tip('main~1'), tip('main~1'), tip('main')]]) {
      const near = walkNear(objects.near!, objects.count, tips, (commit) => reader.links(commit));
      expect(near).toEqual(walkCommits(reader, tips));
    }
  });
});
