import type { Catalogue } from '../metrics/catalogue.js';
import { projectContributors } from '../metrics/contributors.js';
import { figureRanges, pastFigure, yearBefore } from '../metrics/headlines.js';
import { plainScope, type QueryInfo } from '../model/measurement.js';
import type { IdentityRules } from '../model/identities.js';
import type { Progress } from '../model/progress.js';
import type { Result } from '../model/result.js';
import type { Readable } from '../store/readable.js';
import { reportScope } from './counting.js';
import { withAsOf } from './query.js';

export interface HeadlineOptions {
  projects: readonly string[];
  /** The identity file's. */
  rules: IdentityRules | undefined;
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
  { projects, rules, asOf, day, progress }: HeadlineOptions,
): Pick<Result, 'sensitivity' | 'past' | 'people'> {
  const found: Pick<Result, 'sensitivity' | 'past' | 'people'> = { sensitivity: [], past: [], people: [] };
  const before = yearBefore(day);
  const headlines = queries.filter(({ headline }) => headline !== null);
  const [first] = headlines;
  for (const project of projects) {
    const scope = first ? reportScope(project, first, { rules, asOf }) : plainScope(project, { asOf });
    const asked = headlines.map((info) => ({ info, given: withAsOf({}, info.sql, day) }));
    const hear = ({ id }: QueryInfo) => progress?.({ project, stage: 'measure', text: `${id} under other rules` });
    found.sensitivity.push(...figureRanges(readable, catalogue, asked, scope, hear));
    const then = { ...scope, asOf: before };
    for (const info of headlines) {
      found.past.push(pastFigure(readable, catalogue, info, then, withAsOf({}, info.sql, before)));
    }
    found.people.push(projectContributors(readable, plainScope(project, { asOf, identity: 'merged' }), day));
  }
  return found;
}
