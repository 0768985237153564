import type Database from 'better-sqlite3';
import { HealthError } from '../model/error.js';
import type { BranchTip } from '../model/history.js';
import { noIdentityRules, type IdentityRules } from '../model/identities.js';
import type { ProjectLedger, Succession } from '../model/ledger.js';
import type { Manifest, ProjectSeal } from '../model/manifest.js';
import type { Scope, Value } from '../model/measurement.js';
import type { ProjectFacts } from '../model/result.js';
import { openForReading } from './connection.js';
import { projectFacts } from './project-facts.js';
import { PeopleOverlay } from './people-overlay.js';
import { Pseudonyms, registerPseudonyms } from './pseudonyms.js';
import { prepareQuery, queryError, refuseUnscoped } from './query-preparation.js';
import { projectLedger } from './ledger.js';
import { projectSeals } from './project-seals.js';
import { ruleSeals } from './rule-seals.js';
import { sealState, type SealState } from './sealed-history.js';
import { Seals } from './seals.js';
import { succession } from './succession.js';
import { Scopes } from './scopes.js';
import { registerFunctions } from './sql-functions.js';
import { storeError } from './sqlite-errors.js';

/** The store, for reading only: CVSAnalY's tables as one scope sees them, and MySQL's functions. */
export interface Readable {
  projects(): ProjectFacts[];
  /** Version of the store's schema. */
  readonly schema: number;
  /** What the store holds of every project now, in the order of their first collects. */
  seals(): ProjectSeal[];
  /** The rules that tell people, bots and organisations, built in and the user's. */
  rules(): Manifest['rules'];
  /** How the store stands to what a run had of a project. */
  sealState(seal: ProjectSeal): Pick<SealState, 'known' | 'lost' | 'newer'>;
  /** How a project's history itself changed, up to the collect a seal names; null where it was never collected. */
  ledger(project: string): ProjectLedger | null;
  /** A project's branches, as the last collect found them, or the run a seal is of. HealthError unknown-project. */
  branches(project: string): BranchTip[];
  /** How two projects that follow each other hang together, up to a day. */
  succession(from: string, to: string, asOf: string | null): Succession;
  /** Columns a query returns, without running it. HealthError bad-query or query-writes. */
  columns(sql: string): string[];
  /**
   * Runs one query that reads. Parameters are named (`:year`); `:as_of` is the scope's day unless given.
   * HealthError bad-query (a parameter without a value too), query-writes, unknown-project, or bad-usage for a ref choice
   * that means no branch.
   */
  query(scope: Scope, sql: string, params: Record<string, Value>): { columns: string[]; rows: Value[][] };
  close(): void;
}

export interface ReadableOptions {
  /** The user's identity file; default: nothing but what is built in. */
  identities?: IdentityRules | undefined;
  /** Pseudonyms in place of names and addresses, and no messages. */
  anonymize?: boolean | undefined;
  /** Projects to be read as runs had them, where the store has moved on since. */
  seals?: readonly ProjectSeal[] | undefined;
}

/** HealthError no-store, store-newer or store-damaged. */
export function openReadable(file: string, options: ReadableOptions = {}): Readable {
  const db = openForReading(file);
  registerFunctions(db);
  const pseudonyms = options.anonymize ? new Pseudonyms(readSalt(db)) : null;
  if (pseudonyms) registerPseudonyms(db, pseudonyms);
  const rules = options.identities ?? noIdentityRules;
  const overlay = new PeopleOverlay(db, rules, pseudonyms);
  return new SqliteReadable(db, file, overlay, { rules, seals: new Seals(db, options.seals ?? []) });
}

class SqliteReadable implements Readable {
  readonly #db: Database.Database;
  readonly #file: string;
  readonly #rules: IdentityRules;
  readonly #seals: Seals;
  readonly #scopes: Scopes;
  readonly #anonymous: boolean;

