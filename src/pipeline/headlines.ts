import type { Catalogue } from '../metrics/catalogue.js';
import { projectContributors } from '../metrics/contributors.js';
import { figureRange, pastFigure, yearBefore } from '../metrics/headlines.js';
import { plainScope, type QueryInfo } from '../model/measurement.js';
import type { Progress } from '../model/progress.js';
import type { Result } from '../model/result.js';
import type { Readable } from '../store/readable.js';
import { withAsOf } from './query.js';

export interface HeadlineOptions {
  projects: readonly string[];
  /** YYYY-MM-DD as the user gave it; null: no commit is left out for its date. */
  asOf: string | null;
  /** The day the figures speak of. */
  day: string;
  progress: Progress | undefined;
}

/** The ranges of the headline figures, the figures a year before, and the people: one project after another. */
export function measureHeadlines(
  readable: Readable,
  catalogue: Catalogue,
  queries: readonly QueryInfo[],
  { projects, asOf, day, progress }: HeadlineOptions,
): Pick<Result, 'sensitivity' | 'past' | 'people'> {
  const found: Pick<Result, 'sensitivity' | 'past' | 'people'> = { sensitivity: [], past: [], people: [] };
  const before = yearBefore(day);
  for (const project of projects) {
    for (const info of queries.filter(({ headline }) => headline !== null)) {
      progress?.({ project, stage: 'measure', text: `${info.id} under other rules` });
      const scope = plainScope(project, { asOf });
      found.sensitivity.push(figureRange(readable, catalogue, info, scope, withAsOf({}, info.sql, day)));
      const then = { ...scope, asOf: before };
      found.past.push(pastFigure(readable, catalogue, info, then, withAsOf({}, info.sql, before)));
    }
    found.people.push(projectContributors(readable, plainScope(project, { asOf, identity: 'merged' }), day));
  }
  return found;
}
