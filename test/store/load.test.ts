import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { ada, bob, testRepository } from '../fixtures/repository.js';
import { gitHistory } from './git-history.js';
import { madeHistory, project, rev } from './made-history.js';
import { contents, load, rows, storeFile } from './opened.js';

it('fills the tables from a real repository', async () => {
  const repository = testRepository();
  const first = repository.commit({ message: 'Start\n\n\tIndented', files: { README: 'a', 'src/a.c': '1' } });
  repository.git('tag', '-a', 'v1', '-m', 'One');
  repository.git('tag', 'v1-light');
  repository.commit({
    author: bob,
    committer: ada,
    date: '1400010000 +0530',
    files: { 'src/a.c': '2', 'src/b.c': 'b' },
  });
  repository.git('checkout', '--quiet', '-b', 'topic', first);
  repository.commit({ author: bob, date: '1400020000 -0330', files: { 'src/a.c': '3' } });
  repository.git('checkout', '--quiet', 'main');
  repository.commit({ date: '1400030000 +0000', files: { 'src/b.c': null } });

  const file = storeFile();
  const summary = await load(file, gitHistory(repository));
  expect(summary).toMatchObject({ mode: 'new', commits: 4, actions: 6, people: 2, vanished: 0 });
  expect(rows(file, 'select id, name, email from people')).toEqual([
    [1, ada.name, ada.email],
    [2, bob.name, bob.email],
  ]);
  expect(
    rows(file, 'select id, date, date_tz, committer_id, author_id, composed_rev from scmlog order by date'),
  ).toEqual([
    [1, '2014-05-13 17:53:20', 0, 1, 1, 0],
    [expect.any(Number), '2014-05-13 18:56:40', -12600, 2, 2, 0],
    [expect.any(Number), '2014-05-14 01:10:00', 19800, 1, 2, 0],
    [expect.any(Number), '2014-05-14 01:13:20', 0, 1, 1, 0],
  ]);
  expect(rows(file, 'select message from scmlog where id = 1')).toEqual([['    Start\n    \n            Indented\n']]);
  expect(rows(file, 'select count(*) from commit_graph where parent_id < commit_id')).toEqual([[3]]);
  expect(
    rows(file, 'select t.name, r.commit_id from tag_revisions r join tags t on t.id = r.tag_id order by r.id'),
  ).toEqual([
    ['v1-light', 1],
    ['v1', 1],
  ]);
  const actions = `select b.name, a.type, l.file_path, f.file_name, p.file_name from actions a join branches b on b.id = a.branch_id
    join files f on f.id = a.file_id join file_links l on l.file_id = f.id left join files p on p.id = l.parent_id
    order by b.name, a.id`;
  expect(rows(file, actions)).toEqual([
    ['main', 'A', 'README', 'README', null],
    ['main', 'A', 'src/a.c', 'a.c', 'src'],
    ['main', 'M', 'src/a.c', 'a.c', 'src'],
    ['main', 'A', 'src/b.c', 'b.c', 'src'],
    ['main', 'D', 'src/b.c', 'b.c', 'src'],
    // The side branch knows nothing of main's files: it makes its own.
    ['topic', 'M', 'src/a.c', 'a.c', 'src'],
  ]);
  expect(rows(file, 'select count(*) from files')).toEqual([[6]]);
  expect(rows(file, 'select count(*) from file_links where parent_id = -1')).toEqual([[3]]);
  expect(rows(file, 'select (select count(*) from action_files), (select count(*) from actions_file_names)')).toEqual([
    [6, 6],
  ]);
});

it('gives ids in the exact reverse of the log', async () => {
  const history = madeHistory(
    [{ id: 'd', parents: ['b', 'c'] }, { id: 'c', parents: ['a'] }, { id: 'b', parents: ['a'] }, { id: 'a' }],
    { 'refs/heads/main': 'd' },
  );
  const file = storeFile();
  await load(file, history);
  expect(rows(file, 'select rev from scmlog order by id')).toEqual(
    [['a'], ['b'], ['c'], ['d']].map(([id]) => [rev(id!)]),
  );
  expect(rows(file, 'select * from commit_graph')).toEqual([
    [2, 1],
    [3, 1],
    [4, 2],
    [4, 3],
  ]);
});

