import type Database from 'better-sqlite3';
import type { HistoryOutline } from '../model/history.js';
import { RowWriter } from './row-writer.js';

/**
 * When commits were collected first, by rev, where that is not the project's first collect: of the vanished ones, and
 * with `all` of those that are there.
 */
export function knownSince(db: Database.Database, repository: number, all: boolean): Map<string, string> {
  const vanished = 'select rev, first_seen from health_vanished where repository_id = ?';
  const present =
    'select s.rev, h.since from health_seen h join scmlog s on s.id = h.commit_id where s.repository_id = ?';
  return new Map(
    [vanished, ...(all ? [present] : [])].flatMap((sql) =>
      db.prepare<[number], [string, string]>(sql).raw().all(repository),
    ),
  );
}

/** Notes it of the commits that came, and again of those whose rows were made anew. `ids`: for each rev of the outline. */
export function writeSince(
  db: Database.Database,
  load: { outline: HistoryOutline; before: ReadonlyMap<string, number> },
  ids: Float64Array,
  known: ReadonlyMap<string, string>,
  now: string,
): void {
  const writer = new RowWriter(db, 'health_seen', ['commit_id', 'since']);
  for (const [i, rev] of load.outline.revs.entries()) {
    const since = known.get(rev) ?? (load.before.has(rev) ? undefined : now);
    if (since !== undefined) writer.push(ids[i]!, since);
  }
  writer.flush();
}
