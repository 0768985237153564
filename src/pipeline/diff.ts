import { measure } from '../metrics/run.js';
import type { Changes, FigureChange } from '../model/changes.js';
import { HealthError } from '../model/error.js';
import type { Study } from '../model/project.js';
import type { Result } from '../model/result.js';
import { contributions, type Recount } from '../schedule/attribution.js';
import { runChanges } from '../schedule/run-changes.js';
import { headlineFigures, figureKey } from '../schedule/run-figures.js';
import { openReadable, type Readable } from '../store/readable.js';
import { loadCatalogue } from './catalogue.js';
import { identitiesOf } from './identities.js';
import { withAsOf } from './query.js';
import { readRun } from './run-file.js';

export { changesMarkdown } from '../report/changes-markdown.js';
export { changesText } from '../report/changes-text.js';
export { jsonText as changesJson } from '../report/json.js';

/** `diffRuns` on the JSON of two runs. HealthError bad-run. */
export function diffFiles(before: string, after: string, means: DiffMeans): ReturnType<typeof diffRuns> {
  return diffRuns(readRun(before).run, readRun(after).run, means);
}

/** The store on which causes are told apart, and the identity file. */
export interface DiffMeans {
  store: string;
  study: Study;
}

/**
 * What changed between two runs. With a store that still holds both, each figure's change is taken apart; `apart` is
 * false where there is none.
 */
export function diffRuns(
  before: Result,
  after: Result,
  { store, study }: DiffMeans,
): { changes: Changes; apart: boolean } {
  const changes = runChanges(before, after);
  const identities = identitiesOf(study)?.rules;
  const open = (run: Result): Readable => {
    const { projects: seals, anonymized: anonymize } = run.manifest;
    return openReadable(store, { identities, anonymize, seals });
  };
  let old: Readable | undefined;
  let now: Readable | undefined;
  try {
    old = open(before);
    now = open(after);
    const recounts = recounting({ before, after }, { before: old, after: now });
    const figures = changes.figures.map((figure) =>
      figure.contributions.length > 0 ? figure : { ...figure, contributions: contributions(figure, recounts(figure)) },
    );
    return { changes: { ...changes, figures }, apart: true };
  } catch (error) {
    if (error instanceof HealthError && error.code === 'no-store') return { changes, apart: false };
    throw error;
  } finally {
    old?.close();
    now?.close();
  }
}

interface Sides<T> {
  before: T;
  after: T;
}

/** Counts a figure again on the store, as the one run or the other had it in this respect or that. */
function recounting(runs: Sides<Result>, stores: Sides<Readable>): (figure: FigureChange) => Recount {
  const catalogue = loadCatalogue();
  const figures = { before: headlineFigures(runs.before), after: headlineFigures(runs.after) };
  return ({ query, project }) =>
    ({ history, definition, day }) => {
      const key = figureKey({ query, scope: { project } });
      const asked = figures[definition].get(key);
      const dated = figures[day].get(key);
      if (!asked || !dated) return undefined;
      const { info, measurement } = asked;
      // Who is one person is the identity file's word, and that is today's.
      const { identity, mailmap } = (figures.after.get(key) ?? asked).measurement.scope;
      const scope = { ...measurement.scope, identity, mailmap, asOf: dated.measurement.scope.asOf };
      try {
        const { columns, rows } = measure(
          stores[history],
          catalogue,
          info,
          scope,
          withAsOf({}, info.sql, runs[day].asOf),
        );
        const value = rows[0]?.[columns.indexOf(info.headline ?? '')] ?? null;
        return typeof value === 'number' ? value : null;
      } catch (error) {
        // Lost commits, or a query of another version: it can't be told.
        if (error instanceof HealthError) return undefined;
        throw error;
      }
    };
}
