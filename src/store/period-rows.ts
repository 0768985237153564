import type Database from 'better-sqlite3';
import { dayNumber, parseDate, type DateParts } from './mysql-date.js';
import { monthRows, weekRows, type PeriodRow } from './periods.js';
import { RowWriter } from './row-writer.js';
import type { Compat } from './stored-project.js';

/**
 * Fills `months` and `weeks` for the time from the store's first commit to its last. As in CVSAnalY they belong to no
 * project: one range covers all, and a scope shows the part within its own commits. Their texts are CVSAnalY's own where
 * all projects were collected with `--compat strict`.
 */
export function writePeriods(db: Database.Database): number {
  const range = commitDays(db);
  const compats = db.prepare<[], Compat>('select distinct compat from health_projects').pluck().all();
  const strict = compats.length > 0 && compats.every((compat) => compat === 'strict');
  const [first, last] = range ?? [null, null];
  let written = 0;
  for (const [table, part, make] of [
    ['months', 'month', monthRows],
    ['weeks', 'week', weekRows],
  ] as const) {
    const rows = first && last ? make(first, last, strict) : [];
    if (isFilled(db, table, rows)) continue;
    db.exec(`delete from ${table}`);
    const writer = new RowWriter(db, table, ['id', 'year', part, 'date'], 'own');
    for (const row of rows) writer.push(...row);
    writer.flush();
    written += writer.written;
  }
  return written;
}

/** True where the table ends in the rows it should have: they are made by rule, so the others are there too. */
function isFilled(db: Database.Database, table: 'months' | 'weeks', rows: readonly PeriodRow[]): boolean {
  type Ends = { first: string | null; last: string | null; n: number };
  const ends = db
    .prepare<[], Ends>(
      `select (select id || ' ' || date from ${table} order by id limit 1) as first,
              (select id || ' ' || date from ${table} order by id desc limit 1) as last,
              (select count(*) from ${table}) as n`,
    )
    .get();
  return ends?.n === rows.length && ends.first === endText(rows[0]) && ends.last === endText(rows.at(-1));
}

function endText(row: PeriodRow | undefined): string | null {
  return row ? `${row[0]} ${row[3]}` : null;
}

/** Days of the first and the last commit of the store; dates that are none of the calendar's are left out. */
function commitDays(db: Database.Database): [DateParts, DateParts] | null {
  const repositories = db.prepare<[], number>('select id from repositories').pluck().all();
  // In the order of an index: one row is looked at.
  const ends = ['asc', 'desc'].map((order) =>
    db
      .prepare<[number], string>(
        `select date from scmlog where repository_id = ? and length(date) = 19 order by date ${order} limit 1`,
      )
      .pluck(),
  );
  const days = repositories.flatMap((id) => ends.flatMap((end) => parseDate(end.get(id)) ?? []));
  days.sort((a, b) => dayNumber(a) - dayNumber(b));
  const [first, last] = [days[0], days.at(-1)];
  return first && last ? [first, last] : null;
}
