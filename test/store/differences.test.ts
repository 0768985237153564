import { describe, expect, it } from 'vitest';
import type { Difference } from '../../src/model/fault.js';
import { openReadable } from '../../src/store/readable.js';
import { madeHistory } from './made-history.js';
import { load, rows, storeFile } from './opened.js';

const ALL = 'select s.rev, d.fault, d.rows from health_differences d join scmlog s on s.id = d.commit_id order by 1, 2';

const COMMITS = [
  {
    id: 'e',
    parents: ['d', 'c'],
    // AM is a modification to CVSAnalY too; RR is none to anybody, but ends up in the message.
    actions: [
      { status: 'MR', path: 'x' },
      { status: 'AM', path: 'y' },
      { status: 'RR', path: 'z' },
    ],
  },
  // Below a renamed folder's new name, and merely beginning like a renamed file's.
  { id: 'd', parents: ['c'], actions: [{ status: 'M', path: 'new.c.orig' }] },
  {
    id: 'c',
    parents: ['b'],
    actions: [
      { status: 'R', path: 'new.c', from: 'old.c' },
      { status: 'M', path: 'caf\u00e9.c' },
      { status: 'C', path: 'copy of a', from: 'a' },
      { status: 'M', path: 'plain blanks' },
    ],
  },
  {
    id: 'b',
    parents: ['a'],
    committer: { name: 'Ada', email: 'ada@example.org', zone: 19800 },
    author: { name: 'Ada', email: 'ada@example.net', zone: -12600 },
    actions: [{ status: 'T', path: 'old.c' }],
  },
  {
    id: 'a',
    actions: [
      { status: 'A', path: 'old.c' },
      { status: 'A', path: 'old.c.orig' },
      { status: 'A', path: 'a' },
    ],
  },
];
const REFS = { 'refs/heads/main': 'e', 'refs/tags/v1': 'b', 'refs/tags/v2': 'b', 'refs/tags/v3': 'b' };

const EXPECTED: Difference[] = [
  { fault: 'zone', rows: 1, commits: 1 },
  { fault: 'author', rows: 1, commits: 1 },
  { fault: 'tag', rows: 2, commits: 1 },
  { fault: 'action', rows: 2, commits: 2 },
  { fault: 'message', rows: 2, commits: 2 },
  { fault: 'prefix', rows: 1, commits: 1 },
  { fault: 'path', rows: 2, commits: 1 },
];

function told(file: string): (Difference[] | null)[] {
  const store = openReadable(file);
  const found = store.projects().map(({ differences }) => differences);
  store.close();
  return found;
}

describe.each(['default', 'strict'] as const)('compat %s', (compat) => {
  it('counts where CVSAnalY\u2019s faults make a difference', async () => {
    const file = storeFile();
    await load(file, madeHistory(COMMITS, REFS), { options: { compat } });
    expect(told(file)).toEqual([EXPECTED]);
  });

  it('counts the same in two loads as in one', async () => {
    const file = storeFile();
    const before = { ...REFS, 'refs/heads/main': 'c' };
    await load(file, madeHistory(COMMITS.slice(2), before), { options: { compat } });
    await load(file, madeHistory(COMMITS, REFS), { options: { compat } });
    const whole = storeFile();
    await load(whole, madeHistory(COMMITS, REFS), { options: { compat } });
    expect(rows(file, ALL)).toEqual(rows(whole, ALL));
  });
});

it('forgets what went away, and tags that did', async () => {
  const file = storeFile();
  await load(file, madeHistory(COMMITS, REFS));
  await load(file, madeHistory(COMMITS.slice(3), { 'refs/heads/main': 'b', 'refs/tags/v1': 'b' }));
  expect(rows(file, 'select fault from health_differences order by 1')).toEqual([
    ['action'],
    ['author'],
    ['message'],
    ['zone'],
  ]);
  expect(rows(file, 'select count(*) from health_differences where commit_id not in (select id from scmlog)')).toEqual([
    [0],
  ]);
});
