import { expect, it, onTestFinished } from 'vitest';
import { plainScope, type Scope } from '../../src/model/measurement.js';
import { openReadable } from '../../src/store/readable.js';
import { ada, bob, testRepository } from '../fixtures/repository.js';
import { gitHistory } from './git-history.js';
import { loadOptions, madeHistory, project } from './made-history.js';
import { contents, load, raw, rows, storeFile } from './opened.js';

const vanished = (file: string) => rows(file, 'select rev, first_seen, last_seen from health_vanished order by 2, 1');
const on = (day: number) => ({ options: { now: `2020-01-0${day} 00:00:00` } });

it('keeps rewritten commits outside of CVSAnalY’s tables, with all that was known of them', async () => {
  const repository = testRepository();
  repository.commit({ files: { a: '1' } });
  const file = storeFile();
  await load(file, gitHistory(repository), on(1));
  repository.git('checkout', '--quiet', '-b', 'topic');
  const date = '1400000000 +0530';
  const message = '  A first line\tand a tab  \n\nAnd more.';
  const gone = repository.commit({
    author: bob,
    committer: ada,
    date,
    authorDate: '1390000000 -0100',
    message,
    files: { a: '2' },
  });
  const empty = repository.commit({ message: '' });
  await load(file, gitHistory(repository), on(2));
  expect(vanished(file)).toEqual([]);

  repository.git('reset', '--quiet', '--hard', 'main');
  repository.commit({ files: { b: '1' } });
  expect(await load(file, gitHistory(repository), on(4))).toMatchObject({ mode: 'rebuilt', vanished: 2 });
  const db = raw(file);
  expect(db.prepare('select * from health_vanished where rev = ?').get(gone)).toEqual({
    repository_id: 1,
    rev: gone,
    committer_name: ada.name,
    committer_email: ada.email,
    author_name: bob.name,
    author_email: bob.email,
    date: '2014-05-13 22:23:20',
    date_tz: 19800,
    author_date: '2014-01-17 22:06:40',
    author_date_tz: -3600,
    subject: '  A first line  and a tab',
    branch: 'topic',
    first_seen: '2020-01-02 00:00:00',
    last_seen: '2020-01-02 00:00:00',
  });
  const other = db.prepare('select subject, branch from health_vanished where rev = ?').get(empty);
  expect(other).toEqual({ subject: '', branch: null });
  const full = storeFile();
  await load(full, gitHistory(repository));
  expect(contents(file)).toEqual(contents(full));
});

it('lets go of commits that come back, and remembers since when it knew them', async () => {
  const tree = { a: { id: 'a' }, b: { id: 'b', parents: ['a'] }, c: { id: 'c', parents: ['b'] } };
  const all = madeHistory([tree.c, tree.b, tree.a], { 'refs/heads/main': 'c' });
  const short = madeHistory([tree.a], { 'refs/heads/main': 'a' });
  const [c, b] = all.outline.revs as [string, string];
  const file = storeFile();
  await load(file, short, on(1));
  await load(file, all, on(2));
  await load(file, all, on(3));
  await load(file, short, on(4));
  expect(vanished(file)).toEqual([b, c].sort().map((rev) => [rev, '2020-01-02 00:00:00', '2020-01-03 00:00:00']));
  await load(file, madeHistory([tree.b, tree.a], { 'refs/heads/main': 'b' }), on(5));
  expect(vanished(file)).toEqual([[c, '2020-01-02 00:00:00', '2020-01-03 00:00:00']]);
  await load(file, all, on(6));
  expect(vanished(file)).toEqual([]);
  await load(file, madeHistory([{ id: 'z' }], { 'refs/heads/main': 'z' }), on(7));
  const since = vanished(file).map((row) => (row as string[])[1]);
  expect(since).toEqual(['2020-01-01 00:00:00', '2020-01-02 00:00:00', '2020-01-02 00:00:00']);
  expect(rows(file, 'select since from health_seen')).toEqual([['2020-01-07 00:00:00']]);
});

it('takes no commit for vanished that other refs leave out', async () => {
  const file = storeFile();
  const commits = [{ id: 'b', parents: ['a'] }, { id: 'a' }];
  await load(file, madeHistory(commits, { 'refs/heads/main': 'a', 'refs/heads/topic': 'b' }));
  const narrow = madeHistory([{ id: 'a' }], { 'refs/heads/main': 'a' });
  const one = { project: project('sample', { refs: 'default' }) };
  expect(await load(file, narrow, one)).toMatchObject({ mode: 'rebuilt', vanished: 0 });
  expect(vanished(file)).toEqual([]);
});

it('shows a scope the vanished commits of its project, up to its day', async () => {
  const file = storeFile();
  const early = { id: 'e', committer: { time: 1_400_000_000 } };
  const late = { id: 'l', parents: ['e'], committer: { time: 1_500_000_000 } };
  for (const name of ['sample', 'other']) {
    const one = { project: project(name) };
    const history = name === 'sample' ? [late, early] : [{ id: 'x' }];
    await load(file, madeHistory(history, { 'refs/heads/main': history[0]!.id }), one);
    await load(file, madeHistory([{ id: 'z' }], { 'refs/heads/main': 'z' }), one);
  }
  const readable = openReadable(file);
  onTestFinished(() => readable.close());
  const count = (over: Partial<Scope>) => {
    const sql = 'select count(*) from health_vanished';
    return readable.query({ ...plainScope('sample', { identity: 'name' }), ...over }, sql, {}).rows[0]?.[0];
  };
  expect(count({})).toBe(2);
  expect(count({ asOf: '2015-01-01' })).toBe(1);
  expect(count({ project: 'other' })).toBe(1);
  expect(rows(file, 'select count(*) from health_vanished')).toEqual([[3]]);
  expect(loadOptions().now).toBe(rows(file, 'select max(last_seen) from health_vanished').flat()[0]);
});
