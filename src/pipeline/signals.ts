import type { Catalogue } from '../metrics/catalogue.js';
import { measure } from '../metrics/run.js';
import { plainScope, type Value } from '../model/measurement.js';
import { toDay, type Signals } from '../schedule/signals.js';
import type { Readable } from '../store/readable.js';

/** Queries of what the rules watch. */
const WATCHED = ['watch/contributions-per-day', 'watch/releases', 'watch/licence-files'] as const;

/**
 * What the rules work on, of one project up to a day (null: all of it). People are those of mailmap and identity file,
 * and those of one name are one: who changed employer and address has not gone. Bots don't count: a project that only they commit to is silent.
 */
export function projectSignals(
  readable: Readable,
  catalogue: Catalogue,
  project: string,
  asOf: string | null,
): Signals {
  const scope = plainScope(project, { asOf, identity: 'merged', bots: 'out' });
  const rows = (id: (typeof WATCHED)[number]): Value[][] =>
    measure(readable, catalogue, catalogue.query(id), scope, {}).rows;
  const people = new Map<string, number>();
  const personOf = (name: string, id: number): number => {
    const key = name.toLowerCase();
    const known = people.get(key) ?? id;
    people.set(key, known);
    return known;
  };
  return {
    project,
    contributions: rows('watch/contributions-per-day').map(([day, person, name, commits]) => ({
      day: toDay(String(day)),
      person: personOf(String(name), Number(person)),
      name: String(name),
      commits: Number(commits),
    })),
    releases: rows('watch/releases').map(([day, version]) => ({ day: toDay(String(day)), version: String(version) })),
    licences: rows('watch/licence-files').map(([day, rev, path, type]) => ({
      day: toDay(String(day)),
      rev: String(rev),
      path: String(path),
      type: String(type),
    })),
    queries: Object.fromEntries(WATCHED.map((id) => [id, catalogue.query(id).sha256])),
  };
}
