import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Driver from '../../src/store/driver.js';

/** Repositories CVSAnalY itself was run on; a folder `oracle` holds what it wrote. */
export const oracleNames = ['corosync', 'drbd', 'pacemaker'] as const;
export type OracleName = (typeof oracleNames)[number];

/** Rows of two sides that should be the same, one text a row. */
interface Compared {
  rows: number;
  /** Rows that only one side has. */
  onlyOurs: string[];
  onlyTheirs: string[];
}

export interface OracleComparison {
  /** Commits both sides have; only these are compared. */
  both: number;
  /** Commits one side alone has: collected later, or gone meanwhile. */
  alone: number;
  commits: Compared;
  actions: Compared;
  /** Rows of every table and view, `NAME N` each. */
  counts: Compared;
}

const COMMITS = `
  select s.rev, coalesce((select group_concat(p.rev, ' ' order by g.rowid) from main.commit_graph g
      join main.scmlog p on p.id = g.parent_id where g.commit_id = s.id), ''),
    c.name, c.email, s.date, s.date_tz, a.name, a.email, s.author_date, s.author_date_tz
  from scmlog s join people c on c.id = s.committer_id join people a on a.id = s.author_id`;
export const ACTIONS = `
  select s.rev, a.type, coalesce(p.path, l.file_path), p.copied_from, b.name from actions a
  join scmlog s on s.id = a.commit_id join branches b on b.id = a.branch_id
  left join health_action_paths p on p.action_id = a.id
  join file_links l on l.id = (select min(id) from file_links where file_id = a.file_id)`;

/** A query's rows, cells joined by tabs as in the oracle's files. */
export function table(store: string, sql: string): string[] {
  const db = new Driver(store, { readonly: true });
  try {
    return db
      .prepare<[], unknown[]>(sql)
      .raw()
      .all()
      .map((row) => row.join('\t'));
  } finally {
    db.close();
  }
}

/** The lines of `all` that `others` lacks, counting repeated ones. */
export function missing(all: readonly string[], others: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of others) counts.set(line, (counts.get(line) ?? 0) + 1);
  return all.filter((line) => {
    const count = counts.get(line) ?? 0;
    if (count > 0) counts.set(line, count - 1);
    return count === 0;
  });
}

/** The folder's oracle, where it has one. */
export function oracleFolder(shared: string): string | null {
  const folder = join(shared, 'oracle');
  return existsSync(folder) ? folder : null;
}

/** Holds a store with this one project, collected with `--compat strict`, against what CVSAnalY wrote. */
export function compareWithOracle(store: string, oracle: string, name: OracleName): OracleComparison {
  const lines = (what: 'commits' | 'actions'): string[] => {
    const file = join(oracle, `${name}.${what}.tsv.gz`);
    return gunzipSync(readFileSync(file)).toString('utf8').trimEnd().split('\n');
  };
  const [ours, theirs] = [table(store, COMMITS), lines('commits')];
  const [revs, others] = [new Set(ours.map(revOf)), new Set(theirs.map(revOf))];
  const inBoth = (line: string): boolean => revs.has(revOf(line)) && others.has(revOf(line));
  const both = ours.filter(inBoth).length;
  const text = readFileSync(join(oracle, `${name}.counts.json`), 'utf8');
  const counts = JSON.parse(text) as Record<string, number>;
  const counted = Object.keys(counts).map((one) => `${one} ${table(store, `select count(*) from ${one}`)[0]}`);
  return {
    both,
    alone: ours.length + theirs.length - 2 * both,
    commits: compared(ours.filter(inBoth), theirs.filter(inBoth)),
    actions: compared(table(store, ACTIONS).filter(inBoth), lines('actions').filter(inBoth)),
    counts: compared(
      counted,
      Object.entries(counts).map(([one, count]) => `${one} ${count}`),
    ),
  };
}

function revOf(line: string): string {
  return line.slice(0, 40);
}

function compared(ours: string[], theirs: string[]): Compared {
  return { rows: theirs.length, onlyOurs: missing(ours, theirs), onlyTheirs: missing(theirs, ours) };
}
