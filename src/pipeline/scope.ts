import type { Readable } from '../store/readable.js';
import type { Study } from '../model/project.js';
import type { ProjectFacts } from '../model/result.js';
import { HealthError } from '../model/error.js';

export interface Chosen {
  /** Collected projects, in the study's order. */
  facts: ProjectFacts[];
  /** Names the study has and the store has not. */
  missing: string[];
}

/**
 * Which of the store's projects a command looks at: the named ones, else the study's. A store that holds none of the
 * study's projects is looked at as it is (somebody else's store, opened without its health.yaml).
 * HealthError unknown-project, or no-store when nothing asked for was collected.
 */
export function chooseProjects(readable: Readable, study: Study, names: readonly string[], store: string): Chosen {
  const stored = new Map(readable.projects().map((facts) => [facts.name, facts]));
  const inStudy = study.projects.map((project) => project.name);
  const known = new Set([...inStudy, ...stored.keys()]);
  for (const name of names) {
    if (!known.has(name)) {
      throw new HealthError('unknown-project', `no project is called ${name}`, {
        hint: `there are: ${[...known].join(', ')}`,
      });
    }
  }
  let wanted = names.length > 0 ? [...new Set(names)] : inStudy;
  if (names.length === 0 && !wanted.some((name) => stored.has(name)) && stored.size > 0) wanted = [...stored.keys()];
  const facts = wanted.flatMap((name) => stored.get(name) ?? []);
  const missing = wanted.filter((name) => !stored.has(name));
  if (facts.length === 0) {
    throw new HealthError('no-store', `nothing was collected yet for ${wanted.join(', ')} in ${store}`, {
      hint: 'run: health collect',
    });
  }
  return { facts, missing };
}

/** The day figures speak of when the user names none: that of the newest collect. */
export function newestDay(facts: readonly ProjectFacts[]): string {
  return facts
    .map((project) => project.collectedAt.slice(0, 10))
    .sort()
    .at(-1)!;
}
