import { expect, it } from 'vitest';
import { openReadable } from '../../src/store/readable.js';
import { openStore } from '../../src/store/store.js';
import { bob, testRepository, type TestRepository } from '../fixtures/repository.js';
import { gitHistory } from './git-history.js';
import { loadOptions, madeHistory, project } from './made-history.js';
import { contents, load, raw, rows, storeFile } from './opened.js';

async function fullLoad(repository: TestRepository) {
  const file = storeFile();
  await load(file, gitHistory(repository));
  return contents(file);
}

it('appends what is new, and has then what a full load has', async () => {
  const repository = testRepository();
  repository.commit({ files: { 'src/a.c': '1', 'src/b.c': '1' } });
  repository.commit({ files: { 'src/b.c': null } });
  const file = storeFile();
  await load(file, gitHistory(repository));

  repository.commit({ author: bob, files: { 'src/a.c': '2', 'src/b.c': 'again', 'doc/x': '1' } });
  repository.git('tag', 'v1');
  const history = gitHistory(repository);
  expect(await load(file, history)).toMatchObject({ mode: 'appended', commits: 1, actions: 3, people: 1, vanished: 0 });
  expect(history.asked).toEqual([2]);
  expect(contents(file)).toEqual(await fullLoad(repository));
  expect(rows(file, 'select max(id) from scmlog')).toEqual([[3]]);
});

it('changes nothing when nothing is new, and notices refs that moved', async () => {
  const repository = testRepository();
  repository.commit({ files: { a: '1' } });
  const file = storeFile();
  await load(file, gitHistory(repository));
  const before = contents(file);
  expect(await load(file, gitHistory(repository))).toMatchObject({ mode: 'unchanged', commits: 0, rows: 0 });
  expect(contents(file)).toEqual(before);

  repository.git('tag', 'v1');
  expect(await load(file, gitHistory(repository))).toMatchObject({ mode: 'appended', commits: 0 });
  expect(contents(file)).toEqual(await fullLoad(repository));
  repository.git('tag', '-d', 'v1');
  await load(file, gitHistory(repository));
  expect(contents(file)).toEqual(before);
});

it('moves stored commits to another branch when a merge does', async () => {
  const repository = testRepository();
  repository.commit({ files: { 'src/a.c': '1' } });
  repository.git('checkout', '--quiet', '-b', 'topic');
  repository.commit({ files: { 'src/a.c': '2', t: '1' } });
  repository.git('checkout', '--quiet', 'main');
  repository.commit({ files: { m: '1' } });
  const file = storeFile();
  await load(file, gitHistory(repository));
  expect(rows(file, 'select name from branches order by 1')).toEqual([['main'], ['topic']]);

  repository.merge(['topic']);
  repository.git('branch', '--quiet', '-d', 'topic');
  const history = gitHistory(repository);
  expect(await load(file, history)).toMatchObject({ mode: 'appended', commits: 1, vanished: 0 });
  // Without reading the stored commits again.
  expect(history.asked).toEqual([3]);
  expect(contents(file)).toEqual(await fullLoad(repository));
  expect(rows(file, 'select name from branches')).toEqual([['main']]);
});

it('keeps renames and copies when actions are made anew', async () => {
  const commits = [
    {
      id: 'n',
      parents: ['m'],
      actions: [
        { status: 'M', path: 'new/b.c' },
        { status: 'M', path: 'copy.c' },
      ],
    },
    { id: 'm', parents: ['d', 't'], actions: [{ status: 'MM', path: 'old/a.c' }] },
    {
      id: 't',
      parents: ['c'],
      actions: [
        { status: 'M', path: 'new/b.c' },
        { status: 'A', path: 't' },
      ],
    },
    {
      id: 'd',
      parents: ['c'],
      actions: [
        { status: 'D', path: 'new/b.c' },
        { status: 'A', path: 'old/a.c' },
      ],
    },
    {
      id: 'c',
      parents: ['b'],
      actions: [
        { status: 'C', path: 'copy.c', from: 'new/b.c' },
        { status: 'M', path: 'new/b.c' },
      ],
    },
    { id: 'b', parents: ['a'], actions: [{ status: 'R', path: 'new/b.c', from: 'old/a.c' }] },
    { id: 'a', actions: [{ status: 'A', path: 'old/a.c' }] },
  ];
  const steps = [
    madeHistory(commits.slice(5), { 'refs/heads/main': 'b' }),
    madeHistory(commits.slice(4), { 'refs/heads/main': 'c' }),
    madeHistory(commits.slice(2), { 'refs/heads/main': 'd', 'refs/heads/topic': 't' }),
    madeHistory(commits.slice(1), { 'refs/heads/main': 'm' }),
    madeHistory(commits, { 'refs/heads/main': 'n' }),
  ];
  const file = storeFile();
  for (const step of steps) {
    const { vanished } = await load(file, step);
    expect(vanished).toBe(0);
    const full = storeFile();
    await load(full, step);
    expect(contents(file)).toEqual(contents(full));
  }
  expect(steps.flatMap(({ asked }) => asked.slice(0, 1))).toEqual([0, 2, 3, 5, 6]);
});

