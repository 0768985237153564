import { isDeepStrictEqual } from 'node:util';
import type Database from 'better-sqlite3';
import type { RefSnapshot } from '../model/history.js';
import type { Project } from '../model/project.js';
import { lastCollect, writeCollect } from './collect-rows.js';
import { openWritable } from './connection.js';
import type { Extraction } from './event-reader.js';
import { writeLoad, type LoadOptions, type LoadSummary } from './load.js';
import { sameRules } from './load-plan.js';
import { prepareLoad, type PreparedLoad } from './load-preparation.js';
import { writeProject } from './project-row.js';
import { removeLines } from './removal.js';
import { writeRefMoves } from './ref-move-rows.js';
import { byName } from './ref-order.js';
import { storeError } from './sqlite-errors.js';
import { countCommits, readProject, type StoredProject } from './stored-project.js';
import { Turns } from './turns.js';

export type { Extraction } from './event-reader.js';
export type { LoadOptions, LoadSummary } from './load.js';

/** How a project was collected last: whether with its lines, by which version, and where its refs stood. */
export type Collected = Pick<StoredProject, 'lines' | 'toolVersion' | 'snapshot'>;

interface FailedCollect {
  project: string;
  code: string;
  message: string;
  toolVersion: string;
  /** UTC, `YYYY-MM-DD HH:MM:SS`. */
  now: string;
}

/** One SQLite file with CVSAnalY's tables for any number of repositories. */
export interface Store {
  /** How many commits the project has. */
  commitCount(project: string): number;
  /** Of a project that was collected; null: it never was. */
  collected(project: string): Collected | null;
  /**
   * Brings the project's rows up to date in one transaction. `extraction` is called with the commits not to be read
   * again, unless `options.recent` spares it; it is closed and called once more, with nothing known, when the rows must be made anew: history was
   * rewritten, a branch went away, or refs, actions, renames or compat differ from last time. Nothing is known either
   * where something could not be read last time: it may be there now.
   * Loads wait for each other; their extractions start at once.
   */
  load(project: Project, extraction: Extraction, options: LoadOptions): Promise<LoadSummary>;
  /**
   * When refs and rules are those of the last collect, records that it is up to date and returns a summary; else null,
   * and `load` is called for. Spares reading the history.
   */
  confirm(project: Project, snapshot: RefSnapshot, options: LoadOptions): Promise<LoadSummary | null>;
  /** Records a collect that failed; the project's rows stay as they are. */
  recordFailure(failure: FailedCollect): Promise<void>;
  close(): void;
}

/**
 * Opens the store, making folder, file and tables where they are missing.
 * HealthError not-writable, store-newer, store-damaged, disk-full or store-busy.
 */
export function openStore(file: string): Store {
  return new SqliteStore(openWritable(file), file);
}

class SqliteStore implements Store {
  readonly #db: Database.Database;
  readonly #file: string;
  readonly #turns = new Turns();

  constructor(db: Database.Database, file: string) {
    this.#db = db;
    this.#file = file;
  }

  commitCount(project: string): number {
    return this.#read(() => countCommits(this.#db, project));
  }

  collected(project: string): Collected | null {
    return this.#read(() => readProject(this.#db, project));
  }

  async load(project: Project, extraction: Extraction, options: LoadOptions): Promise<LoadSummary> {
    let prepared = await this.#prepare(project, extraction, options);
    try {
      return await this.#turns.run(async () => {
        // Another program may have loaded the same project meanwhile.
        const summary = await this.#transaction(async () => {
          if (lastCollect(this.#db, project.name) !== prepared.collect) {
            await prepared.reader.close();
            prepared = await this.#prepare(project, extraction, options);
          }
          return this.#write(prepared, project, options);
        });
        return summary;
      });
    } finally {
      await prepared.reader.close();
    }
  }

  async confirm(project: Project, snapshot: RefSnapshot, options: LoadOptions): Promise<LoadSummary | null> {
    const current = () => {
      const stored = this.#read(() => readProject(this.#db, project.name));
      const same = stored && sameRules(stored, project, options) && isDeepStrictEqual(stored.snapshot, plain(snapshot));
      return same ? stored : null;
    };
    // Looked at before taking a turn, so that nobody waits for another project's load to hear no.
    if (!current()) return null;
    return this.#turns.run(() =>
      this.#transaction(() => {
        const stored = current();
        if (!stored) return null;
        // Refs are where they were; the repository itself need not be.
        writeRefMoves(this.#db, stored, { project, snapshot, tips: new Map() }, options.now);
        writeProject(this.#db, stored.repository, project, snapshot, options);
        if (stored.lines && !(options.lines ?? false)) removeLines(this.#db, stored.repository);
        const summary = {
          mode: 'unchanged',
          commits: 0,
          actions: 0,
          people: 0,
          rows: 0,
          vanished: 0,
          lost: 0,
          loss: null,
        } as const;
        this.#record(project, summary, options);
        return summary;
      }),
    );
  }

  recordFailure({ project, code, message, toolVersion, now }: FailedCollect): Promise<void> {
    return this.#turns.run(() =>
      this.#transaction(() => {
        writeCollect(this.#db, {
          project,
          ended_at: now,
          tool_version: toolVersion,
          status: 'failed',
          mode: null,
          compat: null,
          commits: 0,
          actions: 0,
          people: 0,
          rows: 0,
          vanished: 0,
          lost: 0,
          loss: null,
          error_code: code,
          error_message: message,
        });
      }),
    );
  }

  close(): void {
    this.#db.close();
  }

  #prepare(project: Project, extraction: Extraction, options: LoadOptions): Promise<PreparedLoad> {
    return prepareLoad(this.#db, project, extraction, options).catch((error: unknown) => {
      throw storeError(error, this.#file);
    });
  }

  async #write({ input, reader }: PreparedLoad, project: Project, options: LoadOptions): Promise<LoadSummary> {
    const written = await writeLoad(this.#db, input, reader, options);
    const same = written.commits === 0 && isDeepStrictEqual(input.stored?.snapshot, plain(input.outline));
    const summary: LoadSummary =
      written.mode === 'appended' && same ? { ...written, mode: 'unchanged', rows: 0 } : written;
    this.#record(project, summary, options);
    return summary;
  }

  #record(project: Project, summary: LoadSummary, options: LoadOptions): void {
    writeCollect(this.#db, {
      project: project.name,
      ended_at: options.now,
      tool_version: options.toolVersion,
      status: 'done',
      compat: options.compat,
      ...summary,
      error_code: null,
      error_message: null,
    });
  }

  async #transaction<T>(work: () => Promise<T> | T): Promise<T> {
    try {
      this.#db.exec('begin immediate');
      const result = await work();
      this.#db.exec('commit');
      return result;
    } catch (error) {
      // SQLite itself has rolled back after some errors (a full disk).
      if (this.#db.open && this.#db.inTransaction) this.#db.exec('rollback');
      throw storeError(error, this.#file);
    }
  }

  #read<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw storeError(error, this.#file);
    }
  }
}

/** Only what a snapshot has, in the store's order. */
function plain({ refs, head, flags }: RefSnapshot): RefSnapshot {
  return {
    refs: refs.map(({ name, kind, oid, commit }) => ({ name, kind, oid, commit })).sort(byName),
    head,
    flags: [...flags],
  };
}
