import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ActionRecord } from '../../../src/model/record.js';
import { openHistory } from '../../../src/source/history.js';
import { ObjectDatabase } from '../../../src/source/objects/object-database.js';
import { RenameDetector } from '../../../src/source/renames/rename-detector.js';
import { TreeDiff } from '../../../src/source/trees/tree-diff.js';
import { TreeReader } from '../../../src/source/trees/tree-reader.js';
import { testRepository, type TestRepository } from '../../fixtures/repository.js';
import { fastImport, gitActions } from '../git-oracle.js';

type Files = Record<string, string>;

function numbered(count: number, make: (i: number) => [path: string, content: string]): Files {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => make(i)));
}

/** A text of its own, a few lines of which may be changed. */
function text(i: number, changed = 0): string {
  return Array.from({ length: 8 }, (_, k) => `${k < changed ? 'other' : 'line'} ${k} of text ${i}\n`).join('');
}

/** Lines of ten bytes each. */
function lines(from: number, to: number): string {
  return Array.from({ length: to - from }, (_, i) => `${String(from + i).padStart(9, '0')}\n`).join('');
}

/** As alike as any other such text. */
function like(end: string): string {
  return `${text(1)}end ${end}\n`;
}

/** A commit that makes `after` of `before`. */
function changed(before: Files, after: Files): { repository: TestRepository; rev: string } {
  const repository = testRepository();
  const stream: string[] = [];
  for (const [i, files] of [before, after].entries()) {
    stream.push('commit refs/heads/main', `committer A <a@example.org> ${1_400_000_000 + i} +0000`, 'data 1', 'x');
    stream.push('deleteall');
    for (const [path, content] of Object.entries(files)) {
      stream.push(`M 100644 inline ${path}`, `data ${Buffer.byteLength(content)}`, content);
    }
  }
  fastImport(repository.dir, Buffer.from(`${stream.join('\n')}\n`));
  return { repository, rev: repository.git('rev-parse', 'main') };
}

function ours(dir: string, rev: string): ActionRecord[] {
  const history = openHistory(dir, { refs: 'branches' });
  try {
    return history.actions(rev);
  } finally {
    history.close();
  }
}

function expectLikeGit(before: Files, after: Files): ActionRecord[] {
  const { repository, rev } = changed(before, after);
  const actions = ours(repository.dir, rev);
  expect(actions).toEqual(gitActions(repository.dir, [rev]).get(rev));
  return actions;
}

function count(actions: readonly ActionRecord[], status: string): number {
  return actions.filter((action) => action.status === status).length;
}

describe('what git finds', () => {
  test('empty files move too, by their name where they can', () => {
    const actions = expectLikeGit({ 'a/x': '', 'a/y': '' }, { 'b/y': '', 'b/z': '' });
    expect(actions).toContainEqual({ status: 'R', path: 'b/y', from: 'a/y' });
    expect(expectLikeGit({ a: '\n' }, { b: '' })).toHaveLength(2);
  });

  test('the last copy of a deleted file is the rename', () => {
    const actions = expectLikeGit({ a: text(1) }, { b: text(1), c: text(1, 1), d: text(1, 2) });
    expect(actions).toEqual([
      { status: 'C', path: 'b', from: 'a' },
      { status: 'C', path: 'c', from: 'a' },
      { status: 'R', path: 'd', from: 'a' },
    ]);
  });

  test('only a file changed in the same commit is copied from', () => {
    const before = { a: text(1), b: text(2) };
    expect(expectLikeGit(before, { ...before, c: text(1) })).toEqual([{ status: 'A', path: 'c' }]);
    expect(expectLikeGit(before, { a: text(1, 1), b: text(2), c: text(1) })).toEqual([
      { status: 'M', path: 'a' },
      { status: 'C', path: 'c', from: 'a' },
    ]);
  });

  test('half is enough, a little less is not', () => {
    expect(count(expectLikeGit({ a: lines(0, 100) }, { b: lines(50, 150) }), 'R')).toBe(1);
    expect(count(expectLikeGit({ a: lines(0, 100) }, { b: lines(51, 151) }), 'R')).toBe(0);
    expect(count(expectLikeGit({ a: lines(0, 100) }, { b: lines(0, 50) }), 'R')).toBe(1);
    expect(count(expectLikeGit({ a: lines(0, 100) }, { b: lines(0, 49) }), 'R')).toBe(0);
  });

  test('a CR before a newline counts in a binary file only, and a last line without newline not at all', () => {
    const body = 'x\r\n'.repeat(40);
    const unix = 'x\n'.repeat(40);
    expectLikeGit({ a: body, b: `\0\n${body}` }, { c: unix, d: `\0\n${unix}` });
    expectLikeGit({ a: `\r\r\n\r${body}\r` }, { b: `\r\n\r\r${unix}\r\r` });
    // Git looks for a NUL in the first 8000 bytes.
    const long = `${'x'.repeat(40)}\r\n`.repeat(500);
    for (const [length, renames] of [
      [7999, 0],
      [8000, 1],
    ]) {
      const before = { a: `${'y'.repeat(length)}\0\n${long}` };
      const after = { b: `${'w'.repeat(length)}\0\n${long.replaceAll('\r', '')}` };
      expect(count(expectLikeGit(before, after), 'R')).toBe(renames);
    }
    expect(count(expectLikeGit({ a: `ab\n${'z'.repeat(60)}` }, { b: `cd\n${'z'.repeat(60)}` }), 'R')).toBe(0);
    expectLikeGit({ a: `ab\n${'z'.repeat(64)}` }, { b: `cd\n${'z'.repeat(64)}` });
  });

  test('among many with the same content, the first hundred are looked at', () => {
    const sources = numbered(120, (i) => [`a/${String(i).padStart(3, '0')}`, 'same\n']);
    expectLikeGit(sources, { 'b/099': 'same\n', 'b/100': 'same\n', 'b/101': 'same\n' });
  });

  // Git's hash table turns the order of equals around for these counts.
  test.each([51, 52, 204, 205, 206, 3277])('%i sources: the order of equals', (n) => {
    const sources = numbered(n, (i) => [`a/${String(i).padStart(4, '0')}`, i % 2 === 0 ? 'same\n' : `${i}\n`]);
    const actions = expectLikeGit(sources, { b: 'same\n', c: 'same\n' });
    const last = `a/${String((n - 1) & ~1).padStart(4, '0')}`;
    expect(actions.find(({ path }) => path === 'b')?.from === last).toBe(n === 205 || n === 3277);
  });

  test('more like ones than there are candidates', () => {
    const sources = numbered(12, (i) => [`a/${10 + i}`, like(String(10 + i))]);
    expectLikeGit(sources, { b: like('0b') });
    expectLikeGit(sources, { b: like('0b'), c: like('0c'), 'd/12': like('xx'), 'd/21': like('xy') });
  });
});

