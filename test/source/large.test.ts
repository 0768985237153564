import { execFileSync } from 'node:child_process';
import { closeSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ActionRecord } from '../../src/model/record.js';
import { openHistory } from '../../src/source/history.js';
import { testRepository, type TestRepository } from '../fixtures/repository.js';
import { fastImport, gitActions } from './git-oracle.js';

const SLOW = process.env['HEALTH_SLOW'] === '1';
const SKIPPED = SLOW ? '' : ' (skipped: slow; HEALTH_SLOW=1 runs it)';
const FILES = 100_000;
const MEGABYTE = 1 << 20;

function expectLikeGit({ dir }: TestRepository): ActionRecord[][] {
  const history = openHistory(dir, { refs: 'branches' });
  try {
    const { revs } = history.outline();
    const expected = gitActions(dir, revs);
    return revs.map((rev) => {
      const actions = history.actions(rev);
      // The whole of it first: a difference of a hundred thousand lines takes long to print.
      expect(actions.length).toBe(expected.get(rev)?.length);
      expect(JSON.stringify(actions) === JSON.stringify(expected.get(rev))).toBe(true);
      return actions;
    });
  } finally {
    history.close();
  }
}

function count(actions: readonly ActionRecord[] | undefined, status: string): number {
  return actions?.filter((action) => action.status === status).length ?? 0;
}

/** Five lines, one of which may be changed. */
function text(i: number, changed = false): string {
  return Array.from({ length: 5 }, (_, k) => `${changed && k === 0 ? 'other' : 'line'} ${k} of text ${i}\n`).join('');
}

describe(`${FILES} files in one tree${SKIPPED}`, () => {
  // With as many sources, ten more destinations are as much as the rename limit allows; eleven are too many.
  test.skipIf(!SLOW).each([10, 11])('all moved, %i of them edited', { timeout: 300_000 }, (edited) => {
    const repository = testRepository();
    const head = (time: number) =>
      `commit refs/heads/main\ncommitter A <a@example.org> ${1_400_000_000 + time} +0000\ndata 1\nx\n`;
    const file = (folder: string, i: number, content: string) =>
      `M 100644 inline ${folder}/file-${i}.c\ndata ${content.length}\n${content}`;
    const parts = [head(0)];
    for (let i = 0; i < FILES; i++) parts.push(file('old', i, text(i)));
    fastImport(repository.dir, Buffer.from(parts.splice(0).join('')));
    // By its id: to have fast-import rename a folder of so many takes a minute.
    const tree = repository.git('rev-parse', 'main:old');
    parts.push(head(1), `from refs/heads/main^0\nD old\nM 040000 ${tree} new\n`);
    for (let i = 0; i < edited; i++) parts.push(file('new', i * 997, text(i * 997, true)));
    // One file of so many is changed, again and again.
    for (let i = 0; i < 20; i++) parts.push(head(2 + i), file('new', 5, text(FILES + i)));
    parts.push(head(30), 'D new\n');
    fastImport(repository.dir, Buffer.from(parts.join('')));
    const actions = expectLikeGit(repository);
    expect(actions).toHaveLength(23);
    expect(count(actions[0], 'D')).toBe(FILES);
    expect(count(actions[21], 'R')).toBe(edited === 10 ? FILES : FILES - edited);
    expect(count(actions[22], 'A')).toBe(FILES);
  });
});

test('a large file, moved with an edit before it was edited again and again', { timeout: 300_000 }, () => {
  // Its old versions are at the end of a chain of deltas, all of which are in hand at once: more than there is room for.
  const repository = testRepository();
  const lines = Array.from(
    { length: 60_000 },
    (_, i) => `${i} ${Math.imul(i, 2_654_435_761)} of a file with long lines\n`,
  );
  const parts: string[] = [];
  for (let i = 0; i < 24; i++) {
    // The newest is the longest, which git deflates whole.
    lines[i * 100] = `edited by commit ${i}, ${'at length, '.repeat(20)}\n`;
    const content = lines.join('');
    parts.push(`commit refs/heads/main\ncommitter A <a@example.org> ${1_400_000_000 + i} +0000\ndata 1\nx\n`);
    if (i === 1) parts.push('D big\n');
    parts.push(`M 100644 inline ${i === 0 ? 'big' : 'moved'}\ndata ${content.length}\n${content}\n`);
  }
  fastImport(repository.dir, Buffer.from(parts.join('')));
  repository.git('repack', '-adfq', '--depth=50', '--window=3');
  const actions = expectLikeGit(repository);
  expect(actions.at(-2)).toEqual([{ status: 'R', path: 'moved', from: 'big' }]);
});

