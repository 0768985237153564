import type Database from 'better-sqlite3';
import type { Scope } from '../model/measurement.js';
import { ScopeCommits } from './scope-commits.js';
import { ScopeSets } from './scope-sets.js';
import { dropScopeViews, scopeViews, type ViewOptions } from './scope-views.js';

/** Puts the temporary views of one scope after another in place; keeps what is dear to work out. */
export class Scopes {
  readonly #db: Database.Database;
  readonly #sets: ScopeSets;
  readonly #projects = new Map<string, ScopeCommits>();
  #current: string | null = null;
  #version: unknown;

  constructor(db: Database.Database) {
    this.#db = db;
    this.#sets = new ScopeSets(db);
  }

  enter(scope: Scope): void {
    this.#forgetWhenChanged();
    const key = JSON.stringify([scope.project, scope.asOf, scope.refs, scope.identity, scope.mergedBy]);
    if (this.#current === key) return;
    this.leave();
    const base = this.#narrowed(scope);
    // The people of a scope are those of its scmlog, so that view has to stand first.
    for (const statement of scopeViews({ ...base, people: null })) this.#db.exec(statement);
    const people = this.#sets.people(key, scope.identity === 'name');
    for (const statement of dropScopeViews()) this.#db.exec(statement);
    for (const statement of scopeViews({ ...base, people })) this.#db.exec(statement);
    this.#current = key;
  }

  /** Takes the views away: tables are the whole store's again. */
  leave(): void {
    for (const statement of dropScopeViews()) this.#db.exec(statement);
    this.#current = null;
  }

  #narrowed({ project, asOf, refs, identity, mergedBy }: Scope): Omit<ViewOptions, 'people'> {
    const commits = this.#project(project);
    const commitSets: string[] = [];
    if (refs !== 'branches') {
      commitSets.push(this.#sets.commits(JSON.stringify([project, 'refs', refs]), () => commits.chosen(refs) ?? []));
    }
    if (mergedBy !== null) {
      commitSets.push(
        this.#sets.commits(JSON.stringify([project, 'mergedBy', mergedBy]), () => commits.mergedBy(mergedBy)),
      );
    }
    return { repository: commits.stored.repository, asOf, identity, commitSets };
  }

  #project(name: string): ScopeCommits {
    let commits = this.#projects.get(name);
    if (!commits) {
      commits = new ScopeCommits(this.#db, name);
      this.#projects.set(name, commits);
    }
    return commits;
  }

  /** Another program may have written to the store: what was worked out is of yesterday then. */
  #forgetWhenChanged(): void {
    const version = this.#db.pragma('data_version', { simple: true });
    if (version === this.#version) return;
    this.leave();
    this.#sets.clear();
    this.#projects.clear();
    this.#version = version;
  }
}
