import type Database from 'better-sqlite3';
import type { IdentityRule } from '../model/measurement.js';
import type { PeopleOverlay } from './people-overlay.js';
import { endOfDay } from './scope-commits.js';
import type { ScopeSets } from './scope-sets.js';

/** How a scope's people are found. */
interface Folding {
  overlay: PeopleOverlay;
  reading: { identity: IdentityRule; mailmap: boolean };
  repository: number;
  /** Equal for scopes of the same commits, whoever made them. */
  commits: string;
}

/** Names of the temporary tables of a scope's people. */
export interface PeopleTables {
  table: string;
  spans: string;
}

/** Temporary tables of a scope's people. */
export class ScopePeople {
  readonly #db: Database.Database;
  readonly #sets: ScopeSets;
  /** Of the last commits asked for: a report asks for the same under one identity rule after another. */
  #ids: { commits: string; list: readonly number[] } | null = null;

  constructor(db: Database.Database, sets: ScopeSets) {
    this.#db = db;
    this.#sets = sets;
  }

  /**
   * Names of the temporary tables with the people of the scope whose scmlog view stands: `id`; `keep`, the id that
   * stands for the person; how the person is called; and the organisation of the id's own address, or in `spans`
   * (`id`, `since`, `until`, `organization`) where that depends on the day.
   */
  folds(key: string, { overlay, reading, repository, commits }: Folding): PeopleTables {
    const table = this.#sets.once(key, 'health_folds', (name) => {
      this.#db.exec(
        `create temporary table ${name} (id integer primary key, keep integer, name, email, bot, organization, recorded_name, recorded_email)`,
      );
      const insert = this.#db.prepare(`insert into temp.${name} values (?, ?, ?, ?, ?, ?, ?, ?)`);
      const span = this.#db.prepare(`insert into temp.${this.#spans(key)} values (?, ?, ?, ?)`);
      this.#db.transaction(() => {
        for (const person of overlay.people(this.#idsOf(commits), reading, repository)) {
          const email = overlay.email(person.id);
          // A program or an account of a forge belongs to nobody.
          const isDated = person.bot === null && overlay.organizations.isDated(email);
          const own = isDated || person.bot !== null ? null : (overlay.affiliation(email, '')?.organization ?? null);
          const { id, keep, recorded } = person;
          insert.run(id, keep, person.name, person.email, person.bot, own, recorded.name, recorded.email);
          if (!isDated) continue;
          for (const { from, until, organization } of overlay.organizations.spans(email)) {
            span.run(person.id, from, until, organization);
          }
        }
      })();
    });
    return { table, spans: this.#spans(key) };
  }

  /** Another program may have written to the store. */
  forget(): void {
    this.#ids = null;
  }

  #idsOf(commits: string): readonly number[] {
    if (this.#ids?.commits !== commits) {
      const sql = 'select committer_id from temp.scmlog union select author_id from temp.scmlog';
      this.#ids = { commits, list: this.#db.prepare<[], number>(sql).pluck().all() };
    }
    return this.#ids.list;
  }

  #spans(key: string): string {
    return this.#sets.once(`spans ${key}`, 'health_spans', (name) => {
      this.#db.exec(`create temporary table ${name} (id integer, since, until, organization)`);
    });
  }

  /**
   * Name of the temporary table with a row a person: `id`, `name`, `email`, `organization`, `organization_rule`, `bot`.
   * Of a person with several addresses, the organisation of the one used last that tells one.
   */
  persons(key: string, { table }: PeopleTables, facts: string, asOf: string | null, overlay: PeopleOverlay): string {
    return this.#sets.once(`persons ${key}`, 'health_persons', (name) => {
      this.#db.exec(`create temporary table ${name}
        (id integer primary key, name, email, organization, organization_rule, bot)`);
      const last = this.#lastDays(facts, asOf);
      const rows = this.#db
        .prepare<[], [id: number, keep: number, name: string, email: string, bot: string | null]>(
          `select id, keep, name, email, bot from temp.${table} order by id`,
        )
        .raw()
        .all();
      const groups = new Map<number, (typeof rows)[number][]>();
      for (const row of rows) groups.set(row[1], [...(groups.get(row[1]) ?? []), row]);
      const day = (id: number) => last.get(id) ?? '';
      const insert = this.#db.prepare(`insert into temp.${name} values (?, ?, ?, ?, ?, ?)`);
      this.#db.transaction(() => {
        for (const ids of groups.values()) {
          // The smallest id, which stands for the person.
          const [, keep, own, email, bot] = ids[0]!;
          const newest = ids.toSorted(([a], [b]) => (day(a) < day(b) ? 1 : -1));
          const found = (bot === null ? newest : []).flatMap(
            ([id]) => overlay.affiliation(overlay.email(id), day(id)) ?? [],
          )[0];
          insert.run(keep, own, email, found?.organization ?? null, found?.rule ?? null, bot);
        }
      })();
    });
  }

  /** The day of each id's last contribution, in whatever role. */
  #lastDays(facts: string, asOf: string | null): Map<number, string> {
    const half = (id: string, date: string) => `select ${id} as id, max(${date}) as day from temp.${facts}
      where date <= @end group by ${id}`;
    const sql = `select id, max(day) from (${half('author_id', 'author_date')} union all
      ${half('committer_id', 'date')}) group by id`;
    const end = asOf === null ? '~' : endOfDay(asOf);
    return new Map(this.#db.prepare<[{ end: string }], [number, string]>(sql).raw().all({ end }));
  }
}
