import { sql, type Compilable, type RawBuilder } from 'kysely';
import { statements } from './dialect.js';
import { cvsanalyColumns, cvsanalyTables } from './schema.js';
import { ownColumns } from './schema-own.js';
import type { TagTables } from './seals.js';
import { viewStatements } from './schema-statements.js';
import { endOfDay } from './scope-commits.js';

export interface ViewOptions {
  repository: number;
  asOf: string | null;
  /** Some people stand for others: not every id is its own. */
  folds: boolean;
  /** Leave out what may name people: messages, mailmaps, the key of pseudonyms. */
  isAnonymous: boolean;
  /** Temporary tables of commit ids; a commit must be in each. */
  commitSets: readonly string[];
  /** Temporary table of the scope's people: `id`, and in `keep` the id that stands for it. Null: not there yet. */
  people: string | null;
  /** Temporary tables that stand for the store's tags. Null: the store's own. */
  tags: TagTables | null;
  /** End of the collect that the scope goes by, UTC: what later ones saw is left out. Null: the newest. */
  sealedAt: string | null;
}

const main = statements.withSchema('main');
const temp = statements.withSchema('temp');
const commits = temp.selectFrom('scmlog').select('id');
const actions = temp.selectFrom('actions');

/**
 * CREATE statements of temporary views that shadow CVSAnalY's tables and views with one scope's rows, so that a query
 * written for a database of one repository runs as it is. Whatever has to do with a commit follows from scmlog's rows.
 * So too the tables of vanished commits, of which only project and day can tell, and of how refs moved.
 */
export function scopeViews(options: ViewOptions): string[] {
  const { repository, asOf, commitSets, sealedAt } = options;
  const isNarrow = asOf !== null || commitSets.length > 0;
  // A file acted on in the scope always has a name there, even where the branch met it outside.
  const firstLinks = main
    .selectFrom('file_links')
    .select(({ fn }) => fn.min('id').as('id'))
    .where('file_id', 'in', actions.select('file_id'))
    .groupBy('file_id');
  const bodies: Compilable[] = [
    view('scmlog', scmlog(options)),
    view('repositories', main.selectFrom('repositories').selectAll().where('id', '=', repository)),
    view('commit_graph', main.selectFrom('commit_graph').selectAll().where('commit_id', 'in', commits)),
    view('actions', main.selectFrom('actions').selectAll().where('commit_id', 'in', commits)),
    view(
      'file_links',
      main
        .selectFrom('file_links')
        .selectAll()
        .where((where) => {
          const within = where('commit_id', 'in', commits);
          return isNarrow ? where.or([within, where('id', 'in', firstLinks)]) : within;
        }),
    ),
    view(
      'files',
      main
        .selectFrom('files')
        .selectAll()
        .where('repository_id', '=', repository)
        .$if(isNarrow, (query) => query.where('id', 'in', temp.selectFrom('file_links').select('file_id'))),
    ),
    view('file_copies', main.selectFrom('file_copies').selectAll().where('action_id', 'in', actions.select('id'))),
    view('branches', main.selectFrom('branches').selectAll().where('id', 'in', actions.select('branch_id'))),
    ...tagViews(options),
    view(
      'file_types',
      main.selectFrom('file_types').selectAll().where('file_id', 'in', temp.selectFrom('files').select('id')),
    ),
    view('commits_lines', main.selectFrom('commits_lines').selectAll().where('commit_id', 'in', commits)),
    periodView('months', MONTH_END),
    periodView('weeks', WEEK_END),
    view('health_differences', main.selectFrom('health_differences').selectAll().where('commit_id', 'in', commits)),
    view(
      'health_action_lines',
      main.selectFrom('health_action_lines').selectAll().where('action_id', 'in', actions.select('id')),
    ),
    view(
      'health_vanished',
      main
        .selectFrom('health_vanished')
        .select(Object.keys(ownColumns.health_vanished).map((column) => vanishedColumn(column, options.isAnonymous)))
        .where('repository_id', '=', repository)
        .$if(asOf !== null, (query) => query.where('date', '<=', endOfDay(asOf ?? '')))
        .$if(sealedAt !== null, (query) => query.where('last_seen', '<', sealedAt ?? '')),
    ),
    view(
      'health_ref_moves',
      main
        .selectFrom('health_ref_moves')
        .selectAll()
        .where('repository_id', '=', repository)
        .$if(sealedAt !== null, (query) => query.where('seen_at', '<=', sealedAt ?? '')),
    ),
  ];
  if (options.people !== null) bodies.push(view('people', people(options.people)));
  if (options.isAnonymous) {
    bodies.push(
      ...anonymousTables.map((name) => view(name, main.selectFrom(name).selectAll().where(sql.lit(0), '=', 1))),
    );
  }
  return [...bodies.map((body) => body.compile().sql), ...viewStatements('temp').map(temporary)];
}

