import { rmSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { History } from '../../src/model/history.js';
import { openHistory } from '../../src/source/history.js';
import { temporaryFolder, TestRepository, testRepository } from '../fixtures/repository.js';
import { runs } from '../fixtures/runs.js';
import { fastImport, gitActions, gitOrder } from './git-oracle.js';
import { fastImportStream, randomHistory } from './random-history.js';

/** Holds all of a history against git's own output. */
function expectLikeGit(dir: string, history: History, refs: string[]): void {
  const { revs, parents } = history.outline();
  expect(revs).toEqual(gitOrder(dir, refs));
  const expected = gitActions(dir, revs);
  for (const [i, rev] of revs.entries()) {
    expect(history.actions(rev), rev).toEqual(expected.get(rev));
    expect(history.commit(rev).parents).toEqual(parents[i].map((parent) => revs[parent]));
    for (const parent of parents[i]) expect(parent).toBeGreaterThan(i);
  }
}

describe('random histories', () => {
  test('are read in git order with git actions', { timeout: 3_600_000 }, () => {
    const root = temporaryFolder();
    let n = 0;
    fc.assert(
      fc.property(randomHistory, fc.boolean(), (random, repack) => {
        const dir = join(root, `r${n++}`);
        const repository = new TestRepository(dir);
        fastImport(dir, fastImportStream(random));
        if (repack) repository.git('repack', '-adfq', '--depth=50');
        const history = openHistory(dir, { refs: 'branches' });
        try {
          expectLikeGit(dir, history, ['--all']);
        } finally {
          history.close();
          rmSync(dir, { recursive: true });
        }
      }),
      { numRuns: runs(60) },
    );
  });
});

function made(): TestRepository {
  const repository = testRepository();
  repository.commit({ files: { 'a/x': '1', 'a/y': '1', b: '1', link: 'b' } });
  repository.git('branch', 'side');
  repository.commit({ files: { 'a/x': '2', c: '1' } });
  repository.git('update-index', '--chmod=+x', 'b');
  repository.git('commit', '-q', '-m', 'mode', '--date=1400100000 +0000');
  repository.git('checkout', '-q', '-f', 'side');
  repository.commit({ files: { 'a/y': '3', d: 'd' } });
  repository.merge(['main']);
  return repository;
}

describe('one made history', () => {
  test('is the same from loose objects, from one pack, and from a bare clone', () => {
    const repository = made();
    const outline = openHistory(repository.dir, { refs: 'branches' }).outline();
    expect(outline.revs).toHaveLength(5);
    repository.git('repack', '-adq');
    repository.git('pack-refs', '--all');
    expect(openHistory(repository.dir, { refs: 'branches' }).outline()).toEqual(outline);
    const bare = join(temporaryFolder(), 'bare.git');
    repository.git('clone', '-q', '--bare', '.', bare);
    const cloned = openHistory(bare, { refs: 'branches' });
    expect(cloned.outline()).toEqual(outline);
    expectLikeGit(bare, cloned, ['--branches', '--tags']);
  });

  test('an ordinary clone takes up its remote branches first', () => {
    const repository = made();
    const clone = join(temporaryFolder(), 'clone');
    repository.git('clone', '-q', '.', clone);
    const history = openHistory(clone, { refs: 'branches' });
    expect(history.snapshot().refs.map((ref) => ref.name)).toEqual([
      'refs/heads/side',
      'refs/remotes/origin/main',
      'refs/remotes/origin/side',
    ]);
    expect(history.snapshot().head).toBe('refs/remotes/origin/side');
    expectLikeGit(clone, history, ['--remotes=origin', '--all']);
  });

  test('a type change is a T', () => {
    const repository = testRepository();
    repository.commit({ files: { a: 'target' } });
    const blob = repository.git('rev-parse', 'HEAD:a');
    repository.git('update-index', '--cacheinfo', `120000,${blob},a`);
    repository.git('commit', '-q', '-m', 'link', '--date=1400100000 +0000');
    const history = openHistory(repository.dir, { refs: 'branches' });
    expect(history.actions(history.outline().revs[0])).toEqual([{ status: 'T', path: 'a' }]);
  });

  test('an unknown commit is a missing object', () => {
    const history = openHistory(made().dir, { refs: 'branches' });
    expect(() => history.commit('0'.repeat(40))).toThrow(expect.objectContaining({ code: 'missing-object' }));
    expect(() => history.actions('main')).toThrow(expect.objectContaining({ code: 'missing-object' }));
  });

  test('a repository without commits says so', () => {
    const history = openHistory(testRepository().dir, { refs: 'branches' });
    expect(() => history.snapshot()).toThrow(expect.objectContaining({ code: 'no-commits' }));
  });
});
