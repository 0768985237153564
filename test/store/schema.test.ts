import { expect, it } from 'vitest';
import { openStore } from '../../src/store/store.js';
import { raw, storeFile } from './opened.js';

// As CVSAnalY 2 makes them in SQLite; its queries rely on names and types.
const TABLES = {
  repositories: 'id integer primary key, uri varchar, name varchar, type varchar',
  people: 'id integer primary key, name varchar, email varchar',
  scmlog:
    'id integer primary key, rev varchar, committer_id integer, author_id integer, date datetime, date_tz integer, author_date datetime, author_date_tz integer, message varchar, composed_rev bool, repository_id integer',
  actions: 'id integer primary key, type varchar(1), file_id integer, commit_id integer, branch_id integer',
  file_copies:
    'id integer primary key, to_id integer, from_id integer, from_commit_id integer, new_file_name varchar, action_id integer',
  branches: 'id integer primary key, name varchar',
  tags: 'id integer primary key, name varchar',
  files: 'id integer primary key, file_name varchar(255), repository_id integer',
  file_links: 'id integer primary key, parent_id integer, file_id integer, commit_id integer, file_path varchar(4096)',
  tag_revisions: 'id integer primary key, tag_id integer, commit_id integer',
  commit_graph: 'commit_id integer, parent_id integer',
  file_types: 'id integer primary key, file_id integer, type varchar',
  commits_lines: 'id integer primary key, commit_id integer, added integer, removed integer',
  months: 'id integer primary key, year integer, month integer, date datetime',
  weeks: 'id integer primary key, year integer, week integer, date datetime',
};

// Queries of users may read it.
const VANISHED =
  'repository_id rev committer_name committer_email author_name author_email date date_tz author_date author_date_tz subject branch first_seen last_seen';

it('has the tables, columns, indexes and views of CVSAnalY, and own ones only with the prefix health_', () => {
  const file = storeFile();
  openStore(file).close();
  const db = raw(file);
  const tables = Object.fromEntries(
    Object.keys(TABLES).map((table) => {
      const columns = db.prepare<[string], { name: string; type: string; pk: number }>(
        'select name, type, pk from pragma_table_info(?)',
      );
      const text = columns
        .all(table)
        .map(({ name, type, pk }) => `${name} ${type.toLowerCase()}${pk ? ' primary key' : ''}`);
      return [table, text.join(', ')];
    }),
  );
  expect(tables).toEqual(TABLES);

  type Entry = { type: string; name: string; tbl_name: string };
  const own = db
    .prepare<[], Entry>("select type, name, tbl_name from sqlite_schema where name not like 'health~_%' escape '~'")
    .all();
  const others = own.filter(({ type }) => type !== 'table');
  expect(
    own
      .filter(({ type }) => type === 'table')
      .map(({ name }) => name)
      .sort(),
  ).toEqual(Object.keys(TABLES).sort());
  expect(others.map(({ type, name, tbl_name: on }) => `${type} ${name} ${on}`).sort()).toEqual([
    'index commit_id commit_graph',
    'index files_file_name files',
    'index parent_id commit_graph',
    'view action_files action_files',
    'view actions_file_names actions_file_names',
  ]);
  const columns = (view: string) =>
    db
      .prepare(`select * from ${view}`)
      .columns()
      .map(({ name }) => name);
  expect(columns('action_files')).toEqual(['file_id', 'action_id', 'action_type', 'commit_id']);
  expect(columns('health_vanished')).toEqual(VANISHED.split(' '));
  expect(columns('actions_file_names')).toEqual(['id', 'type', 'file_id', 'new_file_name', 'commit_id']);
});
