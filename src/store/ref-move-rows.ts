import type Database from 'better-sqlite3';
import type { RefSnapshot } from '../model/history.js';
import type { Project } from '../model/project.js';
import { withoutPassword } from './project-row.js';
import { refMoves } from './ref-moves.js';
import { RowWriter } from './row-writer.js';
import type { StoredProject } from './stored-project.js';

/** Notes what moved since the last collect. `tips`: ids of the commits refs stand at, and stood at, that are there. */
export function writeRefMoves(
  db: Database.Database,
  stored: StoredProject,
  { project, snapshot: after, tips }: { project: Project; snapshot: RefSnapshot; tips: ReadonlyMap<string, number> },
  now: string,
): void {
  const { repository, snapshot, refs: choice, url, collectedAt } = stored;
  const moves = refMoves(
    { snapshot, choice, url },
    { snapshot: after, choice: project.refs, url: withoutPassword(project.url) },
    (tip, rev) => isBelow(db, tips.get(rev), tips.get(tip)),
  );
  if (moves.length === 0) return;
  const columns = ['repository_id', 'since', 'seen_at', 'name', 'kind', 'movement', 'before', 'after'];
  const writer = new RowWriter(db, 'health_ref_moves', columns);
  for (const { name, kind, movement, before, after } of moves) {
    writer.push(repository, collectedAt, now, name, kind, movement, before, after);
  }
  writer.flush();
}

/** Whether one commit is reached from another. Parents have smaller ids than their children. */
function isBelow(db: Database.Database, below: number | undefined, above: number | undefined): boolean {
  if (below === undefined || above === undefined) return false;
  const reached = db.prepare<{ below: number; above: number }>(
    `with recursive reached(id) as (
       values (:above)
       union select g.parent_id from reached r join commit_graph g on g.commit_id = r.id where g.parent_id >= :below
     )
     select 1 from reached where id = :below limit 1`,
  );
  return reached.get({ below, above }) !== undefined;
}
