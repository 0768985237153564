import type Database from 'better-sqlite3';
import type { HistoryOutline } from '../model/history.js';
import type { Project } from '../model/project.js';
import { withoutPassword } from './project-row.js';
import { refMoves } from './ref-moves.js';
import { RowWriter } from './row-writer.js';
import type { StoredProject } from './stored-project.js';

/** Notes what moved since the last collect. */
export function writeRefMoves(
  db: Database.Database,
  stored: StoredProject,
  { project, outline }: { project: Project; outline: HistoryOutline },
  now: string,
): void {
  const { repository, snapshot, refs: choice, url, collectedAt } = stored;
  const moves = refMoves(
    { snapshot, choice, url },
    { outline, choice: project.refs, url: withoutPassword(project.url) },
  );
  if (moves.length === 0) return;
  const columns = ['repository_id', 'since', 'seen_at', 'name', 'kind', 'movement', 'before', 'after'];
  const writer = new RowWriter(db, 'health_ref_moves', columns);
  for (const { name, kind, movement, before, after } of moves) {
    writer.push(repository, collectedAt, now, name, kind, movement, before, after);
  }
  writer.flush();
}
