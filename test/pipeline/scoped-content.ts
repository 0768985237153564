import Driver from '../../src/store/driver.js';
import { plainScope, type Value } from '../../src/model/measurement.js';
import { openReadable } from '../../src/store/readable.js';

const TABLES = [
  'repositories',
  'people',
  'scmlog',
  'actions',
  'file_copies',
  'branches',
  'tags',
  'files',
  'file_links',
  'tag_revisions',
  'commit_graph',
  'action_files',
  'actions_file_names',
] as const;
type Table = (typeof TABLES)[number];
type Row = Record<string, Value>;

/**
 * All that a project's scope shows of CVSAnalY's tables and views, and what the store says of the project, with names in
 * place of ids: two stores that hold the same history give the same. Rows are sorted, but a commit's actions and
 * parents and a file's links keep their order.
 */
export function scopedContent(store: string, project: string): Record<string, unknown> {
  const readable = openReadable(store);
  try {
    const scope = plainScope(project);
    const read = (table: Table): Row[] => {
      const { columns, rows } = readable.query(scope, `select * from ${table}`, {});
      return rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i] ?? null])));
    };
    const tables = Object.fromEntries(TABLES.map((table) => [table, read(table)])) as Record<Table, Row[]>;
    const facts = readable.projects().find(({ name }) => name === project);
    const lists = named(tables, parentsInOrder(store));
    return { ...lists, facts: { ...facts, collectedAt: null, url: null }, refs: refs(store, project) };
  } finally {
    readable.close();
  }
}

function named(tables: Record<Table, Row[]>, graph: Map<Value, Value[]>): Record<string, string[]> {
  const byId = (table: Table) => new Map(tables[table].map((row) => [row['id'] ?? null, row]));
  const commits = byId('scmlog');
  const people = byId('people');
  const branches = byId('branches');
  const tags = byId('tags');
  const allFiles = byId('files');
  const links = grouped(
    tables.file_links.toSorted((a, b) => Number(a['id']) - Number(b['id'])),
    'file_id',
  );
  const rev = (id: Value | undefined) => must(commits, id, 'commit')['rev'];
  const person = (id: Value | undefined) => {
    const { name, email } = must(people, id, 'person');
    return `${name} <${email}>`;
  };
  const branch = (id: Value | undefined) => must(branches, id, 'branch')['name'];
  const file = (id: Value | undefined): string => {
    if (id === -1) return 'top';
    const { file_name: name } = must(allFiles, id, 'file');
    const places = (links.get(id ?? null) ?? []).map((link) => `${link['file_path']}@${rev(link['commit_id'])}`);
    return `${name}: ${places.join(', ')}`;
  };
  const actions = byId('actions');
  const place = new Map<Value, number>();
  const count = new Map<Value | undefined, number>();
  for (const row of tables.actions.toSorted((a, b) => Number(a['id']) - Number(b['id']))) {
    const next = count.get(row['commit_id']) ?? 0;
    count.set(row['commit_id'], next + 1);
    place.set(row['id'] ?? null, next);
  }
  const action = (id: Value | undefined) => `${rev(must(actions, id, 'action')['commit_id'])}#${place.get(id ?? null)}`;
  for (const [child, parents] of graph) {
    for (const parent of parents) if (Number(parent) >= Number(child)) throw new Error('a parent after its child');
  }
  const lists: Record<Table, unknown[][]> = {
    repositories: tables.repositories.map(({ name, type }) => [name, type]),
    people: tables.people.map(({ name, email }) => [name, email]),
    scmlog: tables.scmlog.map((row) => [
      row['rev'],
      person(row['committer_id']),
      person(row['author_id']),
      ...['date', 'date_tz', 'author_date', 'author_date_tz', 'message', 'composed_rev'].map((column) => row[column]),
    ]),
    actions: tables.actions.map((row) => [
      action(row['id']),
      row['type'],
      file(row['file_id']),
      rev(row['commit_id']),
      branch(row['branch_id']),
    ]),
    file_copies: tables.file_copies.map((row) => [
      action(row['action_id']),
      file(row['to_id']),
      file(row['from_id']),
      rev(row['from_commit_id']),
      row['new_file_name'],
    ]),
    branches: tables.branches.map(({ name }) => [name]),
    tags: tables.tags.map(({ name }) => [name]),
    files: tables.files.map((row) => [file(row['id'])]),
    file_links: tables.file_links.map((row) => [
      row['file_path'],
      rev(row['commit_id']),
      file(row['file_id']),
      file(row['parent_id']),
    ]),
    tag_revisions: tables.tag_revisions.map((row) => [must(tags, row['tag_id'], 'tag')['name'], rev(row['commit_id'])]),
    commit_graph: [...grouped(tables.commit_graph, 'commit_id').keys()].map((id) => [
      rev(id),
      ...(graph.get(id) ?? []).map(rev),
    ]),
    action_files: tables.action_files.map((row) => [
      action(row['action_id']),
      file(row['file_id']),
      row['action_type'],
      rev(row['commit_id']),
    ]),
    actions_file_names: tables.actions_file_names.map((row) => [
      action(row['id']),
      row['type'],
      file(row['file_id']),
      row['new_file_name'],
      rev(row['commit_id']),
    ]),
  };
  return Object.fromEntries(
    Object.entries(lists).map(([table, rows]) => [table, rows.map((row) => JSON.stringify(row)).sort()]),
  );
}

function grouped(rows: readonly Row[], column: string): Map<Value, Row[]> {
  const groups = new Map<Value, Row[]>();
  for (const row of rows) {
    const key = row[column] ?? null;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

function must(rows: ReadonlyMap<Value, Row>, id: Value | undefined, what: string): Row {
  const row = rows.get(id ?? null);
  if (row === undefined) throw new Error(`no ${what} has the id ${id}`);
  return row;
}

/** Views have no rowid, and the order of parents is that of their rows. */
function parentsInOrder(store: string): Map<Value, Value[]> {
  const parents = new Map<Value, Value[]>();
  for (const [child, parent] of raw(store, 'select commit_id, parent_id from commit_graph order by rowid')) {
    parents.set(child!, [...(parents.get(child!) ?? []), parent!]);
  }
  return parents;
}

/** Where the refs stand. */
function refs(store: string, project: string): string[] {
  const sql = `select r.name, r.kind, r.oid, s.rev, r.is_default from health_refs r join scmlog s on s.id = r.commit_id
    join health_projects p on p.repository_id = r.repository_id where p.name = ?`;
  return raw(store, sql, project)
    .map((row) => JSON.stringify(row))
    .sort();
}

export function raw(store: string, sql: string, ...values: Value[]): Value[][] {
  const db = new Driver(store, { readonly: true });
  try {
    return db
      .prepare<Value[], Value[]>(sql)
      .raw()
      .all(...values);
  } finally {
    db.close();
  }
}
