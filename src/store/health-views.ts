import type { Scope } from '../model/measurement.js';
import { endOfDay } from './scope-commits.js';

/** The views a scope has beside CVSAnalY's, with their columns. */
const healthViews = {
  /** A row a commit that the rules leave. */
  health_contributions: ['commit_id', 'person_id', 'date', 'at', 'merge', 'organization'],
  /** Every person of the scope. */
  health_people: ['id', 'name', 'email', 'organization', 'organization_rule', 'bot'],
  /** Every name with an address that the history has, and the person it is. */
  health_identities: ['id', 'person_id', 'name', 'email'],
  /** Tags that name releases, of commits in the scope. */
  health_releases: ['tag', 'commit_id', 'date', 'version', 'major', 'minor', 'patch', 'pre', 'scheme'],
  /** Changes to files by contributions, with the path of that time and its first folder (`.`: none). */
  health_actions: ['commit_id', 'action_id', 'type', 'file_id', 'path', 'top'],
  /** The same with the lines they added and removed, where lines were collected; NULL for a binary file. */
  health_lines: ['commit_id', 'action_id', 'file_id', 'path', 'added', 'removed'],
} as const;

type HealthView = keyof typeof healthViews;

const names = Object.keys(healthViews) as HealthView[];
const MENTIONED = new RegExp(`\\b(?:${names.join('|')})\\b`, 'i');

/** Whether a query reads any of these views: what they stand on is only made when it does. */
export function mentionsHealthViews(sql: string): boolean {
  return MENTIONED.test(sql);
}

/** Names of temporary tables that the views stand on. */
export interface HealthTables {
  /** id, committer_id, author_id, date, author_date, at, author_at, merge: the project's commits. */
  commits: string;
  /** tag, commit_id, version, …: the project's releases. */
  releases: string;
  /** file_id, path: where each file of the project was first. */
  files: string;
  /** id, keep, bot, organization: the people rows of the scope; see ScopePeople. */
  folds: string;
  /** id, since, until, organization, where that depends on the day; null: nowhere. */
  spans: string | null;
  /** A row a person. */
  persons: string;
  /** Sets of commit ids; a commit must be in each. */
  commitSets: readonly string[];
  /** Whether the store has lines of actions at all. */
  hasLines: boolean;
}

/** CREATE statements of the views, for one scope. */
export function createHealthViews(scope: Scope, tables: HealthTables): string[] {
  const role = scope.role === 'author' ? 'author' : 'committer';
  const [id, wall, at] = role === 'author' ? ['author_id', 'author_date', 'author_at'] : ['committer_id', 'date', 'at'];
  const date = (local: string, utc: string) =>
    scope.time === 'utc' ? `datetime(c.${utc}, 'unixepoch')` : `c.${local}`;
  const inScope = [
    ...(scope.asOf === null ? [] : [`c.date <= '${endOfDay(scope.asOf).replaceAll("'", "''")}'`]),
    ...tables.commitSets.map((set) => `c.id in (select id from temp.${set})`),
  ];
  const contributes = [
    ...inScope,
    ...(scope.merges === 'out' ? ['c.merge = 0'] : []),
    ...(scope.bots === 'out' ? ['p.bot is null'] : []),
  ];
  const commits = `temp.${tables.commits} c join temp.${tables.folds} p on p.id = c.${id}`;
  // CROSS JOIN: from the project's commits to their actions, not through the actions of every project.
  const changes = `${commits} cross join main.actions a on a.commit_id = c.id
    left join main.health_action_paths m on m.action_id = a.id left join temp.${tables.files} f on f.file_id = a.file_id`;
  const path = 'coalesce(m.path, f.path)';
  const bodies: Record<HealthView, string> = {
    health_contributions: `select c.id as commit_id, p.keep as person_id, ${date(wall!, at!)} as date, c.${at} as at,
      c.merge as merge, ${organization(tables.spans, wall!)} as organization from ${commits}${where(contributes)}`,
    health_people: `select * from temp.${tables.persons}`,
    health_identities: `select id, keep as person_id, recorded_name as name, recorded_email as email
      from temp.${tables.folds}`,
    health_releases: `select r.tag, r.commit_id, ${date('date', 'at')} as date, r.version, r.major, r.minor, r.patch,
      r.pre, r.scheme from temp.${tables.releases} r join temp.${tables.commits} c on c.id = r.commit_id${where(inScope)}`,
    health_actions: `select c.id as commit_id, a.id as action_id, a.type as type, a.file_id as file_id, ${path} as path,
      case when instr(${path}, '/') > 1 then substr(${path}, 1, instr(${path}, '/') - 1) else '.' end as top
      from ${changes}${where(contributes)}`,
    health_lines: tables.hasLines
      ? `select c.id as commit_id, a.id as action_id, a.file_id as file_id, ${path} as path, l.added as added,
      l.removed as removed from ${changes} join main.health_action_lines l on l.action_id = a.id${where(contributes)}`
      : emptyBody('health_lines'),
  };
  return names.map((name) => `create temporary view ${name} as ${bodies[name]}`);
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

function emptyBody(name: HealthView): string {
  return `select ${healthViews[name].map((column) => `null as ${column}`).join(', ')} where 0`;
}
