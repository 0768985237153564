import { expect, it, onTestFinished } from 'vitest';
import { plainScope, type Scope, type Value } from '../../src/model/measurement.js';
import { openReadable } from '../../src/store/readable.js';
import { madeHistory, project, type MadeCommit } from './made-history.js';
import { load, storeFile } from './opened.js';

const at = (iso: string, zone = 0) => ({ time: Date.parse(`${iso}Z`) / 1000 - zone, zone });
const add = (path: string) => [{ status: 'A', path }];

// main: a - b - m(erge) - d; topic: t, merged by m; release: r, on b, never merged.
const commits: MadeCommit[] = [
  {
    id: 'd',
    parents: ['m'],
    actions: add('d'),
    committer: { ...at('2015-03-01T00:00:00'), email: 'ada@work.example' },
  },
  { id: 'm', parents: ['b', 't'], committer: at('2015-02-01T00:00:00') },
  {
    id: 't',
    parents: ['a'],
    actions: add('dir/t'),
    committer: { ...at('2014-11-01T00:00:00'), name: 'Tom', email: 't@x' },
  },
  {
    id: 'r',
    parents: ['b'],
    actions: add('r'),
    committer: { ...at('2014-12-31T23:30:00', 7200), name: 'Rob', email: 'r@x' },
  },
  { id: 'b', parents: ['a'], actions: add('b'), committer: at('2014-10-01T00:00:00') },
  { id: 'a', actions: add('dir/a'), committer: at('2014-01-01T00:00:00') },
].map((commit) => ({ ...commit, author: { name: 'Ada Example', email: 'ada@example.org' } }));

const refs = { 'refs/heads/main': 'd', 'refs/heads/release/1': 'r', 'refs/tags/v0': 'a', 'refs/tags/v1': 'r' };
const everything = plainScope('sample');

async function opened() {
  const file = storeFile();
  const other = madeHistory(
    [{ id: 'z', actions: add('z'), committer: { name: 'Zoe', email: 'z@x' }, author: { email: 'ada@other.example' } }],
    { 'refs/heads/other': 'z', 'refs/tags/vz': 'z' },
    'refs/heads/other',
  );
  await load(file, other, { project: project('other') });
  await load(file, madeHistory(commits, refs));
  const readable = openReadable(file);
  onTestFinished(() => readable.close());
  const list = (scope: Partial<Scope>, sql: string): Value[] =>
    readable.query({ ...everything, ...scope }, sql, {}).rows.flat();
  const revs = (scope: Partial<Scope>) =>
    list(scope, 'select rev from scmlog order by rev').map((rev) =>
      Buffer.from(String(rev).slice(0, 2), 'hex').toString(),
    );
  return { readable, list, revs, file };
}

const TABLES =
  'scmlog people actions files file_links file_copies branches tags tag_revisions commit_graph repositories action_files actions_file_names';

it('shows one project of the store', async () => {
  const { list, revs } = await opened();
  const counts = (scope: Partial<Scope>) =>
    Object.fromEntries(TABLES.split(' ').map((table) => [table, list(scope, `select count(*) from ${table}`)[0]]));
  expect(counts({})).toEqual({
    scmlog: 6,
    people: 4,
    actions: 5,
    files: 6,
    file_links: 6,
    file_copies: 0,
    branches: 2,
    tags: 2,
    tag_revisions: 2,
    commit_graph: 6,
    repositories: 1,
    action_files: 5,
    actions_file_names: 5,
  });
  expect(revs({ project: 'other' })).toEqual(['z']);
  expect(counts({ project: 'other' })).toMatchObject({ scmlog: 1, people: 2, tags: 1, files: 1, branches: 1 });
  expect(list({ project: 'other' }, 'select name from repositories')).toEqual(['other']);
});

it('leaves out what was committed after a day, by the committer’s own clock', async () => {
  const { list, revs } = await opened();
  // r: 23:30 of the 31st where it was committed, 21:30 UTC.
  expect(revs({ asOf: '2014-12-31' })).toEqual(['a', 'b', 'r', 't']);
  expect(revs({ asOf: '2014-12-30' })).toEqual(['a', 'b', 't']);
  expect(list({ asOf: '2014-12-30' }, 'select file_path from file_links order by 1')).toEqual([
    'b',
    'dir',
    'dir/a',
    'dir/t',
  ]);
  expect(list({ asOf: '2014-12-30' }, 'select name from tags')).toEqual(['v0']);
  expect(list({ asOf: '2014-10-02' }, 'select name from people order by 1')).toEqual(['Ada Example']);
});

