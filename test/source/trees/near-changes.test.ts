import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { openHistory } from '../../../src/source/history.js';
import type { NearPack } from '../../../src/source/objects/near-pack.js';
import { ObjectDatabase } from '../../../src/source/objects/object-database.js';
import type { FileChange } from '../../../src/source/trees/file-change.js';
import { nearChanges } from '../../../src/source/trees/near-changes.js';
import { TreeDiff } from '../../../src/source/trees/tree-diff.js';
import { oidText, type TreeEntry } from '../../../src/source/trees/tree-entry.js';
import { TreeReader } from '../../../src/source/trees/tree-reader.js';
import { temporaryFolder, TestRepository, testRepository } from '../../fixtures/repository.js';
import { runs } from '../../fixtures/runs.js';
import { fastImport, gitActions, writeObject } from '../git-oracle.js';
import { fastImportStream, randomHistory } from '../random-history.js';

/** Reads as if no pack were the kernel's. */
class FarTrees extends TreeReader {
  override get near(): null {
    return null;
  }
}

function opened(dir: string): { near: NearPack; objects: ObjectDatabase; plain: TreeDiff; diff: TreeDiff } {
  const objects = new ObjectDatabase(join(dir, '.git', 'objects'));
  const { near } = objects;
  if (near === null) throw new Error('no pack is near');
  return { near, objects, plain: new TreeDiff(new FarTrees(objects)), diff: new TreeDiff(new TreeReader(objects)) };
}

function said(changes: readonly FileChange[] | null): unknown {
  const side = (entry: TreeEntry | null) => entry && [entry.mode, oidText(entry)];
  return changes?.map(({ status, path, before, after }) => [status, path, side(before), side(after)]);
}

test('the kernel finds the changes between any two trees that are found without it', { timeout: 3_600_000 }, () => {
  const root = temporaryFolder();
  const seen = new Set<string>();
  let n = 0;
  fc.assert(
    fc.property(randomHistory, (random) => {
      const dir = join(root, `r${n++}`);
      const repository = new TestRepository(dir);
      fastImport(dir, fastImportStream(random));
      repository.git('repack', '-adfq', '--depth=50');
      const { near, objects, plain } = opened(dir);
      try {
        const names = repository.git('log', '--all', '--format=%T').split('\n');
        const trees = [...new Set(names)].map((name) => objects.findRev(name)).filter((tree) => near.holds(tree));
        for (const before of [-1, ...trees]) {
          for (const after of [-1, ...trees]) {
            objects.release();
            const found = nearChanges(near, before, after);
            expect(said(found)).toEqual(said(plain.changes(before, after)));
            for (const { status } of found ?? []) seen.add(status);
          }
        }
      } finally {
        objects.close();
        rmSync(dir, { recursive: true });
      }
    }),
    { numRuns: runs(30) },
  );
  expect([...seen].sort()).toEqual(['A', 'D', 'M', 'T']);
});

const WHO = 'A <a@example.org> 1400000000 +0000';

/** The change from nothing to a tree, all in one pack, as history and git have it, and whether the kernel found it. */
function grown(tree: (repository: TestRepository) => string): { isNear: boolean; count: number } {
  const repository = testRepository();
  const top = tree(repository);
  const commit = writeObject(repository.dir, 'commit', `tree ${top}\nauthor ${WHO}\ncommitter ${WHO}\n\nx\n`);
  repository.git('update-ref', 'refs/heads/main', commit);
  repository.git('repack', '-adq');
  const history = openHistory(repository.dir, { refs: 'branches' });
  const { near, objects } = opened(repository.dir);
  onTestFinished(() => {
    history.close();
    objects.close();
  });
  const actions = history.actions(commit);
  expect(actions).toEqual(gitActions(repository.dir, [commit]).get(commit));
  return { isNear: nearChanges(near, -1, objects.findRev(top)) !== null, count: actions.length };
}

function treeOf(repository: TestRepository, entries: readonly [mode: string, name: string, oid: string][]): string {
  const parts = entries.map(([mode, name, oid]) =>
    Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(oid, 'hex')]),
  );
  return writeObject(repository.dir, 'tree', Buffer.concat(parts));
}

test.each([
  ['some files', 1000, true],
  ['more changes than there is room for', 9000, false],
])('%s', (_, many, isNear) => {
  const name = (i: number) => `file ${String(i).padStart(5, '0')}`;
  const found = grown((repository) => {
    const blob = writeObject(repository.dir, 'blob', 'x\n');
    return treeOf(
      repository,
      Array.from({ length: many }, (__, i) => ['100644', name(i), blob]),
    );
  });
  expect(found).toEqual({ isNear, count: many });
});

test.each([
  ['deep folders', 100, 'f', true],
  ['folders deeper than the kernel goes', 140, 'f', false],
  ['a long path', 20, 'f'.repeat(200), true],
  ['a path longer than there is room for', 25, 'f'.repeat(200), false],
])('%s', (_, depth, name, isNear) => {
  const found = grown((repository) => {
    let entry = ['100644', name, writeObject(repository.dir, 'blob', 'x\n')] as [string, string, string];
    for (let i = 0; i < depth; i++) entry = ['40000', name, treeOf(repository, [entry])];
    return treeOf(repository, [entry]);
  });
  expect(found).toEqual({ isNear, count: 1 });
});

test('paths that together are more than there is room for', () => {
  const found = grown((repository) => {
    const blob = writeObject(repository.dir, 'blob', 'x\n');
    const names = Array.from({ length: 3000 }, (_, i) => `${String(i).padStart(5, '0')}${'n'.repeat(195)}`);
    return treeOf(
      repository,
      names.map((name) => ['100644', name, blob]),
    );
  });
  expect(found).toEqual({ isNear: false, count: 3000 });
});

test('a tree that is damaged, or lies elsewhere, is left to be compared without the kernel', () => {
  const repository = testRepository();
  repository.commit({ files: { 'a/b': '1', c: '1' } });
  const bad = writeObject(repository.dir, 'tree', Buffer.from('100644 no id\0'));
  const holder = treeOf(repository, [['40000', 'bad', bad]]);
  const file = treeOf(repository, [['40000', 'a', repository.git('rev-parse', 'HEAD:c')]]);
  const all = repository.git('cat-file', '--batch-all-objects', '--batch-check=%(objectname)');
  // Git would follow the trees if it were to repack.
  execFileSync('git', ['pack-objects', '-q', '.git/objects/pack/pack'], { cwd: repository.dir, input: `${all}\n` });
  repository.git('prune-packed', '-q');
  repository.commit({ files: { 'a/b': '2' } });
  const { near, objects, diff } = opened(repository.dir);
  onTestFinished(() => objects.close());
  const good = objects.findRev(repository.git('rev-parse', 'HEAD~1^{tree}'));
  const late = objects.findRev(repository.git('rev-parse', 'HEAD^{tree}'));
  expect(nearChanges(near, -1, good)).toHaveLength(2);
  for (const tree of [bad, holder, file].map((name) => objects.findRev(name))) {
    expect(near.holds(tree)).toBe(true);
    expect(nearChanges(near, good, tree)).toBeNull();
  }
  expect(near.holds(late)).toBe(false);
  expect(nearChanges(near, good, late)).toBeNull();
  expect(said(diff.changes(good, late))).toEqual([['M', 'a/b', expect.anything(), expect.anything()]]);
});
