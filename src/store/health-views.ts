import type { Scope } from '../model/measurement.js';
import { endOfDay } from './scope-commits.js';

/** The views a scope has beside CVSAnalY's, with their columns. */
const healthViews = {
  /** A row a commit that the rules leave. */
  health_contributions: ['commit_id', 'person_id', 'date', 'at', 'merge', 'organization'],
  /** Every person of the scope. */
  health_people: ['id', 'name', 'email', 'organization', 'organization_rule', 'bot'],
  /** Every name with an address that the history has, the person it is, and whether that is none. */
  health_identities: ['id', 'person_id', 'name', 'email', 'bot'],
  /** Tags that name releases, of commits in the scope. */
  health_releases: ['tag', 'commit_id', 'date', 'version', 'major', 'minor', 'patch', 'pre', 'scheme'],
  /** Changes to files by contributions, with the path of that time and its first folder (`.`: none); and whose, when. */
  health_actions: ['commit_id', 'action_id', 'type', 'file_id', 'path', 'top', 'person_id', 'date', 'merge'],
  /** The same with the lines they added and removed, where lines were collected; NULL for a binary file. */
  health_lines: ['commit_id', 'action_id', 'file_id', 'path', 'added', 'removed'],
} as const;

type HealthView = keyof typeof healthViews;

/** The contributions, written out: a report asks the same rules for them a dozen times. */
const COUNTED = 'health_counted';
const names = Object.keys(healthViews) as HealthView[];
const MENTIONED = new RegExp(`\\b(?:${names.join('|')})\\b`, 'i');

/** Whether a query reads any of these views: what they stand on is only made when it does. */
export function mentionsHealthViews(sql: string): boolean {
  return MENTIONED.test(sql);
}

/** Which tables that are dear to make a query stands on. */
export interface NeededTables {
  changes: boolean;
  persons: boolean;
}

export function neededTables(sql: string): NeededTables {
  return { changes: /\bhealth_(?:actions|lines)\b/i.test(sql), persons: /\bhealth_people\b/i.test(sql) };
}

/** Names of temporary tables that the views stand on. */
export interface HealthTables {
  /** id, committer_id, author_id, date, author_date, at, author_at, merge: the project's commits. */
  commits: string;
  /** tag, commit_id, version, …: the project's releases. */
  releases: string;
  /** The project's changes to files; null: the query asks for none. */
  changes: ChangeTables | null;
  /** id, keep, bot, organization: the people rows of the scope; see ScopePeople. */
  folds: string;
  /** id, since, until, organization, where that depends on the day; null: nowhere. */
  spans: string | null;
  /** A row a person; null: no query asks for them. */
  persons: string | null;
  /** Sets of commit ids; a commit must be in each. */
  commitSets: readonly string[];
  /** Whether the store has lines of actions at all. */
  hasLines: boolean;
}

interface ChangeTables {
  /** action_id, commit_id, type, file_id. */
  actions: string;
  /** file_id, path: where each file of the project was first. */
  files: string;
}

/** Statements that write a scope's contributions out, which all its views read. */
export function countContributions(scope: Scope, tables: HealthTables): string[] {
  const [id, wall, at] =
    scope.role === 'author' ? ['author_id', 'author_date', 'author_at'] : ['committer_id', 'date', 'at'];
  // A forge's account commits what people merge or write on its pages: not a bot's work, and by nobody else that is known.
  const who =
    scope.bots === 'out' && scope.role === 'committer'
      ? `(select case when f.bot = 'web-merge' then c.author_id else c.committer_id end
        from temp.${tables.folds} f where f.id = c.committer_id)`
      : `c.${id}`;
  const conditions = [
    ...inScope(scope, tables),
    ...(scope.merges === 'out' ? ['c.merge = 0'] : []),
    ...(scope.bots === 'out' ? ['p.bot is null'] : []),
  ];
  return [
    `create temporary table ${COUNTED}
      (commit_id integer primary key, person_id integer, date, at integer, merge integer, organization)`,
    `insert into temp.${COUNTED}
      select c.id, p.keep, ${dateBy(scope, wall!, at!)}, c.${at}, c.merge, ${organization(tables.spans, wall!)}
      from temp.${tables.commits} c join temp.${tables.folds} p on p.id = ${who}${where(conditions)} order by c.id`,
  ];
}