it('looks at chosen branches only', async () => {
  const { revs, list, readable } = await opened();
  expect(revs({ refs: 'default' })).toEqual(['a', 'b', 'd', 'm', 't']);
  expect(revs({ refs: ['release/*'] })).toEqual(['a', 'b', 'r']);
  expect(revs({ refs: ['refs/heads/release/?'] })).toEqual(['a', 'b', 'r']);
  expect(revs({ refs: ['main', 'release/[0-9]'], asOf: '2014-12-31' })).toEqual(['a', 'b', 'r', 't']);
  expect(list({ refs: ['release/*'] }, 'select name from people order by 1')).toEqual(['Ada Example', 'Rob']);
  expect(() => readable.query({ ...everything, refs: ['nope', 'v1'] }, 'select 1', {})).toThrow(
    expect.objectContaining({ code: 'bad-usage', hint: 'There are: main, release/1' }),
  );
});

it('names every file that is acted on, even where its first link lies outside', async () => {
  const file = storeFile();
  const history = madeHistory(
    [
      { id: 'b', parents: ['a'], actions: [{ status: 'M', path: 'dir/x' }], committer: at('2014-01-01T00:00:00') },
      // A clock that went wrong: older than its child by the graph, newer by its date.
      { id: 'a', actions: [...add('dir/x'), ...add('y')], committer: at('2015-01-01T00:00:00') },
    ],
    { 'refs/heads/main': 'b' },
  );
  await load(file, history);
  const readable = openReadable(file);
  onTestFinished(() => readable.close());
  const sql =
    'select l.file_path, f.file_name from actions a, files f, file_links l where f.id = a.file_id and l.file_id = f.id';
  expect(readable.query({ ...everything, asOf: '2014-12-31' }, sql, {}).rows).toEqual([['dir/x', 'x']]);
  expect(readable.query({ ...everything, asOf: '2014-12-31' }, 'select file_name from files', {}).rows).toEqual([
    ['x'],
  ]);
});

it('goes back to what the default branch had merged on a day', async () => {
  const { revs } = await opened();
  // t was committed in 2014, but merged in February 2015.
  expect(revs({ mergedBy: '2015-01-31' })).toEqual(['a', 'b']);
  expect(revs({ mergedBy: '2015-02-01' })).toEqual(['a', 'b', 'm', 't']);
  expect(revs({ mergedBy: '2015-02-01', asOf: '2014-12-31' })).toEqual(['a', 'b', 't']);
  expect(revs({ mergedBy: '2015-02-01', refs: ['release/1'] })).toEqual(['a', 'b']);
  expect(revs({ mergedBy: '2013-12-31' })).toEqual([]);
});

it('folds people of one name into the first of them', async () => {
  const { list } = await opened();
  const committers =
    'select p.name, p.email, count(*) from scmlog s, people p where s.committer_id = p.id group by p.id order by 1, 2';
  expect(list({}, committers)).toEqual([
    'Ada Example',
    'ada@example.org',
    3,
    'Ada Example',
    'ada@work.example',
    1,
    'Rob',
    'r@x',
    1,
    'Tom',
    't@x',
    1,
  ]);
  expect(list({ identity: 'name' }, committers)).toEqual([
    'Ada Example',
    'ada@example.org',
    4,
    'Rob',
    'r@x',
    1,
    'Tom',
    't@x',
    1,
  ]);
  expect(list({ identity: 'name' }, 'select name from people order by 1')).toEqual(['Ada Example', 'Rob', 'Tom']);
  expect(
    list({ identity: 'name' }, 'select distinct p.name from scmlog s join people p on p.id = s.author_id'),
  ).toEqual(['Ada Example']);
});

it('goes from scope to scope and back, and notices a store that changed', async () => {
  const { revs, file } = await opened();
  for (let i = 0; i < 3; i += 1) {
    expect(revs({ refs: 'default' })).toHaveLength(5);
    expect(revs({ project: 'other' })).toEqual(['z']);
    expect(revs({})).toHaveLength(6);
  }
  const more = [{ id: 'e', parents: ['d'], committer: { name: 'Eve', email: 'e@x' } }, ...commits];
  await load(file, madeHistory(more, { ...refs, 'refs/heads/main': 'e' }));
  expect(revs({})).toHaveLength(7);
  expect(revs({ refs: 'default' })).toHaveLength(6);
});

it('tells when there is no default branch', async () => {
  const file = storeFile();
  await load(file, madeHistory([{ id: 'a' }], { 'refs/heads/side': 'a' }));
  const readable = openReadable(file);
  onTestFinished(() => readable.close());
  const none = expect.objectContaining({ code: 'bad-usage', message: 'sample has no default branch' });
  expect(() => readable.query({ ...everything, refs: 'default' }, 'select 1', {})).toThrow(none);
  expect(() => readable.query({ ...everything, mergedBy: '2020-01-01' }, 'select 1', {})).toThrow(none);
});