it('puts a new commit in its place where it comes before stored ones', async () => {
  const base = [{ id: 'c', parents: ['a'], actions: [{ status: 'M', path: 'f' }] }];
  const root = { id: 'a', actions: [{ status: 'A', path: 'f' }] };
  const merged = [
    { id: 'm', parents: ['c', 'n'] },
    ...base,
    { id: 'n', parents: ['a'], actions: [{ status: 'A', path: 'f' }] },
    root,
  ];
  const before = madeHistory([...base, root], { 'refs/heads/main': 'c' });
  const after = madeHistory(merged, { 'refs/heads/main': 'm' });
  // The same dates in both.
  after.changes.forEach((change) => {
    const old = before.changes.find(({ commit }) => commit.rev === change.commit.rev);
    if (old) change.commit = old.commit;
  });
  const file = storeFile();
  await load(file, before);
  expect(await load(file, after)).toMatchObject({ mode: 'appended', commits: 2 });
  const full = storeFile();
  await load(full, after);
  expect(contents(file)).toEqual(contents(full));
});

it('makes everything anew where history was rewritten, and says how much went away', async () => {
  const repository = testRepository();
  repository.commit({ files: { a: '1' } });
  repository.git('tag', 'keep');
  repository.commit({ author: bob, files: { a: '2' } });
  repository.commit({ files: { b: '1' } });
  const file = storeFile();
  await load(file, gitHistory(repository));
  // Another repository of the store stays as it is.
  const other = madeHistory([{ id: 'a', actions: [{ status: 'A', path: 'x' }] }], { 'refs/heads/other': 'a' });
  await load(file, other, { project: project('other') });

  repository.git('reset', '--quiet', '--hard', 'keep');
  repository.commit({ files: { c: '1' } });
  const history = gitHistory(repository);
  expect(await load(file, history)).toMatchObject({ mode: 'rebuilt', commits: 2, vanished: 2 });
  expect(history.asked).toEqual([3, 0]);
  const expected = storeFile();
  await load(expected, gitHistory(repository));
  await load(expected, other, { project: project('other') });
  expect(contents(file)).toEqual(contents(expected));
  expect(rows(file, "select count(*) from people where name like 'Bob%'")).toEqual([[0]]);
  expect(rows(file, 'select status, mode, vanished from health_collects')).toEqual([
    ['done', 'new', 0],
    ['done', 'new', 0],
    ['done', 'rebuilt', 2],
  ]);
});

it.each([
  ['refs', { project: project('sample', { refs: 'default' }) }],
  ['compat', { options: { compat: 'strict' as const } }],
  ['actions', { options: { actions: false } }],
  ['renames', { options: { renames: false } }],
])('makes everything anew where %s changed', async (_, over) => {
  const commits = [{ id: 'b', parents: ['a'] }, { id: 'a' }];
  const history = () => madeHistory(commits, { 'refs/heads/main': 'b' });
  const file = storeFile();
  await load(file, history());
  const again = history();
  expect(await load(file, again, over)).toMatchObject({ mode: 'rebuilt', commits: 2, vanished: 0 });
  expect(again.asked).toEqual([0]);
  expect(await load(file, history(), over)).toMatchObject({ mode: 'unchanged' });
});