it('makes renames and copies the rows CVSAnalY makes', async () => {
  const history = madeHistory(
    [
      { id: 'e', parents: ['d'], actions: [{ status: 'D', path: 'new/b.c' }] },
      { id: 'd', parents: ['c'], actions: [{ status: 'M', path: 'new/b.c' }] },
      { id: 'c', parents: ['b'], actions: [{ status: 'C', path: 'copy.c', from: 'new/b.c' }] },
      { id: 'b', parents: ['a'], actions: [{ status: 'R', path: 'new/b.c', from: 'old/a.c' }] },
      { id: 'a', actions: [{ status: 'A', path: 'old/a.c' }] },
    ],
    { 'refs/heads/main': 'e' },
  );
  const file = storeFile();
  await load(file, history);
  expect(rows(file, 'select id, file_name from files')).toEqual([
    [1, 'old'],
    [2, 'a.c'],
    [3, 'new'],
    [4, 'copy.c'],
  ]);
  expect(rows(file, 'select parent_id, file_id, commit_id, file_path from file_links')).toEqual([
    [-1, 1, 1, 'old'],
    [1, 2, 1, 'old/a.c'],
    [-1, 3, 2, 'new'],
    [3, 2, 2, 'new/b.c'],
    [-1, 4, 3, 'copy.c'],
  ]);
  expect(rows(file, 'select type, file_id from actions')).toEqual([
    ['A', 2],
    ['V', 2],
    ['C', 4],
    ['M', 2],
    ['D', 2],
  ]);
  expect(rows(file, 'select to_id, from_id, from_commit_id, new_file_name, action_id from file_copies')).toEqual([
    [2, 2, 2, 'b.c', 2],
    [4, 2, 3, null, 3],
  ]);
});

it('finds live paths, then moved ones, then deleted ones; strict also takes a mere prefix for a moved folder', async () => {
  const history = madeHistory(
    [
      {
        id: 'd',
        parents: ['c'],
        actions: [
          { status: 'M', path: 'b.c.in' },
          { status: 'M', path: 'gone.c' },
        ],
      },
      { id: 'c', parents: ['b'], actions: [{ status: 'D', path: 'gone.c' }] },
      { id: 'b', parents: ['a'], actions: [{ status: 'R', path: 'b.c', from: 'a.c' }] },
      { id: 'a', actions: ['a.c', 'a.c.in', 'gone.c'].map((path) => ({ status: 'A', path })) },
    ],
    { 'refs/heads/main': 'd' },
  );
  const touched = async (compat: 'default' | 'strict') => {
    const file = storeFile();
    await load(file, history, { options: { compat } });
    return rows(file, 'select f.file_name from actions a join files f on f.id = a.file_id where a.commit_id = 4');
  };
  expect(await touched('default')).toEqual([['b.c.in'], ['gone.c']]);
  expect(await touched('strict')).toEqual([['a.c.in'], ['gone.c']]);
});

it('goes back to a moved file when the one that took its path is deleted', async () => {
  const actions = [
    { status: 'A', path: 'a' },
    { status: 'R', path: 'b', from: 'a' },
    { status: 'A', path: 'b' },
    { status: 'M', path: 'b' },
    { status: 'D', path: 'b' },
    { status: 'M', path: 'b' },
  ];
  const file = storeFile();
  await load(file, madeHistory([{ id: 'a', actions }], { 'refs/heads/main': 'a' }));
  expect(rows(file, 'select file_id from actions').flat()).toEqual([1, 1, 2, 2, 2, 1]);
});

it('corrects what CVSAnalY gets wrong, and repeats it where compat is strict', async () => {
  const history = madeHistory(
    [
      {
        id: 'b',
        parents: ['a'],
        message: 'Link\n',
        actions: [{ status: 'T', path: 'x' }],
        committer: { zone: 19_800 },
        author: { zone: -12_600, email: 'ada@home.example' },
      },
      { id: 'a', actions: [{ status: 'A', path: 'x' }] },
    ],
    { 'refs/heads/main': 'b', 'refs/tags/one': 'b', 'refs/tags/two': 'b' },
  );
  const loaded = async (compat: 'default' | 'strict') => {
    const file = storeFile();
    await load(file, history, { options: { compat } });
    return {
      commit: rows(file, 'select date_tz, author_date_tz, author_id, message from scmlog where id = 2')[0],
      actions: rows(file, 'select type from actions').flat(),
      tags: rows(file, 'select t.name from tag_revisions r join tags t on t.id = r.tag_id').flat(),
    };
  };
  expect(await loaded('default')).toEqual({
    commit: [19_800, -12_600, 2, '    Link\n'],
    actions: ['A', 'M'],
    tags: ['two', 'one'],
  });
  expect(await loaded('strict')).toEqual({
    commit: [19_080, -11_880, 1, '    Link\nT\tx\n'],
    actions: ['A'],
    tags: ['two'],
  });
});

