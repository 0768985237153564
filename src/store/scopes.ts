import type Database from 'better-sqlite3';
import type { BranchTip } from '../model/history.js';
import type { Scope } from '../model/measurement.js';
import {
  countContributions,
  createHealthViews,
  dropContributions,
  dropHealthViews,
  emptyHealthViews,
  mentionsHealthViews,
  neededTables,
  type HealthTables,
  type NeededTables,
} from './health-views.js';
import type { PeopleOverlay } from './people-overlay.js';
import { ScopeCommits } from './scope-commits.js';
import { ScopePeople, type PeopleTables } from './scope-people.js';
import { ScopeSets } from './scope-sets.js';
import { sealedCommits, sealedTags, type Seals } from './seals.js';
import { dropScopeViews, scopeViews, type ViewOptions } from './scope-views.js';

interface HealthViews extends NeededTables {
  /** The rules that the contributions follow. */
  counting: string;
}

/** Puts the temporary views of one scope after another in place; keeps what is dear to work out. */
export class Scopes {
  readonly #db: Database.Database;
  readonly #overlay: PeopleOverlay;
  readonly #seals: Seals;
  readonly #sets: ScopeSets;
  readonly #people: ScopePeople;
  readonly #projects = new Map<string, ScopeCommits>();
  #current: { key: string; people: PeopleTables; commitSets: readonly string[] } | null = null;
  /** What the views of our own stand for; `empty`: they have no rows; null: they don't stand. */
  #health: HealthViews | 'empty' | null = null;
  #version: unknown;

  constructor(db: Database.Database, overlay: PeopleOverlay, seals: Seals) {
    this.#db = db;
    this.#overlay = overlay;
    this.#seals = seals;
    this.#sets = new ScopeSets(db);
    this.#people = new ScopePeople(db, this.#sets);
  }

  /** Makes the scope's views stand, those of our own too where the query that comes reads one of them. */
  enter(scope: Scope, sql: string): void {
    this.#forgetWhenChanged();
    const key = JSON.stringify([scope.project, scope.asOf, scope.refs, scope.identity, scope.mergedBy, scope.mailmap]);
    if (this.#current?.key !== key) this.#shadow(scope, key);
    if (mentionsHealthViews(sql)) this.#addHealthViews(scope, sql);
  }

  /** Makes the views of our own stand, empty where there is no scope, so that a query's columns can be told. */
  shape(sql: string): void {
    if (!mentionsHealthViews(sql) || this.#health !== null) return;
    this.#run(emptyHealthViews());
    this.#health = 'empty';
  }

  /** SQL for the ids of all commits a project has here. HealthError unknown-project. */
  commitsOf(project: string): string {
    this.#forgetWhenChanged();
    const history = this.#seals.of(project)?.history ?? null;
    if (history) return `select id from temp.${sealedCommits(this.#sets, project, history)}`;
    return `select id from main.scmlog where repository_id = ${this.#project(project).stored.repository}`;
  }

  /** HealthError unknown-project. */
  branchesOf(project: string): BranchTip[] {
    this.#forgetWhenChanged();
    return this.#project(project).branches();
  }

  /** Takes the views away: tables are the whole store's again. */
  leave(): void {
    this.#run([...dropHealthViews(), dropContributions(), ...dropScopeViews()]);
    this.#current = null;
    this.#health = null;
  }

  #shadow(scope: Scope, key: string): void {
    this.leave();
    const base = this.#narrowed(scope);
    // The people of a scope are those of its scmlog, so that view has to stand first.
    this.#run(scopeViews({ ...base, people: null }));
    const people = this.#people.folds(key, {
      overlay: this.#overlay,
      reading: scope,
      repository: base.repository,
      commits: JSON.stringify([scope.project, scope.asOf, scope.refs, scope.mergedBy]),
    });
    this.#run(dropScopeViews());
    this.#run(scopeViews({ ...base, people: people.table }));
    this.#current = { key, people, commitSets: base.commitSets };
  }

  #addHealthViews(scope: Scope, sql: string): void {
    const needed = neededTables(sql);
    const counting = JSON.stringify([scope.role, scope.merges, scope.time, scope.bots]);
    const stands = this.#health !== 'empty' && this.#health?.counting === counting ? this.#health : null;
    const changes = needed.changes || (stands?.changes ?? false);
    const persons = needed.persons || (stands?.persons ?? false);
    if (stands?.changes === changes && stands.persons === persons) return;
    const tables = this.#healthTables(scope, { changes, persons });
    this.#run(dropHealthViews());
    if (stands === null) this.#run([dropContributions(), ...countContributions(scope, tables)]);
    this.#run(createHealthViews(scope, tables));
    this.#health = { counting, changes, persons };
  }

  #healthTables(scope: Scope, { changes, persons }: NeededTables): HealthTables {
    const { key, people, commitSets } = this.#current!;
    const { repository, compat } = this.#project(scope.project).stored;
    const history = this.#seals.of(scope.project)?.history ?? null;
    const within = history && sealedCommits(this.#sets, scope.project, history);
    const commits = this.#sets.commitFacts(repository, compat === 'strict', within);
    return {
      commits,
      releases: this.#sets.releases(repository, history ? sealedTags(this.#sets, scope.project, history) : undefined),
      changes: changes
        ? { actions: this.#sets.changes(repository, commits), files: this.#sets.firstPaths(repository) }
        : null,
      folds: people.table,
      spans: this.#sets.isEmpty(people.spans) ? null : people.spans,
      persons: persons ? this.#people.persons(key, people, commits, scope.asOf, this.#overlay) : null,
      commitSets,
      hasLines: this.#hasLines(),
    };
  }

  #run(statements: readonly string[]): void {
    for (const statement of statements) this.#db.exec(statement);
  }

  #hasLines(): boolean {
    const find = this.#db.prepare("select 1 from main.sqlite_schema where name = 'health_action_lines'");
    return find.get() !== undefined;
  }

  #narrowed(scope: Scope): Omit<ViewOptions, 'people'> {
    const { project, asOf, refs, mergedBy } = scope;
    const commits = this.#project(project);
    const { repository } = commits.stored;
    const sealed = this.#seals.of(project);
    const history = sealed?.history ?? null;
    const commitSets: string[] = history ? [sealedCommits(this.#sets, project, history)] : [];
    if (refs !== 'branches') {
      commitSets.push(this.#sets.commits(JSON.stringify([project, 'refs', refs]), () => commits.chosen(refs) ?? []));
    }
    if (mergedBy !== null) {
      commitSets.push(
        this.#sets.commits(JSON.stringify([project, 'mergedBy', mergedBy]), () => commits.mergedBy(mergedBy)),
      );
    }
    return {
      repository,
      asOf,
      folds: this.#overlay.folds(scope, repository),
      commitSets,
      isAnonymous: this.#overlay.isAnonymous,
      tags: history && sealedTags(this.#sets, project, history),
      sealedAt: sealed?.collectedAt ?? null,
    };
  }

  #project(name: string): ScopeCommits {
    let commits = this.#projects.get(name);
    if (!commits) {
      commits = new ScopeCommits(this.#db, name, this.#seals.of(name)?.history ?? null);
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
    this.#people.forget();
    this.#projects.clear();
    this.#seals.forget();
    this.#overlay.forget();
    this.#version = version;
  }
}
