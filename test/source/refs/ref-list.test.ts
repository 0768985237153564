import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RefChoice } from '../../../src/model/history.js';
import { openHistory } from '../../../src/source/history.js';
import { temporaryFolder, testRepository, type TestRepository } from '../../fixtures/repository.js';
import { gitOrder, writeObject } from '../git-oracle.js';

/** main, needle, needle-2.0 and side/one, some packed, with tags of all kinds and refs that are not to be seen. */
function repositoryWithRefs(): TestRepository {
  const repository = testRepository();
  repository.commit({ files: { a: '1' } });
  repository.git('tag', 'light');
  repository.git('tag', '-m', 'annotated', 'v1');
  repository.git('tag', '-m', 'nested', 'v1-again', 'v1');
  repository.git('branch', 'needle');
  repository.commit({ files: { a: '2' } });
  repository.git('tag', '-m', 'next', 'v2');
  repository.git('pack-refs', '--all');
  repository.git('checkout', '-q', '-b', 'side/one', 'needle');
  repository.commit({ files: { b: '1' } });
  repository.git('branch', 'needle-2.0');
  repository.git('tag', 'tree', 'HEAD^{tree}');
  repository.git('tag', '-m', 'a blob', 'blob', 'HEAD:b');
  repository.git('update-ref', 'refs/pull/1/head', 'HEAD');
  repository.git('update-ref', 'refs/notes/commits', 'HEAD');
  repository.git('update-ref', 'refs/original/refs/heads/main', 'HEAD');
  repository.git('checkout', '-q', 'main');
  return repository;
}

function names(path: string, refs: RefChoice = 'branches'): string[] {
  return openHistory(path, { refs })
    .snapshot()
    .refs.map((ref) => ref.name);
}

describe('refs', () => {
  test('branches and tags, loose or packed, tags peeled, all else left out', () => {
    const repository = repositoryWithRefs();
    const { refs, head } = openHistory(repository.dir, { refs: 'branches' }).snapshot();
    const rev = (name: string): string => repository.git('rev-parse', name);
    const branches = ['main', 'needle', 'needle-2.0', 'side/one'].map((name) => ({
      name: `refs/heads/${name}`,
      kind: 'branch',
      oid: rev(name),
      commit: rev(name),
    }));
    const tags = ['light', 'v1', 'v1-again', 'v2'].map((name) => ({
      name: `refs/tags/${name}`,
      kind: 'tag',
      oid: rev(name),
      commit: rev(`${name}^{commit}`),
    }));
    expect(refs).toEqual([...branches, ...tags]);
    expect(head).toBe('refs/heads/main');
    repository.git('pack-refs', '--all');
    expect(openHistory(repository.dir, { refs: 'branches' }).snapshot().refs).toEqual(refs);
    expect(readFileSync(join(repository.dir, '.git', 'packed-refs'), 'utf8')).toContain('\n^');
  });

  test('a loose ref wins over a packed one', () => {
    const repository = repositoryWithRefs();
    repository.git('checkout', '-q', 'needle');
    const rev = repository.commit({ files: { c: '1' } });
    const { refs } = openHistory(repository.dir, { refs: ['needle'] }).snapshot();
    expect(refs.find((ref) => ref.kind === 'branch')?.commit).toBe(rev);
  });

  test('refs/replace are no refs of a history, but a flag of it: objects count as they were made', () => {
    const repository = repositoryWithRefs();
    const before = openHistory(repository.dir, { refs: 'branches' }).outline();
    expect(before.flags).toEqual([]);
    repository.git('replace', '--graft', 'main');
    for (const where of ['loose', 'packed']) {
      if (where === 'packed') repository.git('pack-refs', '--all');
      expect(openHistory(repository.dir, { refs: 'branches' }).outline(), where).toEqual({
        ...before,
        flags: ['replaced'],
      });
    }
    // Git follows them, unless it is told not to.
    expect(gitOrder(repository.dir, ['--branches', '--tags'])).not.toEqual(before.revs);
    const told = repository.gitWith(
      { GIT_NO_REPLACE_OBJECTS: '1' },
      'log',
      '--topo-order',
      '--format=%H',
      '--branches',
    );
    expect(told.split('\n')).toEqual(before.revs);
  });

  test('a mirror with remote branches and pull requests shows only its own branches', () => {
    const repository = repositoryWithRefs();
    const mirror = join(temporaryFolder(), 'mirror.git');
    repository.git('clone', '-q', '--mirror', '.', mirror);
    repository.git('--git-dir', mirror, 'update-ref', 'refs/remotes/origin/old', 'refs/heads/needle');
    expect(names(mirror)).toEqual(names(repository.dir));
  });

  test('several remotes of a work tree are all seen, origin first in the order', () => {
    const repository = repositoryWithRefs();
    const clone = join(temporaryFolder(), 'clone');
    repository.git('clone', '-q', '.', clone);
    const git = (...args: string[]): string => repository.git('-C', clone, ...args);
    git('remote', 'add', 'another', repository.dir);
    git('fetch', '-q', '--no-tags', 'another');
    git('update-ref', 'refs/stash', 'HEAD');
    const history = openHistory(clone, { refs: 'branches' });
    expect(names(clone).filter((name) => name.startsWith('refs/remotes/'))).toEqual(
      ['another', 'origin'].flatMap((remote) =>
        ['main', 'needle', 'needle-2.0', 'side/one'].map((name) => `refs/remotes/${remote}/${name}`),
      ),
    );
    expect(history.outline().revs).toEqual(gitOrder(clone, ['--remotes=origin', '--all']));
  });

  test('a detached HEAD names no default branch, and its own commits are nobody’s', () => {
    const repository = repositoryWithRefs();
    repository.git('checkout', '-q', '--detach');
    const lost = repository.commit({ files: { d: '1' } });
    const history = openHistory(repository.dir, { refs: 'branches' });
    expect(history.snapshot().head).toBeNull();
    expect(history.outline().revs).not.toContain(lost);
    expect(() => names(repository.dir, 'default')).toThrow(expect.objectContaining({ code: 'bad-usage' }));
  });

  test('a clone with a detached HEAD still has its remote’s default branch', () => {
    const repository = repositoryWithRefs();
    const clone = join(temporaryFolder(), 'clone');
    repository.git('clone', '-q', '.', clone);
    repository.git('-C', clone, 'checkout', '-q', '--detach');
    expect(openHistory(clone, { refs: 'branches' }).snapshot().head).toBe('refs/remotes/origin/main');
  });

  test('a HEAD that names no existing branch is none', () => {
    const repository = repositoryWithRefs();
    repository.git('symbolic-ref', 'HEAD', 'refs/heads/unborn');
    expect(openHistory(repository.dir, { refs: 'branches' }).snapshot().head).toBeNull();
  });

  test('a ref to a missing commit is named', () => {
    const repository = repositoryWithRefs();
    const missing = '1234567890'.repeat(4);
    writeFileSync(join(repository.dir, '.git', 'refs', 'heads', 'dangling'), `${missing}\n`);
    expect(() => names(repository.dir)).toThrow(
      expect.objectContaining({
        code: 'missing-object',
        message: `refs/heads/dangling points to ${missing}, which is missing`,
      }),
    );
  });

  test('a tag to a missing commit, and a ref full of nonsense, are named', () => {
    const repository = repositoryWithRefs();
    const tag = writeObject(repository.dir, 'tag', `object ${'12'.repeat(20)}\ntype commit\ntag x\n\nx\n`);
    repository.git('update-ref', '--no-deref', 'refs/tags/broken', tag);
    expect(() => names(repository.dir)).toThrow(
      expect.objectContaining({ message: expect.stringContaining('refs/tags/broken') }),
    );
    repository.git('update-ref', '-d', 'refs/tags/broken');
    writeFileSync(join(repository.dir, '.git', 'refs', 'heads', 'main'), '\0\0\0\0');
    expect(() => names(repository.dir)).toThrow(
      expect.objectContaining({ code: 'corrupt-object', message: expect.stringContaining('refs/heads/main') }),
    );
  });

  test('leftover lock files are no refs; symbolic branches are', () => {
    const repository = repositoryWithRefs();
    const heads = join(repository.dir, '.git', 'refs', 'heads');
    mkdirSync(join(heads, 'empty'));
    writeFileSync(join(heads, 'main.lock'), '');
    writeFileSync(join(heads, 'alias'), 'ref: refs/heads/needle\n');
    writeFileSync(join(heads, 'ring'), 'ref: refs/heads/ring\n');
    expect(names(repository.dir, ['*'])).toEqual([
      'refs/heads/alias',
      'refs/heads/main',
      'refs/heads/needle',
      'refs/heads/needle-2.0',
      'refs/heads/side/one',
      'refs/tags/light',
      'refs/tags/v1',
      'refs/tags/v1-again',
      'refs/tags/v2',
    ]);
  });
});

