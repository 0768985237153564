import { expect, it } from 'vitest';
import { fileType } from '../../src/store/file-type.js';
import { madeHistory } from './made-history.js';
import { load, raw, rows, storeFile } from './opened.js';

it.each([
  ['main.c', 'code'],
  ['MAIN.C', 'code'],
  ['a.c++', 'code'],
  ['setup.py', 'code'],
  // Any name with `.in` in it: the build comes before code.
  ['setup.py.in', 'build'],
  ['defs.inc', 'build'],
  ['ltmain.sh', 'build'],
  ['Makefile.am', 'build'],
  ['GNUmakefile', 'build'],
  ['configure.ac', 'build'],
  ['corosync.conf', 'build'],
  ['.gitconfig', 'build'],
  ['pacemaker.spec', 'build'],
  ['README', 'devel-doc'],
  ['readme.md', 'devel-doc'],
  ['README.txt', 'documentation'],
  ['LICENCE', 'devel-doc'],
  ['unittest', 'devel-doc'],
  ['Doxyfile', 'devel-doc'],
  ['old-doxyfile', 'unknown'],
  ['drbdsetup.8', 'unknown'],
  ['crm.7', 'documentation'],
  ['a.ps.gz', 'documentation'],
  ['a.tar.gz', 'package'],
  // The dot before gz stands for any character, as CVSAnalY has it.
  ['a.tarxgz', 'package'],
  ['a.gz', 'unknown'],
  ['de.po', 'i18n'],
  ['logo.svg', 'image'],
  ['.bashrc', 'ui'],
  ['a.wav', 'multimedia'],
  ['project.dsp.old', 'code'],
  ['x.ad', 'unknown'],
  ['main.c\n', 'code'],
  ['', 'unknown'],
  ['COMMENT', 'devel-doc'],
])('%j is %s', (name, type) => {
  expect(fileType(name)).toBe(type);
});

const TYPES = 'select f.file_name, t.type from file_types t join files f on f.id = t.file_id order by f.id';

it('types what has actions and is no folder, once, a load after another as in one', async () => {
  const commits = [
    { id: 'c', parents: ['b'], actions: [{ status: 'A', path: 'was-file/inside.c' }] },
    { id: 'b', parents: ['a'], actions: [{ status: 'D', path: 'was-file' }] },
    {
      id: 'a',
      actions: [
        { status: 'A', path: 'src/a.c' },
        { status: 'A', path: 'was-file' },
      ],
    },
  ];
  const first = madeHistory(commits.slice(1), { 'refs/heads/main': 'b' });
  const file = storeFile();
  await load(file, first);
  expect(rows(file, TYPES)).toEqual([
    ['a.c', 'code'],
    ['was-file', 'unknown'],
  ]);
  const second = madeHistory(commits, { 'refs/heads/main': 'c' });
  await load(file, second);
  const whole = storeFile();
  await load(whole, second);
  expect(rows(file, TYPES)).toEqual([
    ['a.c', 'code'],
    ['inside.c', 'code'],
  ]);
  expect(rows(whole, TYPES)).toEqual(rows(file, TYPES));
  expect(rows(whole, 'select id, file_id from file_types')).toEqual([
    [1, 2],
    [2, 4],
  ]);
});

it('brings a store of version 3 up to date, with what can be told from its rows', async () => {
  const history = madeHistory([{ id: 'a', actions: [{ status: 'A', path: 'src/a.c' }] }], {
    'refs/heads/main': 'a',
    'refs/tags/v1': 'a',
  });
  const file = storeFile();
  await load(file, history);
  const db = raw(file);
  const current = db.pragma('user_version', { simple: true });
  const tables = 'file_types commits_lines months weeks health_action_lines health_differences'.split(' ');
  for (const table of tables) db.exec(`drop table ${table}`);
  db.exec('drop index health_links_parent');
  for (const column of ['lines', 'differences']) db.exec(`alter table health_projects drop column ${column}`);
  db.pragma('user_version = 3');
  const before = db.prepare('select id, rev from scmlog').all();
  const summary = await load(file, history);
  // What was not counted is counted by reading the history again.
  expect(summary.mode).toBe('rebuilt');
  expect(db.prepare('select id, rev from scmlog').all()).toEqual(before);
  expect(db.pragma('user_version', { simple: true })).toBe(current);
  expect(rows(file, TYPES)).toEqual([['a.c', 'code']]);
  expect(rows(file, 'select date from months')).toEqual([['2014-05-01']]);
  expect((await load(file, history)).mode).toBe('unchanged');
});
