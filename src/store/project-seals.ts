import type Database from 'better-sqlite3';
import type { HistoryFlag, RefChoice } from '../model/history.js';
import type { ProjectSeal } from '../model/manifest.js';
import { statements } from './dialect.js';
import { countCommits, readRefs } from './stored-project.js';

interface Row {
  repository_id: number;
  name: string;
  url: string;
  refs: string;
  head: string | null;
  flags: string;
  compat: string;
  actions: number;
  renames: number | null;
  /** Stores that don't count lines lack the column. */
  lines?: number | null;
  collected_at: string;
  tool_version: string;
}

/** What the store holds of every project now, in the order of their first collects. */
export function projectSeals(db: Database.Database): ProjectSeal[] {
  const main = statements.withSchema('main');
  const { sql } = main.selectFrom('health_projects').selectAll().orderBy('repository_id').compile();
  const { sql: find } = main.selectFrom('health_mailmaps').select('oid').where('repository_id', '=', 0).compile();
  const mailmap = db.prepare<[number], string>(find).pluck();
  return db
    .prepare<[], Row>(sql)
    .all()
    .map((row) => ({
      project: row.name,
      url: row.url,
      choice: JSON.parse(row.refs) as RefChoice,
      tips: Object.fromEntries(readRefs(db, row.repository_id).map(({ name, commit }) => [name, commit])),
      head: row.head,
      flags: JSON.parse(row.flags) as HistoryFlag[],
      mailmap: mailmap.get(row.repository_id) ?? null,
      compat: row.compat === 'strict' ? 'strict' : 'default',
      actions: row.actions === 1,
      renames: row.renames === 1,
      lines: row.lines === 1,
      commits: countCommits(db, row.name),
      collectedAt: row.collected_at,
      collectedBy: row.tool_version,
    }));
}
