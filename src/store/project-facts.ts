import type Database from 'better-sqlite3';
import { sql } from 'kysely';
import type { Difference } from '../model/fault.js';
import type { HistoryFlag, RefChoice } from '../model/history.js';
import type { ProjectFacts } from '../model/result.js';
import { shortBranch } from './decorations.js';
import { readDifferences } from './difference-rows.js';
import { statements } from './dialect.js';

interface Row {
  repository_id: number;
  name: string;
  url: string;
  layer: string | null;
  tags: string;
  refs: string;
  flags: string;
  compat: 'default' | 'strict';
  head: string | null;
  collected_at: string;
  commits: number;
  actions: number;
  has_actions: number;
  tip: string | null;
}

/** What the store knows of every collected project, in the order of their first collects. */
export function projectFacts(db: Database.Database): ProjectFacts[] {
  const main = statements.withSchema('main');
  const { sql: text } = main
    .selectFrom('health_projects as p')
    .select([
      'p.repository_id',
      'p.name',
      'p.url',
      'p.layer',
      'p.tags',
      'p.refs',
      'p.flags',
      'p.actions as has_actions',
      'p.compat',
      'p.head',
      'p.collected_at',
    ])
    .select((query) => [
      query
        .selectFrom('scmlog as s')
        .select(sql<number>`count(*)`.as('n'))
        .whereRef('s.repository_id', '=', 'p.repository_id')
        .as('commits'),
      query
        .selectFrom('actions as a')
        .innerJoin('scmlog as s', 's.id', 'a.commit_id')
        .select(sql<number>`count(*)`.as('n'))
        .whereRef('s.repository_id', '=', 'p.repository_id')
        .as('actions'),
      query
        .selectFrom('health_refs as r')
        .innerJoin('scmlog as s', 's.id', 'r.commit_id')
        .select('s.rev')
        .whereRef('r.repository_id', '=', 'p.repository_id')
        .where('r.is_default', '=', sql.lit(1))
        .limit(sql.lit(1))
        .as('tip'),
    ])
    .orderBy('p.repository_id')
    .compile();
  const { sql: refText } = main
    .selectFrom('health_refs')
    .select(['name', 'kind'])
    .where('repository_id', '=', 0)
    .compile();
  const refs = db.prepare<[number], { name: string; kind: string }>(refText);
  return db
    .prepare<[], Row>(text)
    .all()
    .map((row) => facts(row, refs.all(row.repository_id), readDifferences(db, row.repository_id)));
}

function facts(row: Row, refs: { name: string; kind: string }[], differences: Difference[] | null): ProjectFacts {
  const branches = refs.filter(({ kind }) => kind !== 'tag').map(({ name }) => shortBranch(name));
  return {
    name: row.name,
    url: row.url,
    layer: row.layer,
    tags: JSON.parse(row.tags) as string[],
    refs: JSON.parse(row.refs) as RefChoice,
    flags: JSON.parse(row.flags) as HistoryFlag[],
    head: row.head,
    tip: row.tip,
    // A clone has its default branch twice, here and at origin.
    branches: new Set(branches.filter((name) => name !== 'HEAD')).size,
    tagCount: refs.length - branches.length,
    commits: row.commits,
    actions: row.has_actions === 0 ? null : row.actions,
    compat: row.compat,
    differences,
    collectedAt: row.collected_at,
  };
}