describe('choosing refs', () => {
  test.each<[string, RefChoice, string[]]>([
    [
      'the default branch and the tags it reaches',
      'default',
      ['heads/main', 'tags/light', 'tags/v1', 'tags/v1-again', 'tags/v2'],
    ],
    ['a branch by name', ['needle'], ['heads/needle', 'tags/light', 'tags/v1', 'tags/v1-again']],
    ['a glob', ['needle*'], ['heads/needle', 'heads/needle-2.0', 'tags/light', 'tags/v1', 'tags/v1-again']],
    ['a class and a question mark', ['[mn]?*n'], ['heads/main', 'tags/light', 'tags/v1', 'tags/v1-again', 'tags/v2']],
    ['a full name', ['refs/heads/side/*'], ['heads/side/one', 'tags/light', 'tags/v1', 'tags/v1-again']],
    ['a tag', ['refs/tags/v1'], ['tags/light', 'tags/v1', 'tags/v1-again']],
  ])('%s', (_, choice, expected) => {
    const repository = repositoryWithRefs();
    expect(names(repository.dir, choice)).toEqual(expected.map((name) => `refs/${name}`));
  });

  test('a remote branch goes by its name with and without the remote', () => {
    const repository = repositoryWithRefs();
    const clone = join(temporaryFolder(), 'clone');
    repository.git('clone', '-q', '.', clone);
    const branches = (choice: RefChoice): string[] =>
      names(clone, choice).filter((name) => !name.startsWith('refs/tags/'));
    expect(branches(['side/one'])).toEqual(['refs/remotes/origin/side/one']);
    expect(branches(['origin/needle*'])).toEqual(['refs/remotes/origin/needle', 'refs/remotes/origin/needle-2.0']);
    expect(branches(['main'])).toEqual(['refs/heads/main', 'refs/remotes/origin/main']);
    expect(branches('default')).toEqual(['refs/remotes/origin/main']);
    const { head } = openHistory(clone, { refs: ['needle'] }).snapshot();
    expect(head).toBeNull();
  });

  test('a pattern that matches nothing names the branches there are', () => {
    const repository = repositoryWithRefs();
    expect(() => names(repository.dir, ['main', 'v1'])).toThrow(
      expect.objectContaining({
        code: 'bad-usage',
        message: 'no branch or tag matches v1',
        hint: 'branches: main, needle, needle-2.0, side/one',
      }),
    );
  });
});
