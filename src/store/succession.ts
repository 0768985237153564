import type Database from 'better-sqlite3';
import type { Succession } from '../model/ledger.js';
import { endOfDay } from './scope-commits.js';

function revsOf({ commits }: { commits: string }): string {
  return `select rev, date from main.scmlog where id in (${commits}) and date <= @end`;
}

/** How two projects that follow each other hang together; `commits`: a subquery of the ids each may look at. */
export function succession(
  db: Database.Database,
  from: { name: string; commits: string },
  to: { name: string; commits: string },
  asOf: string | null,
): Succession {
  const bounds = { end: asOf === null ? '~' : endOfDay(asOf) };
  const tables = `with p as materialized (${revsOf(from)}), q as materialized (${revsOf(to)})`;
  const one = <T>(sql: string) => db.prepare<[typeof bounds], T>(`${tables} ${sql}`).pluck().get(bounds) ?? null;
  const months = db
    .prepare<[typeof bounds], [string, number, number]>(
      `${tables} select month, sum(side = 'p'), sum(side = 'q') from
         (select substr(date, 1, 7) as month, 'p' as side from p
          union all select substr(date, 1, 7), 'q' from q where rev not in (select rev from p))
       group by month order by month`,
    )
    .raw()
    .all(bounds);
  return {
    from: from.name,
    to: to.name,
    shared: one<number>('select count(*) from p where rev in (select rev from q)') ?? 0,
    begins: one<string>('select substr(min(date), 1, 10) from q where rev not in (select rev from p)'),
    ends: one<string>('select substr(max(date), 1, 10) from p where rev not in (select rev from q)'),
    months: months.map(([month, before, after]) => [month, Number(before), Number(after)]),
  };
}