/** DROP statements for what `scopeViews` makes. */
export function dropScopeViews(): string[] {
  const own = ['health_differences', 'health_action_lines', 'health_vanished', 'health_ref_moves', ...anonymousTables];
  const names = ['action_files', 'actions_file_names', ...own, ...cvsanalyTables];
  return names.map((name) => temp.schema.dropView(name).ifExists().compile().sql);
}

function tagViews({ tags }: ViewOptions): Compilable[] {
  if (tags !== null) {
    const revisions = sql`select id, tag_id, commit_id from ${sql.raw(tags.revisions)} where commit_id in (${commits})`;
    const named = sql`select id, name from ${sql.raw(tags.tags)} where id in (select tag_id from temp.tag_revisions)`;
    return [view('tag_revisions', revisions), view('tags', named)];
  }
  const used = temp.selectFrom('tag_revisions').select('tag_id');
  return [
    view('tag_revisions', main.selectFrom('tag_revisions').selectAll().where('commit_id', 'in', commits)),
    view('tags', main.selectFrom('tags').selectAll().where('id', 'in', used)),
  ];
}

/** What would tell names, or how they were replaced. */
const anonymousTables = ['health_mailmaps', 'health_salt'] as const;

/** As `registerPseudonyms` has them. */
function vanishedColumn(column: string, isAnonymous: boolean) {
  const plain = sql.ref<unknown>(column);
  if (!isAnonymous) return plain.as(column);
  if (column === 'subject') return sql`null`.as(column);
  const kind = /_(name|email)$/.exec(column)?.[1];
  return (kind === undefined ? plain : sql`${sql.raw(`health_pseudonym_${kind}`)}(${plain})`).as(column);
}

function scmlog({ repository, asOf, folds: folded, commitSets, people: table, isAnonymous }: ViewOptions) {
  const columns = ['id', ...Object.keys(cvsanalyColumns.scmlog)].map((column) => {
    // A message may name anybody.
    if (isAnonymous && column === 'message') return sql`null`.as(column);
    const folds = folded && table !== null && (column === 'committer_id' || column === 'author_id');
    if (!folds) return sql.ref<unknown>(column).as(column);
    return sql`(select keep from ${tempTable(table)} as folded where folded.id = ${sql.ref(`scmlog.${column}`)})`.as(
      column,
    );
  });
  let query = main.selectFrom('scmlog').select(columns).where('repository_id', '=', repository);
  if (asOf !== null) query = query.where('date', '<=', endOfDay(asOf));
  for (const set of commitSets) query = query.where('id', 'in', sql<number>`(select id from ${tempTable(set)})`);
  return query;
}

/** The day after a row's last, from its numbers: the texts of a strict store are no dates. */
const MONTH_END = sql<string>`date(printf('%04d-%02d-01', year, month), '+1 month')`;
const WEEK_END = sql<string>`date(printf('%04d-01-01', year), 'weekday 0', (week * 7) || ' days')`;

/** The rows from a scope's first commit to its last, as a store of its own would have them. */
function periodView(table: 'months' | 'weeks', end: RawBuilder<string>): Compilable {
  const begin = table === 'months' ? sql<string>`date(${end}, '-1 month')` : sql<string>`date(${end}, '-7 days')`;
  const first = sql<string>`(select substr(min(date), 1, 10) from temp.scmlog)`;
  const last = sql<string>`(select substr(max(date), 1, 10) from temp.scmlog)`;
  const within = sql<boolean>`${end} > ${first} and ${begin} <= ${last}`;
  return view(table, main.selectFrom(table).selectAll().where(within));
}

function people(table: string) {
  return sql`select id, name, email from ${tempTable(table)} where id = keep`;
}

function tempTable(name: string): RawBuilder<unknown> {
  return sql.table(`temp.${name}`);
}

function view(name: string, body: Parameters<ReturnType<typeof statements.schema.createView>['as']>[0]): Compilable {
  return statements.schema.createView(name).temporary().as(body);
}

function temporary(statement: string): string {
  return statement.replace(/^create view (?:"temp"\.)?/i, 'create temporary view ');
}
