import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type Database from 'better-sqlite3';
import type { Alarm, AlarmChanges } from '../model/alarm.js';
import type { KeptRun } from '../model/evaluation.js';
import { openForReading, openWritable } from './connection.js';
import type { OwnTables } from './schema-own.js';
import { storeError } from './sqlite-errors.js';

type RunRow = OwnTables['health_runs'];
type AlarmRow = OwnTables['health_alarms'];

/** What somebody still has to be told of. */
interface Untold {
  new: Alarm[];
  /** All others that hold. */
  open: Alarm[];
  closed: Alarm[];
}

/** Kept runs and alarms of one study in a store. */
export interface Runs {
  /** In the order in which they were made. */
  kept(): KeptRun[];
  alarms(): Alarm[];
  /** Collects of a project that failed since the last that ended well; null: none, or it was never collected. */
  failures(project: string): { count: number; code: string; message: string } | null;
  /** Removes what runs that were killed left behind: their files were never said to be whole. */
  sweep(): void;
  /**
   * Keeps a run: says that it comes, has its file written, then says that it is there and brings alarms up to date, all
   * in one transaction. A run that is kept already is not kept twice.
   */
  keep(run: KeptRun, write: (file: string) => void, life: AlarmLife): void;
  /** New, open and closed alarms that nobody was told of yet; those that were aren't new any more. */
  untold(): Untold;
  told(untold: Untold): void;
  /** The alarm as it is then; null: there is none of that number, or it is closed. */
  acknowledge(id: number, note: string | null, now: string): Alarm | null;
  close(): void;
}

/** What a run does to the alarms there are. */
type AlarmLife = (alarms: readonly Alarm[]) => AlarmChanges;

/** Opens a store that exists. HealthError no-store, store-newer, store-damaged, not-writable. */
export function openRuns(file: string, study: string): Runs {
  // Says what is wrong where there is none, rather than making one.
  openExisting(file);
  return new StoreRuns(openWritable(file), file, study);
}

function openExisting(file: string): void {
  try {
    openForReading(file).close();
  } catch (error) {
    // One of an older version is brought up to date by being opened for writing.
    if (error instanceof Error && 'code' in error && error.code === 'no-store') throw error;
  }
}

/** Kept runs and alarms of a store that is only read. HealthError no-store, store-newer, store-damaged. */
export function readRuns(file: string, study: string): { kept: KeptRun[]; alarms: Alarm[] } {
  const runs = new StoreRuns(openForReading(file), file, study);
  try {
    return { kept: runs.kept(), alarms: runs.alarms() };
  } finally {
    runs.close();
  }
}

class StoreRuns implements Runs {
  readonly #db: Database.Database;
  readonly #file: string;
  readonly #study: string;

  constructor(db: Database.Database, file: string, study: string) {
    this.#db = db;
    this.#file = file;
    this.#study = study;
  }

  kept(): KeptRun[] {
    return this.#guarded(() =>
      this.#db
        .prepare<[string], RunRow>("select * from health_runs where study = ? and status = 'done' order by id")
        .all(this.#study)
        .map(toRun),
    );
  }

  alarms(): Alarm[] {
    return this.#guarded(() => this.#rows().map(toAlarm));
  }