describe('the rename limit with copies', () => {
  // Of the sources some are deleted and some only edited: with -C, both count.
  test.each([
    [1000, 500, 500],
    [1001, 500, 500],
    [1000, 500, 501],
    [500, 1000, 1000],
    [500, 1000, 1001],
  ])('%i added, %i deleted, %i edited', { timeout: 600_000 }, (added, deleted, edited) => {
    const repository = testRepository();
    const parts: string[] = [];
    const file = (path: string, content: string) =>
      parts.push(`M 100644 inline ${path}\ndata ${content.length}\n${content}`);
    const head = (time: number) =>
      parts.push(`commit refs/heads/main\ncommitter A <a@example.org> ${1_400_000_000 + time} +0000\ndata 1\nx\n`);
    head(0);
    for (let i = 0; i < deleted + edited; i++) file(`a/${i}`, text(i));
    head(1);
    for (let i = 0; i < deleted; i++) parts.push(`D a/${i}\n`);
    for (let i = deleted; i < deleted + edited; i++) file(`a/${i}`, text(i, true));
    // Like sources of both kinds.
    for (let i = 0; i < added; i++) file(`b/${i}`, `${text(i + deleted - Math.floor(added / 2))}more\n`);
    fastImport(repository.dir, Buffer.from(parts.join('')));
    const [changes] = expectLikeGit(repository);
    const compared = added * (deleted + edited) <= 1_000_000;
    expect(count(changes, 'R') > 0).toBe(compared);
    expect(count(changes, 'C') > 0).toBe(compared);
  });
});

/** 200 MB that deflate well, or not at all. */
function writeLarge(path: string, noise: boolean): void {
  const piece = Buffer.alloc(MEGABYTE);
  const file = openSync(path, 'w');
  let state = 1;
  for (let k = 0; k < 200; k++) {
    for (let i = 0; i < piece.length; i++) {
      if (noise || i % 64 < 4) state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      piece[i] = noise ? state >>> 24 : i % 64 === 63 ? 10 : i % 64 < 4 ? 97 + (state >>> 28) : 97 + (i % 64) / 3;
    }
    writeSync(file, piece);
  }
  closeSync(file);
}

function overwrite(path: string, at: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, 'some other words\n', at);
  closeSync(file);
}

describe(`files of 200 MB${SKIPPED}`, () => {
  test.skipIf(!SLOW)('added, edited, and moved with an edit; loose and packed', { timeout: 600_000 }, () => {
    const repository = testRepository();
    const path = (name: string) => join(repository.dir, name);
    writeLarge(path('text'), false);
    writeLarge(path('noise'), true);
    repository.commit();
    for (const name of ['text', 'noise']) overwrite(path(name), 50 * MEGABYTE);
    repository.commit();
    for (const name of ['text', 'noise']) {
      renameSync(path(name), path(`${name}-moved`));
      overwrite(path(`${name}-moved`), 99 * MEGABYTE);
    }
    repository.commit();
    const before = process.memoryUsage().rss;
    const loose = expectLikeGit(repository);
    expect(loose.map((actions) => actions.map(({ status }) => status).join(''))).toEqual(['RR', 'MM', 'AA']);
    execFileSync('git', ['repack', '-adfq', '--window=4'], { cwd: repository.dir });
    expect(expectLikeGit(repository)).toEqual(loose);
    expect(process.memoryUsage().rss - before).toBeLessThan(900 * MEGABYTE);
  });
});
