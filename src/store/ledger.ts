import type Database from 'better-sqlite3';
import type { LedgerEvent, ProjectLedger, VanishedGroup } from '../model/ledger.js';
import { shortBranch } from './decorations.js';

/** Events and groups a ledger shows; `health query` on health_ref_moves and health_vanished gives all. */
const MOST_EVENTS = 100;
const MOST_GROUPS = 50;

const KINDS: Record<string, LedgerEvent['kind']> = {
  'branch forced': 'forced',
  'remote forced': 'forced',
  'branch deleted': 'deleted',
  'remote deleted': 'deleted',
  'tag deleted': 'deleted',
  'tag changed': 'retagged',
  'head renamed': 'default-renamed',
  'head switched': 'default-switched',
  'choice changed': 'refs-chosen',
  'url changed': 'moved',
};

interface Move {
  since: string;
  seen_at: string;
  name: string;
  kind: string;
  movement: string;
  before: string | null;
  after: string | null;
}

/** What happened to a project's refs and commits, as far as collects saw it; null where it was never collected. */
export function projectLedger(db: Database.Database, project: string, until: string | null): ProjectLedger | null {
  const repository = db
    .prepare<[string], number>('select repository_id from main.health_projects where name = ?')
    .pluck()
    .get(project);
  if (repository === undefined) return null;
  const end = until ?? '~';
  const collects = db
    .prepare<[string, string], ProjectLedger['collects']>(
      `select coalesce(min(ended_at), '') as first, coalesce(max(ended_at), '') as last, count(*) as count
       from main.health_collects where project = ? and status = 'done' and ended_at <= ?`,
    )
    .get(project, end)!;
  const all = events(db, repository, end);
  const groups = vanishedGroups(db, repository, end);
  return {
    project,
    collects,
    events: all.slice(0, MOST_EVENTS),
    olderEvents: Math.max(0, all.length - MOST_EVENTS),
    vanished: groups.reduce((sum, { commits }) => sum + commits, 0),
    vanishedGroups: groups.slice(0, MOST_GROUPS),
  };
}

function events(db: Database.Database, repository: number, end: string): LedgerEvent[] {
  const moves = db
    .prepare<[number, string], Move>(
      `select since, seen_at, name, kind, movement, before, after from main.health_ref_moves
       where repository_id = ? and seen_at <= ? order by seen_at desc, rowid`,
    )
    .all(repository, end);
  const seen = new Set<string>();
  return moves.flatMap(({ since, seen_at: seenAt, name, kind, movement, before, after }): LedgerEvent[] => {
    const what = KINDS[`${kind} ${movement}`];
    if (what === undefined) return [];
    // An ordinary clone has a branch twice, here and at origin.
    const key = JSON.stringify([seenAt, what, shortBranch(name), before, after]);
    // A default branch under another name has not gone.
    const isRenamed = moves.some(
      (move) => move.movement === 'renamed' && move.seen_at === seenAt && move.before === name,
    );
    if (seen.has(key) || (what === 'deleted' && isRenamed)) return [];
    seen.add(key);
    const ref = kind === 'branch' || kind === 'remote' || kind === 'tag' ? name : null;
    return [{ kind: what, ref, before, after, since, seenAt }];
  });
}

function vanishedGroups(db: Database.Database, repository: number, end: string): VanishedGroup[] {
  return db
    .prepare<[number, string], VanishedGroup>(
      `select branch, count(*) as commits, substr(min(date), 1, 10) as "from", substr(max(date), 1, 10) as until,
         min(first_seen) as firstSeen, last_seen as lastSeen
       from main.health_vanished where repository_id = ? and last_seen < ?
       group by branch, last_seen order by last_seen desc, commits desc, branch`,
    )
    .all(repository, end);
}