  failures(project: string): { count: number; code: string; message: string } | null {
    return this.#guarded(() => {
      const last = this.#db
        .prepare<[string], number | null>("select max(id) from health_collects where project = ? and status = 'done'")
        .pluck()
        .get(project);
      if (last == null) return null;
      const rows = this.#db
        .prepare<[string, number], { code: string | null; message: string | null }>(
          `select error_code as code, error_message as message from health_collects
           where project = ? and id > ? and status = 'failed' order by id`,
        )
        .all(project, last);
      const end = rows.at(-1);
      return end ? { count: rows.length, code: end.code ?? 'failed', message: end.message ?? '' } : null;
    });
  }

  sweep(): void {
    this.#transaction(() => {
      const files = this.#db
        .prepare<[string], string>("select file from health_runs where study = ? and status = 'pending'")
        .pluck()
        .all(this.#study);
      for (const file of files) rmSync(join(dirname(this.#file), file), { force: true });
      this.#db.prepare("delete from health_runs where study = ? and status = 'pending'").run(this.#study);
    });
  }

  keep(run: KeptRun, write: (file: string) => void, life: AlarmLife): void {
    const isKept = this.kept().some(({ seal }) => seal === run.seal);
    if (!isKept) {
      this.#transaction(() => this.#insert(run));
      write(join(dirname(this.#file), run.file));
    }
    this.#transaction(() => {
      this.#db
        .prepare("update health_runs set status = 'done' where study = ? and seal = ?")
        .run(this.#study, run.seal);
      this.#apply(life(this.#rows().map(toAlarm)), run.day);
    });
  }

  untold(): Untold {
    return this.#guarded(() => {
      const rows = this.#rows();
      const of = (wanted: (row: AlarmRow) => boolean): Alarm[] => rows.filter(wanted).map(toAlarm);
      return {
        new: of(({ state, told }) => state !== 'closed' && told === 'nothing'),
        open: of(({ state, told }) => state !== 'closed' && told !== 'nothing'),
        closed: of(({ state, told }) => state === 'closed' && told !== 'closed'),
      };
    });
  }

  told(untold: Untold): void {
    const mark = this.#db.prepare<[string, number]>('update health_alarms set told = ? where id = ?');
    this.#transaction(() => {
      for (const { id } of untold.new) mark.run('opened', id);
      for (const { id } of untold.closed) mark.run('closed', id);
    });
  }

  acknowledge(id: number, note: string | null, now: string): Alarm | null {
    return this.#transaction(() => {
      const { changes } = this.#db
        .prepare<[string, string | null, number, string]>(
          // Who took note of it needs no more telling.
          `update health_alarms set state = 'acknowledged', acknowledged_at = ?, note = ?, told = 'opened'
           where id = ? and study = ? and state <> 'closed'`,
        )
        .run(now, note, id, this.#study);
      const row = this.#rows().find((one) => one.id === id);
      return changes > 0 && row ? toAlarm(row) : null;
    });
  }

  close(): void {
    this.#db.close();
  }

  #rows(): AlarmRow[] {
    return this.#db
      .prepare<[string], AlarmRow>('select * from health_alarms where study = ? order by id')
      .all(this.#study);
  }

  #insert({ day, asOfGiven, endedAt, seal, file, figures, scores, events }: KeptRun): void {
    this.#db
      .prepare(
        `insert into health_runs (study, day, as_of_given, ended_at, seal, file, status, figures, scores, events)
         values (?, ?, ?, ?, ?, ?, 'pending', ?, ?, ?)`,
      )
      .run(
        this.#study,
        day,
        asOfGiven ? 1 : 0,
        endedAt,
        seal,
        file,
        ...[figures, scores, events].map((list) => JSON.stringify(list)),
      );
  }

  #apply({ opened, seen, closed }: AlarmChanges, day: string): void {
    const open = this.#db.prepare(
      `insert into health_alarms (study, rule, kind, project, subject, text, evidence, state, first_seen, last_seen, told)
       values (?, ?, ?, ?, ?, ?, ?, 'open', ?, ?, 'nothing')`,
    );
    for (const { rule, kind, project, subject, text, evidence } of opened)
      open.run(this.#study, rule, kind, project, subject, text, JSON.stringify(evidence), day, day);
    const see = this.#db.prepare('update health_alarms set last_seen = ?, text = ?, evidence = ? where id = ?');
    for (const { id, firing } of seen) see.run(day, firing.text, JSON.stringify(firing.evidence), id);
    const end = this.#db.prepare("update health_alarms set state = 'closed', closed = ? where id = ?");
    for (const { id } of closed) end.run(day, id);
  }

  #transaction<T>(work: () => T): T {
    return this.#guarded(() => this.#db.transaction(work).immediate());
  }

  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw storeError(error, this.#file);
    }
  }
}

function toRun({
  study,
  day,
  as_of_given: given,
  ended_at: endedAt,
  seal,
  file,
  figures,
  scores,
  events,
}: RunRow): KeptRun {
  return {
    study,
    day,
    asOfGiven: given === 1,
    endedAt,
    seal,
    file,
    figures: JSON.parse(figures) as KeptRun['figures'],
    scores: JSON.parse(scores) as KeptRun['scores'],
    events: JSON.parse(events) as KeptRun['events'],
  };
}

function toAlarm(row: AlarmRow): Alarm {
  return {
    id: row.id,
    rule: row.rule,
    kind: row.kind as Alarm['kind'],
    project: row.project,
    subject: row.subject,
    text: row.text,
    evidence: JSON.parse(row.evidence) as Alarm['evidence'],
    state: row.state as Alarm['state'],
    firstSeen: row.first_seen,
    lastSeen: row.last_seen,
    acknowledgedAt: row.acknowledged_at,
    note: row.note,
    closed: row.closed,
  };
}