  constructor(
    db: Database.Database,
    file: string,
    overlay: PeopleOverlay,
    means: { rules: IdentityRules; seals: Seals },
  ) {
    const { rules, seals } = means;
    this.#db = db;
    this.#rules = rules;
    this.#file = file;
    this.#seals = seals;
    this.#scopes = new Scopes(db, overlay, seals);
    this.#anonymous = overlay.isAnonymous;
  }

  projects(): ProjectFacts[] {
    return this.#whole(() => projectFacts(this.#db, this.#seals));
  }

  get schema(): number {
    return this.#whole(() => Number(this.#db.pragma('user_version', { simple: true })));
  }

  seals(): ProjectSeal[] {
    return this.#whole(() => projectSeals(this.#db));
  }

  rules(): Manifest['rules'] {
    return ruleSeals(this.#rules);
  }

  sealState(seal: ProjectSeal): Pick<SealState, 'known' | 'lost' | 'newer'> {
    const { known, lost, newer } = this.#whole(() => sealState(this.#db, seal));
    return { known, lost, newer };
  }

  ledger(project: string): ProjectLedger | null {
    return this.#whole(() => projectLedger(this.#db, project, this.#seals.of(project)?.collectedAt ?? null));
  }

  branches(project: string): BranchTip[] {
    return this.#guarded(() => this.#scopes.branchesOf(project));
  }

  succession(from: string, to: string, asOf: string | null): Succession {
    return this.#whole(() => {
      const commits = (name: string) => ({ name, commits: this.#scopes.commitsOf(name) });
      return succession(this.#db, commits(from), commits(to), asOf);
    });
  }

  columns(sql: string): string[] {
    return this.#guarded(() => {
      this.#scopes.shape(sql);
      return prepareQuery(this.#db, sql).columns;
    });
  }

  query(scope: Scope, sql: string, params: Record<string, Value>): { columns: string[]; rows: Value[][] } {
    return this.#guarded(() => {
      if (this.#anonymous) refuseUnscoped(sql);
      this.#scopes.enter(scope, sql);
      const query = prepareQuery(this.#db, sql);
      const values = bound(query.parameters, scope, params);
      try {
        const rows = query.statement.raw().all(...(query.parameters.length > 0 ? [values] : [])) as unknown[][];
        return { columns: query.columns, rows: rows.map((row) => row.map(value)) };
      } catch (error) {
        throw queryError(error);
      }
    });
  }

  close(): void {
    this.#db.close();
  }

  /** Reads the whole store: views of a scope would stand in the way of its tables. */
  #whole<T>(work: () => T): T {
    return this.#guarded(() => {
      this.#scopes.leave();
      return work();
    });
  }

  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw storeError(error, this.#file);
    }
  }
}

function readSalt(db: Database.Database): string {
  return db.prepare<[], string>('select salt from main.health_salt').pluck().get() ?? '';
}

function bound(names: readonly string[], scope: Scope, params: Record<string, Value>): Record<string, unknown> {
  const values: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  const missing: string[] = [];
  for (const name of names) {
    const given = Object.hasOwn(params, name) ? params[name] : name === 'as_of' ? (scope.asOf ?? undefined) : undefined;
    if (given === undefined) missing.push(name);
    // A plain number would be bound as SQLite's REAL.
    else values[name] = Number.isSafeInteger(given) ? BigInt(given as number) : given;
  }
  if (missing.length > 0) {
    throw new HealthError('bad-query', `no value for ${missing.map((name) => `:${name}`).join(', ')}`, {
      hint: `Give it with --param ${missing[0]}=VALUE.`,
    });
  }
  return values;
}

/** Blobs come out as text; nothing of CVSAnalY's is one. */
function value(cell: unknown): Value {
  if (cell === null || typeof cell === 'string' || typeof cell === 'number') return cell;
  if (typeof cell === 'bigint') return Number(cell);
  return Buffer.isBuffer(cell) ? cell.toString('utf8') : String(cell);
}