/** CREATE statements of the views, for one scope. */
export function createHealthViews(scope: Scope, tables: HealthTables): string[] {
  const changes =
    tables.changes && `temp.${tables.changes.actions} a join temp.${COUNTED} c on c.commit_id = a.commit_id`;
  // Not joined: what a query doesn't ask for isn't looked up then.
  const path = `coalesce((select m.path from main.health_action_paths m where m.action_id = a.action_id),
    (select f.path from temp.${tables.changes?.files} f where f.file_id = a.file_id))`;
  const bodies: Record<HealthView, string> = {
    health_contributions: `select * from temp.${COUNTED}`,
    health_people: tables.persons === null ? emptyBody('health_people') : `select * from temp.${tables.persons}`,
    health_identities: `select id, keep as person_id, recorded_name as name, recorded_email as email, bot
      from temp.${tables.folds}`,
    health_releases: `select r.tag, r.commit_id, ${dateBy(scope, 'date', 'at')} as date, r.version, r.major, r.minor, r.patch,
      r.pre, r.scheme from temp.${tables.releases} r join temp.${tables.commits} c on c.id = r.commit_id${where(inScope(scope, tables))}`,
    health_actions:
      changes === null
        ? emptyBody('health_actions')
        : `select a.commit_id, a.action_id, a.type, a.file_id, ${path} as path,
      case when instr(${path}, '/') > 1 then substr(${path}, 1, instr(${path}, '/') - 1) else '.' end as top,
      c.person_id, c.date, c.merge from ${changes}`,
    health_lines:
      changes === null || !tables.hasLines
        ? emptyBody('health_lines')
        : `select a.commit_id, a.action_id, a.file_id, ${path} as path, l.added as added, l.removed as removed
      from ${changes} join main.health_action_lines l on l.action_id = a.action_id`,
  };
  return names.map((name) => `create temporary view ${name} as ${bodies[name]}`);
}

/** What of a commit tells that it is in the scope. */
function inScope({ asOf }: Scope, { commitSets }: HealthTables): string[] {
  return [
    ...(asOf === null ? [] : [`c.date <= '${endOfDay(asOf).replaceAll("'", "''")}'`]),
    ...commitSets.map((set) => `c.id in (select id from temp.${set})`),
  ];
}

function dateBy({ time }: Scope, local: string, utc: string): string {
  return time === 'utc' ? `datetime(c.${utc}, 'unixepoch')` : `c.${local}`;
}

function where(conditions: readonly string[]): string {
  return conditions.length > 0 ? ` where ${conditions.join(' and ')}` : '';
}

/** That of the commit's own address on the commit's day. */
function organization(spans: string | null, date: string): string {
  if (spans === null) return 'p.organization';
  return `coalesce(p.organization, (select o.organization from temp.${spans} o where o.id = p.id
    and (o.since is null or c.${date} >= o.since) and (o.until is null or substr(c.${date}, 1, 10) <= o.until) limit 1))`;
}

/** CREATE statements of views with the same columns and no rows, for a query that is looked at without a scope. */
export function emptyHealthViews(): string[] {
  return names.map((name) => `create temporary view ${name} as ${emptyBody(name)}`);
}

export function dropHealthViews(): string[] {
  return names.map((name) => `drop view if exists temp.${name}`);
}

export function dropContributions(): string {
  return `drop table if exists temp.${COUNTED}`;
}

function emptyBody(name: HealthView): string {
  return `select ${healthViews[name].map((column) => `null as ${column}`).join(', ')} where 0`;
}
