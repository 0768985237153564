import type Database from 'better-sqlite3';
import type { Difference, Fault } from '../model/fault.js';
import { FAULT_TEXTS } from '../model/fault.js';
import type { ActionRecord } from '../model/record.js';
import { actionType, isLost } from './action-types.js';
import { RowWriter } from './row-writer.js';

/** Notes where CVSAnalY's known faults make a difference, whichever way the rows themselves are written. */
export class DifferenceRows {
  readonly writer: RowWriter;

  constructor(db: Database.Database) {
    this.writer = new RowWriter(db, 'health_differences', ['commit_id', 'fault', 'rows']);
  }

  note(commit: number, fault: Fault, rows: number): void {
    if (rows > 0) this.writer.push(commit, fault, rows);
  }

  /** What can be told from the lines of git log alone; `actions` as they came from the repository. */
  noteActions(commit: number, actions: readonly ActionRecord[]): void {
    let lost = 0;
    let quoted = 0;
    let inMessage = 0;
    for (const record of actions) {
      if (isLost(record.status)) {
        inMessage = 1;
        if (actionType(record, false) !== null) lost += 1;
      } else if (isMangled(record)) quoted += 1;
    }
    this.note(commit, 'action', lost);
    this.note(commit, 'message', inMessage);
    this.note(commit, 'path', quoted);
  }
}

/** Git puts such a path into quotes, with escapes. */
// oxlint-disable-next-line no-control-regex -- control characters are among them
const QUOTED = /[\u0000-\u001f\u007f"\\]|[^\u0000-\u007f]/;

/** A line that CVSAnalY takes apart at the blanks, or whose quotes it keeps. */
function isMangled({ path, from }: ActionRecord): boolean {
  if (QUOTED.test(path)) return true;
  if (from === undefined) return path.startsWith(' ');
  return QUOTED.test(from) || from.includes(' ') || path.includes(' ');
}

/** Takes out what a load works out anew: with replayed actions what paths mean, with each load the tags. */
export function removeDifferences(db: Database.Database, repository: number, fault: 'prefix' | 'tag'): void {
  db.prepare<[string, number]>(
    'delete from health_differences where fault = ? and commit_id in (select id from scmlog where repository_id = ?)',
  ).run(fault, repository);
}

const OF_ACTIONS = new Set<Fault>(['action', 'message', 'prefix', 'path']);

/**
 * By fault: all that can be told, which without actions are not all. Null for a project of a version that did not
 * count. `only`: these commits alone.
 */
export function readDifferences(
  db: Database.Database,
  repository: number,
  only: ReadonlySet<number> | null = null,
): Difference[] | null {
  const project = db
    .prepare<[number], { differences: number | null; actions: number }>(
      'select differences, actions from main.health_projects where repository_id = ?',
    )
    .get(repository);
  if (project?.differences !== 1) return null;
  const ids = only === null ? null : JSON.stringify([...only]);
  const found = db
    .prepare<[number, string | null, string | null], Difference>(
      `select d.fault as fault, sum(d.rows) as rows, count(distinct d.commit_id) as commits
       from main.health_differences d join main.scmlog s on s.id = d.commit_id
       where s.repository_id = ? and (? is null or d.commit_id in (select value from json_each(?)))
       group by d.fault`,
    )
    .all(repository, ids, ids);
  const byFault = new Map(found.map((difference) => [difference.fault, difference]));
  const told = FAULT_TEXTS.filter(({ fault }) => project.actions === 1 || !OF_ACTIONS.has(fault));
  return told.map(({ fault }) => byFault.get(fault) ?? { fault, rows: 0, commits: 0 });
}
