import type Database from 'better-sqlite3';
import type { HistoryFlag, RefChoice, RefSnapshot } from '../model/history.js';
import type { RefKind, RefRecord } from '../model/record.js';
import { statements } from './dialect.js';
import { byName } from './ref-order.js';

// In full: a scope's views have the same names.
const main = statements.withSchema('main');

export type Compat = 'default' | 'strict';

/** What the store holds of a project, by which rules. */
export interface StoredProject {
  repository: number;
  url: string;
  refs: RefChoice;
  actions: boolean;
  /** Actions tell renames and copies. */
  renames: boolean;
  /** Lines are counted. */
  lines: boolean;
  /** It was counted where `--compat strict` makes a difference. */
  differences: boolean;
  compat: Compat;
  /** Of the program that made the rows. */
  toolVersion: string;
  /** UTC. */
  collectedAt: string;
  snapshot: RefSnapshot;
}

// Asked several times in a collect: written once.
const PROJECT = main.selectFrom('health_projects').selectAll().where('name', '=', '').compile().sql;
const REFS = main
  .selectFrom('health_refs as r')
  .innerJoin('scmlog as s', 's.id', 'r.commit_id')
  .select(['r.name as name', 'r.kind as kind', 'r.oid as oid', 's.rev as commit'])
  .where('r.repository_id', '=', 0)
  .compile().sql;

/** Null when the project was never collected. */
export function readProject(db: Database.Database, name: string): StoredProject | null {
  interface Row {
    repository_id: number;
    url: string;
    refs: string;
    actions: number;
    renames: number | null;
    lines: number | null;
    differences: number | null;
    compat: Compat;
    flags: string;
    head: string | null;
    tool_version: string;
    collected_at: string;
  }
  const row = db.prepare<[string], Row>(PROJECT).get(name);
  if (!row) return null;
  return {
    repository: row.repository_id,
    url: row.url,
    refs: JSON.parse(row.refs) as RefChoice,
    actions: row.actions === 1,
    renames: row.renames === 1,
    lines: row.lines === 1,
    differences: row.differences === 1,
    compat: row.compat,
    toolVersion: row.tool_version,
    collectedAt: row.collected_at,
    snapshot: {
      refs: readRefs(db, row.repository_id),
      head: row.head,
      flags: JSON.parse(row.flags) as HistoryFlag[],
    },
  };
}

/** Where the refs stood at the last collect, by name. */
export function readRefs(db: Database.Database, repository: number): RefRecord[] {
  const rows = db.prepare<[number], { name: string; kind: RefKind; oid: string; commit: string }>(REFS).all(repository);
  return rows.sort(byName);
}

/** Ids of the project's commits by rev. */
export function readRevs(db: Database.Database, repository: number): Map<string, number> {
  const { sql } = main.selectFrom('scmlog').select(['rev', 'id']).where('repository_id', '=', 0).compile();
  return new Map(db.prepare<[number], [string, number]>(sql).raw().all(repository));
}

/** 0 where the project was never collected. */
export function countCommits(db: Database.Database, name: string): number {
  const { sql } = main
    .selectFrom('scmlog')
    .select(({ fn }) => fn.countAll().as('n'))
    .where('repository_id', '=', main.selectFrom('health_projects').select('repository_id').where('name', '=', ''))
    .compile();
  return db.prepare<[string], number>(sql).pluck().get(name) ?? 0;
}

/** Of each commit that has actions, its branch and the id of its first action. */
export function readBranches(db: Database.Database, repository: number): Map<number, [string, number]> {
  // The first action stands for all: an index finds it, and the others are not looked at.
  const rows = db
    .prepare<[number], [number, string, number]>(
      `select s.id, b.name, a.id from main.scmlog s
       join main.actions a on a.id = (select min(id) from main.actions where commit_id = s.id)
       join main.branches b on b.id = a.branch_id
       where s.repository_id = ?`,
    )
    .raw()
    .all(repository);
  return new Map(rows.map(([id, name, action]) => [id, [name, action]]));
}
