import type Database from 'better-sqlite3';
import { HealthError } from '../model/error.js';
import type { BranchTip } from '../model/history.js';
import type { Scope } from '../model/measurement.js';
import { branchMatcher } from './branch-pattern.js';
import { CommitGraph } from './commit-reach.js';
import { shortBranch } from './decorations.js';
import { statements } from './dialect.js';
import type { SealedHistory } from './sealed-history.js';
import { readProject, type StoredProject } from './stored-project.js';

/** Works out which commits a scope's ref choice and merge day leave, beyond what a WHERE can say. */
export class ScopeCommits {
  readonly #db: Database.Database;
  readonly #project: string;
  readonly stored: StoredProject;
  readonly #ids: ReadonlyMap<string, number>;
  #graph: CommitGraph | undefined;

  /** `sealed`: the history as a run had it, where the store has moved on since. */
  constructor(db: Database.Database, project: string, sealed: SealedHistory | null) {
    const stored = readProject(db, project);
    if (!stored) throw new HealthError('unknown-project', `${project} is not in this store`);
    this.#db = db;
    this.#project = project;
    this.stored = sealed ? { ...stored, snapshot: sealed.snapshot } : stored;
    this.#ids = sealed?.ids ?? refCommits(db, stored.repository);
  }

  get #commitGraph(): CommitGraph {
    this.#graph ??= new CommitGraph(this.#db, this.stored.repository);
    return this.#graph;
  }

  /** Null: every commit. */
  chosen(refs: Scope['refs']): Set<number> | null {
    if (refs === 'branches') return null;
    if (refs === 'default') return this.#commitGraph.reach([this.#defaultTip()]);
    const matches = branchMatcher(refs);
    const branches = this.stored.snapshot.refs.filter(({ kind }) => kind !== 'tag');
    const chosen = branches.filter(({ name }) => matches(name));
    if (chosen.length === 0) {
      const names = [...new Set(branches.map(({ name }) => shortBranch(name)))];
      throw new HealthError('bad-usage', `no branch of ${this.#project} is meant by ${refs.join(', ')}`, {
        hint: `There are: ${names.slice(0, 20).join(', ')}${names.length > 20 ? ', …' : ''}`,
      });
    }
    return this.#commitGraph.reach(chosen.flatMap(({ name }) => this.#ids.get(name) ?? []));
  }

  /** Where the branches stood. */
  branches(): BranchTip[] {
    const { refs, head } = this.stored.snapshot;
    return refs.flatMap(({ name, kind }) => {
      const commit = this.#ids.get(name);
      return kind === 'tag' || commit === undefined
        ? []
        : [{ name: shortBranch(name), commit, isDefault: name === head }];
    });
  }

  /** What the default branch held at the end of a day, going by the dates of its first-parent commits. */
  mergedBy(day: string): Set<number> {
    const { sql } = statements.withSchema('main').selectFrom('scmlog').select('date').where('id', '=', 0).compile();
    const date = this.#db.prepare<[number], string>(sql).pluck();
    const end = endOfDay(day);
    for (const id of this.#commitGraph.firstParents(this.#defaultTip())) {
      const text = date.get(id);
      if (text !== undefined && text <= end) return this.#commitGraph.reach([id]);
    }
    return new Set();
  }

  #defaultTip(): number {
    const { head } = this.stored.snapshot;
    const tip = head === null ? undefined : this.#ids.get(head);
    if (tip === undefined) {
      throw new HealthError('bad-usage', `${this.#project} has no default branch`, {
        hint: 'Its HEAD names no branch that exists; choose branches by name with --refs.',
      });
    }
    return tip;
  }
}

/** Dates are text without a zone, so a day ends at its last second. */
export function endOfDay(day: string): string {
  return `${day} 23:59:59`;
}

function refCommits(db: Database.Database, repository: number): Map<string, number> {
  const { sql } = statements
    .withSchema('main')
    .selectFrom('health_refs')
    .select(['name', 'commit_id'])
    .where('repository_id', '=', 0)
    .compile();
  return new Map(db.prepare<[number], [string, number]>(sql).raw().all(repository));
}
