import type Database from 'better-sqlite3';
import { sql } from 'kysely';
import type { Difference } from '../model/fault.js';
import type { HistoryFlag, RefChoice } from '../model/history.js';
import type { ProjectFacts } from '../model/result.js';
import { shortBranch } from './decorations.js';
import { readDifferences } from './difference-rows.js';
import { statements } from './dialect.js';
import type { SealedHistory } from './sealed-history.js';
import type { Seals } from './seals.js';

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
  succeeded_by: string | null;
  commits: number;
  actions: number;
  has_actions: number;
  tip: string | null;
}

/** What the store knows of every collected project, in the order of their first collects; of a sealed one, knew then. */
export function projectFacts(db: Database.Database, seals: Seals): ProjectFacts[] {
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
      'p.succeeded_by',
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
    .map((row) => {
      const sealed = seals.of(row.name);
      const past = seals.of(row.name)?.history ?? null;
      const counted = readDifferences(db, row.repository_id, past?.commits ?? null);
      const differences = counted && past ? withTagsOf(past, counted) : counted;
      if (!sealed) return facts(row, refs.all(row.repository_id), differences);
      const { history, collectedAt } = sealed;
      const then = { ...row, collected_at: collectedAt, ...(history && sealedRow(db, history)) };
      return facts(then, history?.snapshot.refs ?? refs.all(row.repository_id), differences);
    });
}

/** Tags come and go: how many commits had several is told by those of that day. */
function withTagsOf({ snapshot }: SealedHistory, differences: Difference[]): Difference[] {
  const tags = snapshot.refs.filter(({ kind }) => kind === 'tag');
  const several = new Map<string, number>();
  for (const { commit } of tags) several.set(commit, (several.get(commit) ?? -1) + 1);
  const more = [...several.values()].filter((count) => count > 0);
  const tag = { fault: 'tag', rows: more.reduce((sum, count) => sum + count, 0), commits: more.length } as const;
  return differences.map((one) => (one.fault === 'tag' ? tag : one));
}

function sealedRow(
  db: Database.Database,
  { snapshot, commits }: SealedHistory,
): Pick<Row, 'head' | 'tip' | 'commits' | 'actions'> {
  const { sql: text } = statements
    .withSchema('main')
    .selectFrom('actions')
    .select(({ fn }) => fn.countAll().as('n'))
    .where('commit_id', 'in', sql<number>`(select value from json_each(?))`)
    .compile();
  const actions =
    db
      .prepare<[string], number>(text)
      .pluck()
      .get(JSON.stringify([...commits])) ?? 0;
  const tip = snapshot.refs.find(({ name }) => name === snapshot.head)?.commit ?? null;
  return { head: snapshot.head, tip, commits: commits.size, actions };
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
    succeededBy: row.succeeded_by,
  };
}