it('makes everything anew where the store is of a version that knew no renames', async () => {
  const added = { id: 'a', actions: [{ status: 'A', path: 'x' }] };
  const before = [
    {
      id: 'b',
      parents: ['a'],
      actions: [
        { status: 'D', path: 'x' },
        { status: 'A', path: 'y' },
      ],
    },
    added,
  ];
  const after = [{ id: 'b', parents: ['a'], actions: [{ status: 'R', path: 'y', from: 'x' }] }, added];
  const file = storeFile();
  await load(file, madeHistory(before, { 'refs/heads/main': 'b' }));
  const db = raw(file);
  db.exec('alter table health_projects drop column renames; pragma user_version = 1');
  db.close();
  expect(() => openReadable(file)).toThrow(
    expect.objectContaining({ hint: expect.stringContaining('health collect') }),
  );

  const history = madeHistory(after, { 'refs/heads/main': 'b' });
  const store = openStore(file);
  expect(await store.confirm(project(), history.outline, loadOptions())).toBeNull();
  store.close();
  expect(await load(file, history)).toMatchObject({ mode: 'rebuilt', commits: 2, vanished: 0 });
  const fresh = storeFile();
  await load(fresh, history);
  expect(contents(file)).toEqual(contents(fresh));
  expect(rows(file, 'select type from actions').flat()).toEqual(['A', 'V']);
  expect(await load(file, history)).toMatchObject({ mode: 'unchanged' });
});

it('knows what it has: snapshot and rules', async () => {
  const history = madeHistory([{ id: 'b', parents: ['a'] }, { id: 'a' }], {
    'refs/tags/v': 'a',
    'refs/heads/main': 'b',
  });
  const file = storeFile();
  const store = openStore(file);
  await store.load(project(), history.extraction, loadOptions());
  const snapshot = { refs: history.outline.refs.toReversed(), head: 'refs/heads/main', flags: [] };

  const confirm = (over = {}, options = {}) => store.confirm(project(), { ...snapshot, ...over }, loadOptions(options));
  expect(await confirm()).toMatchObject({ mode: 'unchanged', commits: 0 });
  expect(await confirm({ head: null })).toBeNull();
  expect(await confirm({ flags: ['shallow'] })).toBeNull();
  expect(await confirm({}, { actions: false })).toBeNull();
  store.close();
});

it('loads several projects at once, one transaction after the other', async () => {
  const file = storeFile();
  const store = openStore(file);
  const names = ['one', 'two', 'three'];
  const loads = names.map((name) => {
    const history = madeHistory([{ id: `b${name}`, parents: ['a'] }, { id: 'a' }], { 'refs/heads/main': `b${name}` });
    return store.load(project(name), history.extraction, loadOptions());
  });
  expect((await Promise.all(loads)).map(({ commits }) => commits)).toEqual([2, 2, 2]);
  await store.recordFailure({
    project: 'four',
    code: 'unreachable',
    message: 'no',
    toolVersion: '0',
    now: '2020-01-01 00:00:00',
  });
  store.close();
  expect(rows(file, 'select count(*), count(distinct repository_id) from scmlog')).toEqual([[6, 3]]);
  expect(rows(file, "select project, error_code from health_collects where status = 'failed'")).toEqual([
    ['four', 'unreachable'],
  ]);
});

it('keeps the old state when reading fails, is interrupted, or gives too little', async () => {
  const file = storeFile();
  await load(file, madeHistory([{ id: 'a' }], { 'refs/heads/main': 'a' }));
  const before = contents(file);
  // Enough for rows to be in the transaction before it fails.
  const newer = Array.from({ length: 150 }, (_, i) => ({ id: `n${i}`, parents: [i === 149 ? 'a' : `n${i + 1}`] }));
  const next = madeHistory([...newer, { id: 'a' }], { 'refs/heads/main': 'n0' });
  const most = next.changes.slice(1, 150).toReversed();
  let closed = 0;
  const broken = (changes: typeof next.changes, error: Error | null) => ({
    async *extraction() {
      try {
        yield { kind: 'outline' as const, outline: next.outline };
        yield { kind: 'batch' as const, changes };
        if (error) throw error;
      } finally {
        closed += 1;
      }
    },
  });
  await expect(load(file, broken(most, new Error('pack is damaged')))).rejects.toThrow('pack is damaged');
  await expect(load(file, broken(most, null))).rejects.toThrow('only 149 of 150 commits');
  await expect(load(file, broken([next.changes[0]!], null))).rejects.toThrow('out of order');
  const stop = new AbortController();
  stop.abort();
  await expect(load(file, next, { options: { signal: stop.signal } })).rejects.toMatchObject({ code: 'interrupted' });
  expect(closed).toBe(3);
  expect(contents(file)).toEqual(before);
  expect(await load(file, next)).toMatchObject({ mode: 'appended', commits: 150 });
});
