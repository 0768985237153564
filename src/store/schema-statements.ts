import type Database from 'better-sqlite3';
import { sql, type Compilable } from 'kysely';
import { statements } from './dialect.js';
import { cvsanalyColumns, cvsanalyTables } from './schema.js';
import { ownColumns, ownKeys } from './schema-own.js';

/** CREATE statements of CVSAnalY's tables, indexes and views. */
export function cvsanalySchema(): string[] {
  const indexes = [
    statements.schema.createIndex('files_file_name').on('files').column('file_name'),
    statements.schema.createIndex('commit_id').on('commit_graph').column('commit_id'),
    statements.schema.createIndex('parent_id').on('commit_graph').column('parent_id'),
  ];
  return [...texts(cvsanalyTables.map(cvsanalyTable)), ...texts(indexes), ...viewStatements('')];
}

/** CREATE statements of CVSAnalY's tables that a file made by an older version lacks. */
export function missingCvsanalyTables(db: Database.Database): string[] {
  const present = new Set(db.prepare<[], string>("select name from sqlite_schema where type = 'table'").pluck().all());
  return texts(cvsanalyTables.filter((table) => !present.has(table)).map(cvsanalyTable));
}

function cvsanalyTable(table: keyof typeof cvsanalyColumns): Compilable {
  let create = statements.schema.createTable(table);
  if (table !== 'commit_graph') create = create.addColumn('id', 'integer', (column) => column.primaryKey());
  for (const [name, type] of Object.entries(cvsanalyColumns[table])) create = create.addColumn(name, sql.raw(type));
  return create;
}

/** CREATE statements of the tables of our own. */
export function ownSchema(): string[] {
  const unique = statements.schema.createIndex('health_project_name').on('health_projects').column('name').unique();
  return [...texts(ownTableNames.map(ownTable)), unique.compile().sql];
}

/** Statements that add to tables of our own what a file made by an older version lacks. */
export function missingOwnSchema(db: Database.Database): string[] {
  const present = db.prepare<[string], string>('select name from pragma_table_info(?)').pluck();
  return ownTableNames.flatMap((table) => {
    const columns = new Set(present.all(table));
    if (columns.size === 0) return texts([ownTable(table)]);
    const missing = Object.entries(ownColumns[table]).filter(([name]) => !columns.has(name));
    return texts(missing.map(([name, type]) => statements.schema.alterTable(table).addColumn(name, type)));
  });
}

const ownTableNames = Object.keys(ownColumns) as (keyof typeof ownColumns)[];

function ownTable(table: keyof typeof ownColumns): Compilable {
  let create = statements.schema.createTable(table);
  const key = ownKeys[table];
  for (const [name, type] of Object.entries(ownColumns[table])) {
    create = create.addColumn(name, type, (column) => (name === key ? column.primaryKey() : column));
  }
  return create;
}

/** Indexes of ours: dropped for a big load and made again after it. */
const speedIndexes = {
  // Covers what most queries ask of a commit, so that they don't read through its message.
  health_commits_date: statements.schema
    .createIndex('health_commits_date')
    .on('scmlog')
    .columns(['repository_id', 'date', 'committer_id', 'author_id']),
  health_actions_commit: statements.schema.createIndex('health_actions_commit').on('actions').column('commit_id'),
  health_links_file: statements.schema.createIndex('health_links_file').on('file_links').column('file_id'),
  health_links_parent: statements.schema.createIndex('health_links_parent').on('file_links').column('parent_id'),
  health_types_file: statements.schema.createIndex('health_types_file').on('file_types').column('file_id'),
  health_lines_commit: statements.schema.createIndex('health_lines_commit').on('commits_lines').column('commit_id'),
  // What a path means is looked up by it.
  health_paths_path: statements.schema
    .createIndex('health_paths_path')
    .on('health_paths')
    .columns(['repository_id', 'branch_id', 'state', 'path'])
    .unique(),
  health_copies_action: statements.schema.createIndex('health_copies_action').on('file_copies').column('action_id'),
};

export function createSpeedIndexes(): string[] {
  return texts(Object.values(speedIndexes));
}

export function dropSpeedIndexes(): string[] {
  return Object.keys(speedIndexes).map((name) => statements.schema.dropIndex(name).ifExists().compile().sql);
}

/**
 * CVSAnalY's two views, over tables of `schema` (empty: where the view itself is). Type R is Subversion's "replaced";
 * no git history has it, but a query may rely on the view's shape.
 */
export function viewStatements(schema: '' | 'temp'): string[] {
  const on = schema === '' ? statements : statements.withSchema(schema);
  const plain = on
    .selectFrom('actions')
    .select(['file_id', 'id as action_id', 'type as action_type', 'commit_id'])
    .where('type', '<>', sql.lit('R'));
  const replaced = on
    .selectFrom('actions as a')
    .innerJoin('file_copies as c', 'c.action_id', 'a.id')
    .select(['c.to_id as file_id', 'a.id as action_id', 'a.type as action_type', 'a.commit_id as commit_id'])
    .where('a.type', '=', sql.lit('R'));
  const named = on
    .selectFrom('actions as a')
    .innerJoin('scmlog as s', 's.id', 'a.commit_id')
    .leftJoin('file_copies as c', 'c.action_id', 'a.id')
    .select(['a.id as id', 'a.type as type', 'a.file_id as file_id'])
    .select(['c.new_file_name as new_file_name', 'a.commit_id as commit_id']);
  const views = on.schema;
  return texts([
    views.createView('action_files').as(plain.unionAll(replaced)),
    views.createView('actions_file_names').as(named),
  ]);
}

function texts(builders: Compilable[]): string[] {
  return builders.map((builder) => builder.compile().sql);
}
