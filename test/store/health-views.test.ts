import { expect, it, onTestFinished } from 'vitest';
import { plainScope, type Scope, type Value } from '../../src/model/measurement.js';
import { openReadable } from '../../src/store/readable.js';
import { madeHistory, type MadeCommit } from './made-history.js';
import { load, storeFile } from './opened.js';

const at = (iso: string, zone = 0) => ({ time: Date.parse(`${iso}Z`) / 1000 - zone, zone });
const ada = { name: 'Ada Example', email: 'ada@example.org' };
const bob = { name: 'Bob', email: 'bob@example.net' };

/** main: a - b - m(erge of t) - c. Bob wrote b, and Ada applied it half a year later. */
const commits: MadeCommit[] = [
  {
    id: 'c',
    parents: ['m'],
    actions: [{ status: 'R', from: 'dir/a', path: 'sub/dir/a' }],
    committer: { ...ada, ...at('2015-03-01T00:30:00', 19_800) },
    author: { ...ada, ...at('2015-03-01T00:30:00', 19_800) },
  },
  { id: 'm', parents: ['b', 't'], committer: { ...ada, ...at('2015-02-01T00:00:00') }, author: ada },
  {
    id: 't',
    parents: ['a'],
    actions: [{ status: 'A', path: 't' }],
    committer: { ...bob, ...at('2014-11-01T00:00:00') },
  },
  {
    id: 'b',
    parents: ['a'],
    actions: [{ status: 'M', path: 'dir/a' }],
    committer: { ...ada, ...at('2014-10-01T00:00:00') },
    author: { ...bob, ...at('2014-04-01T23:00:00', -3600) },
  },
  { id: 'a', actions: [{ status: 'A', path: 'dir/a' }], committer: { ...ada, ...at('2014-01-01T00:00:00') } },
];
const refs = { 'refs/heads/main': 'c', 'refs/tags/v1.0.0-rc1': 'b', 'refs/tags/v1.0.0': 'm', 'refs/tags/other': 'a' };

async function opened(compat: 'default' | 'strict' = 'default') {
  const file = storeFile();
  await load(file, madeHistory(commits, refs), { options: { compat } });
  const readable = openReadable(file);
  onTestFinished(() => readable.close());
  const rows = (over: Partial<Scope>, sql: string): Value[][] =>
    readable.query(plainScope('sample', over), sql, {}).rows;
  return { readable, rows };
}

const LIST = `select substr(s.message, 5, 1) as m, p.name, c.date, c.at - strftime('%s', c.date), c.merge
  from health_contributions c join health_people p on p.id = c.person_id join scmlog s on s.id = c.commit_id
  order by c.commit_id`;

it('gives a row a commit, by whoever wrote it or applied it', async () => {
  const { rows } = await opened();
  const people =
    'select p.name, count(*) from health_contributions c join health_people p on p.id = c.person_id group by 1';
  expect(rows({}, people)).toEqual([
    ['Ada Example', 4],
    ['Bob', 1],
  ]);
  expect(rows({ role: 'committer' }, people)).toEqual([
    ['Ada Example', 4],
    ['Bob', 1],
  ]);
  expect(rows({}, LIST)[1]).toEqual(['A', 'Bob', '2014-04-01 23:00:00', 3600, 0]);
  expect(rows({ role: 'committer' }, LIST)[1]).toEqual(['A', 'Ada Example', '2014-10-01 00:00:00', 0, 0]);
});

it('dates by the local clock or in UTC, and leaves merges out', async () => {
  const { rows } = await opened();
  const dates = 'select date from health_contributions order by commit_id desc limit 1';
  expect(rows({}, dates)).toEqual([['2015-03-01 00:30:00']]);
  expect(rows({ time: 'utc' }, dates)).toEqual([['2015-02-28 19:00:00']]);
  const count = 'select count(*), sum(merge) from health_contributions';
  expect(rows({}, count)).toEqual([[5, 1]]);
  expect(rows({ merges: 'out' }, count)).toEqual([[4, 0]]);
  expect(rows({ asOf: '2014-12-31' }, count)).toEqual([[3, 0]]);
});

it('knows the right time under the zones of strict mode too', async () => {
  const sql = 'select at from health_contributions order by commit_id';
  const { rows } = await opened('strict');
  expect(rows({}, 'select author_date_tz from scmlog order by id desc limit 1')).toEqual([[19_080]]);
  expect(rows({}, sql)).toEqual((await opened()).rows({}, sql));
});

it('tells releases among the tags, up to the day', async () => {
  const { rows } = await opened();
  const sql = 'select tag, version, pre, date from health_releases order by tag';
  expect(rows({}, sql)).toEqual([
    ['v1.0.0', '1.0.0', 0, '2015-02-01 00:00:00'],
    ['v1.0.0-rc1', '1.0.0-rc1', 1, '2014-10-01 00:00:00'],
  ]);
  expect(rows({ asOf: '2014-12-31' }, sql)).toHaveLength(1);
});

it('gives changes the path of their time', async () => {
  const { rows } = await opened();
  const sql = 'select type, path, top from health_actions order by action_id';
  expect(rows({}, sql)).toEqual([
    ['A', 'dir/a', 'dir'],
    ['M', 'dir/a', 'dir'],
    ['A', 't', '.'],
    ['V', 'sub/dir/a', 'sub'],
  ]);
  expect(rows({ asOf: '2014-10-31' }, sql)).toHaveLength(2);
  expect(rows({}, 'select count(*), sum(added) from health_lines')).toEqual([[0, null]]);
});

it('tells columns without a scope, and keeps rows right after it', async () => {
  const { readable, rows } = await opened();
  expect(readable.columns('select * from health_releases')).toContain('version');
  expect(rows({}, 'select count(*) from HEALTH_PEOPLE')).toEqual([[2]]);
  expect(readable.columns('select * from health_contributions')).toContain('person_id');
  expect(rows({}, 'select count(*) from health_contributions')).toEqual([[5]]);
});