describe('the rename limit', () => {
  const before = numbered(1000, (i) => [`a/${i}`, text(i)]);

  test('a thousand by a thousand are compared', { timeout: 120_000 }, () => {
    expect(
      count(
        expectLikeGit(
          before,
          numbered(1000, (i) => [`b/${i}`, text(i, 2)]),
        ),
        'R',
      ),
    ).toBe(1000);
  });

  test('more are not; those with the same content are found, and do not count', { timeout: 120_000 }, () => {
    const after = numbered(1001, (i) => [`b/${i}`, text(i, 2)]);
    expect(count(expectLikeGit(before, after), 'R')).toBe(0);
    expect(count(expectLikeGit(before, { ...after, 'b/0': text(0) }), 'R')).toBe(1000);
  });

  test.each([
    [3, 3, 3],
    [3, 3, 4],
    [3, 1, 9],
    [3, 1, 10],
    [3, 9, 1],
    [3, 2, 5],
  ])('of %i: %i added, %i deleted', (limit, added, deleted) => {
    const sources = numbered(deleted, (i) => [`a/${i}`, text(i)]);
    const { repository, rev } = changed(
      sources,
      numbered(added, (i) => [`b/${i}`, text(i, 1)]),
    );
    const objects = new ObjectDatabase(join(repository.dir, '.git', 'objects'));
    const diff = new TreeDiff(new TreeReader(objects));
    const [old, now] = ['main~', 'main'].map((name) => objects.findRev(repository.git('rev-parse', `${name}^{tree}`)));
    const actions = new RenameDetector(objects, limit).detect(diff.changes(old, now));
    objects.close();
    expect(actions).toEqual(gitActions(repository.dir, [rev], ['-M', '-C', `-l${limit}`]).get(rev));
    expect(count(actions, 'R') > 0).toBe(added * deleted <= limit * limit);
  });
});

test('a blob that is missing is like no other, and stops nothing', () => {
  const repository = testRepository();
  repository.commit({ files: { a: text(1), b: text(2), c: text(3) } });
  const files = { a: null, b: null, c: null, d: text(1, 1), e: text(2, 1), f: text(3) };
  const rev = repository.commit({ files });
  const whole = ours(repository.dir, rev);
  expect(count(whole, 'R')).toBe(3);
  for (const name of ['HEAD~:a', 'HEAD:e', 'HEAD:f']) {
    const blob = repository.git('rev-parse', name);
    rmSync(join(repository.dir, '.git', 'objects', blob.slice(0, 2), blob.slice(2)));
  }
  expect(ours(repository.dir, rev)).toEqual([
    { status: 'D', path: 'a' },
    { status: 'D', path: 'b' },
    { status: 'A', path: 'd' },
    { status: 'A', path: 'e' },
    { status: 'R', path: 'f', from: 'c' },
  ]);
});
