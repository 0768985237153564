import type Database from 'better-sqlite3';
import { HealthError } from '../model/error.js';
import type { ProjectSeal } from '../model/manifest.js';
import type { ScopeSets } from './scope-sets.js';
import { sealState, type SealedHistory } from './sealed-history.js';

/** Names of temporary tables that stand for the store's own. */
export interface TagTables {
  tags: string;
  revisions: string;
}

/** A project as a sealed run saw it. */
export interface SealedProject {
  /** Null: the store holds just that. */
  history: SealedHistory | null;
  /** End of the collect the run went by, UTC. */
  collectedAt: string;
}

/** The runs' histories that scopes are to be read at, instead of today's. */
export class Seals {
  readonly #db: Database.Database;
  readonly #seals: ReadonlyMap<string, ProjectSeal>;
  readonly #projects = new Map<string, SealedProject>();

  constructor(db: Database.Database, seals: readonly ProjectSeal[]) {
    this.#db = db;
    this.#seals = new Map(seals.map((seal) => [seal.project, seal]));
  }

  /** Null: the project is read as it is. HealthError failed when the store lost what the run had. */
  of(project: string): SealedProject | null {
    const seal = this.#seals.get(project);
    if (!seal) return null;
    let sealed = this.#projects.get(project);
    if (!sealed) {
      const { lost, history } = sealState(this.#db, seal);
      if (lost.length > 0) {
        throw new HealthError('failed', `the store no longer holds what the run had of ${project}: ${lost.join(', ')}`);
      }
      sealed = { history, collectedAt: seal.collectedAt };
      this.#projects.set(project, sealed);
    }
    return sealed;
  }

  forget(): void {
    this.#projects.clear();
  }
}

/** Name of the temporary table with a sealed history's commits. */
export function sealedCommits(sets: ScopeSets, project: string, { commits }: SealedHistory): string {
  return sets.commits(JSON.stringify([project, 'sealed']), () => commits);
}

/** Temporary tables with a sealed history's tags. */
export function sealedTags(sets: ScopeSets, project: string, { tags }: SealedHistory): TagTables {
  const names = [...new Set(tags.map(({ name }) => name))];
  const ids = new Map(names.map((name, i) => [name, i + 1]));
  const revisions = tags.map(({ name, commit }, i): [number, number, number] => [i + 1, ids.get(name)!, commit]);
  return {
    tags: `temp.${sets.rows(
      `sealed tags ${project}`,
      'id integer primary key, name',
      [...ids].map(([name, id]) => [id, name]),
    )}`,
    revisions: `temp.${sets.rows(`sealed revisions ${project}`, 'id integer primary key, tag_id integer, commit_id integer', revisions)}`,
  };
}