it('keeps hostile texts as they are', async () => {
  const name = "Robert'); DROP TABLE people;--";
  const odd = 'a\0b\u202e<script>\ufffd';
  const huge = `${'x'.repeat(1 << 20)}\n`;
  const history = madeHistory(
    [
      { id: 'b', parents: ['a'], message: huge, actions: [{ status: 'A', path: `${odd}/'";--` }] },
      { id: 'a', message: odd, committer: { name, email: odd }, author: { name: odd, email: '' } },
    ],
    { [`refs/heads/'; DROP TABLE branches`]: 'b' },
    `refs/heads/'; DROP TABLE branches`,
  );
  const file = storeFile();
  await load(file, history, { project: project('x', { url: "https://user:secret@example.org/'; DROP" }) });
  expect(rows(file, 'select name, email from people where id < 3')).toEqual([
    [name, odd],
    [odd, ''],
  ]);
  expect(rows(file, 'select message from scmlog')).toEqual([[`    ${odd}\n`], [`    ${huge}`]]);
  expect(rows(file, 'select name from branches')).toEqual([["'; DROP TABLE branches"]]);
  expect(rows(file, 'select file_path from file_links')).toEqual([[odd], [`${odd}/'";--`]]);
  expect(rows(file, 'select uri from repositories')).toEqual([["https://example.org/'; DROP"]]);
});

it('tells people with like-sounding names apart by the exact pair', async () => {
  const history = madeHistory(
    [
      { id: 'c', parents: ['b'], committer: { name: 'a', email: 'bc' }, author: { name: 'ab', email: 'c' } },
      { id: 'b', parents: ['a'], committer: { name: 'A', email: 'bc' }, author: { name: 'a', email: 'bc' } },
      { id: 'a', committer: { name: 'a', email: 'bc' }, author: { name: 'a', email: 'bc' } },
    ],
    { 'refs/heads/main': 'c' },
  );
  const file = storeFile();
  await load(file, history);
  expect(rows(file, 'select name, email from people')).toEqual([
    ['a', 'bc'],
    ['A', 'bc'],
    ['ab', 'c'],
  ]);
});

it('shares people, branches and tags between the repositories of a store', async () => {
  const file = storeFile();
  const refs = { 'refs/heads/main': 'a', 'refs/tags/v1': 'a' };
  await load(file, madeHistory([{ id: 'a', actions: [{ status: 'A', path: 'x' }] }], refs), {
    project: project('one'),
  });
  await load(file, madeHistory([{ id: 'a', actions: [{ status: 'A', path: 'x' }] }], refs), {
    project: project('two'),
  });
  const counts = 'people branches tags scmlog tag_revisions files repositories'.split(' ');
  expect(counts.map((table) => rows(file, `select count(*) from ${table}`)[0])).toEqual([
    [1],
    [1],
    [1],
    [2],
    [2],
    [2],
    [2],
  ]);
});

it('loads commits alone where actions are not wanted', async () => {
  const file = storeFile();
  const summary = await load(file, madeHistory([{ id: 'a' }], { 'refs/heads/main': 'a' }), {
    options: { actions: false },
  });
  expect(summary).toMatchObject({ commits: 1, actions: 0 });
  expect(rows(file, 'select * from branches')).toEqual([]);
});

// Not a dependency: the test is skipped where it is not there.
const commandLine = 'sqlite3';

it('opens in the sqlite3 command line', async (context) => {
  const file = storeFile();
  await load(file, madeHistory([{ id: 'a' }], { 'refs/heads/main': 'a' }));
  let out: string;
  try {
    out = execFileSync(commandLine, ['-readonly', file, 'pragma integrity_check; select count(*) from scmlog'], {
      encoding: 'utf8',
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return context.skip('no sqlite3 command here');
    throw error;
  }
  expect(out).toBe('ok\n1\n');
  expect(contents(file)[0]).toHaveLength(1);
});
