import type Database from 'better-sqlite3';
import type { ActionRecord } from '../model/record.js';
import type { ActionType } from './action-types.js';
import { statements } from './dialect.js';

const STATUS: Record<ActionType, string> = { A: 'A', M: 'M', D: 'D', V: 'R', C: 'C' };

/** A project's actions by commit id, as the lines of git log they came from: enough to load them again. */
export function readActions(db: Database.Database, repository: number): Map<number, ActionRecord[]> {
  const { sql } = statements
    .selectFrom('actions as a')
    .innerJoin('scmlog as s', 's.id', 'a.commit_id')
    .leftJoin('health_action_paths as p', 'p.action_id', 'a.id')
    .leftJoin('health_action_lines as n', 'n.action_id', 'a.id')
    .select(({ selectFrom }) => [
      'a.commit_id',
      'a.type',
      'p.path',
      'p.copied_from',
      'n.added',
      'n.removed',
      'n.binary',
      selectFrom('file_links as l')
        .select('l.file_path')
        .whereRef('l.file_id', '=', 'a.file_id')
        .orderBy('l.id')
        .limit(1)
        .as('first'),
    ])
    .where('s.repository_id', '=', 0)
    .orderBy('a.id')
    .compile();
  type Row = [
    commit: number,
    type: ActionType,
    path: string | null,
    from: string | null,
    added: number | null,
    removed: number | null,
    binary: number | null,
    first: string,
  ];
  const found = new Map<number, ActionRecord[]>();
  const rows = db.prepare<number[], Row>(sql).raw().iterate(1, repository);
  for (const [commit, type, path, from, added, removed, binary, first] of rows) {
    const record: ActionRecord = { status: STATUS[type], path: path ?? first };
    if (from !== null) record.from = from;
    if (added !== null && removed !== null) record.lines = [added, removed];
    else if (binary !== null) record.lines = binary === 1 ? 'binary' : null;
    const list = found.get(commit);
    if (list) list.push(record);
    else found.set(commit, [record]);
  }
  return found;
}
