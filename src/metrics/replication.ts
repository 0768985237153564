import { HealthError } from '../model/error.js';
import type { Scope } from '../model/measurement.js';
import type { PublishedFigure, PublishedStudy } from '../model/published.js';
import type { Replication, ReplicationTrial } from '../model/result.js';
import type { Readable } from '../store/readable.js';
import type { Catalogue } from './catalogue.js';
import { measure } from './run.js';
import { roundBy, trialRule, trialScopes } from './trials.js';

/**
 * A figure in a scope: the last column of the query's only row, or its mean over all rows; null for a mean of no rows.
 * @throws HealthError bad-query when the query gives no number to reduce
 */
function reduced(readable: Readable, catalogue: Catalogue, figure: PublishedFigure, scope: Scope): number | null {
  const { rows } = measure(readable, catalogue, catalogue.query(figure.query), scope, {});
  const values = rows.map((row) => row.at(-1));
  if (!values.every((value) => typeof value === 'number') || (figure.reduce === 'only' && values.length !== 1)) {
    const wanted = figure.reduce === 'only' ? 'a single row that ends in a number' : 'rows that end in a number';
    throw new HealthError('bad-query', `figure ${figure.figure}: query ${figure.query} must return ${wanted}`);
  }
  if (figure.reduce === 'only') return values[0] ?? 0;
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function runTrials(
  readable: Readable,
  catalogue: Catalogue,
  study: PublishedStudy,
  figure: PublishedFigure,
  asOf: string | null,
): ReplicationTrial[] {
  const { rounding: all } = study.trials;
  const roundings = figure.vary.includes('rounding') ? all : all.slice(0, 1);
  return trialScopes(figure, study.trials, asOf).flatMap((scope) => {
    const value = reduced(readable, catalogue, figure, scope);
    if (value === null) return [];
    return roundings.map((rounding) => {
      const rounded = roundBy(value, rounding);
      const rule = trialRule(scope, rounding, figure.reduce);
      return { scope, value, rounding, rounded, equal: rounded === figure.value, rule };
    });
  });
}

/** Of the plainest trials that come as close as any. */
function nearestTrial(trials: ReplicationTrial[], published: number): ReplicationTrial {
  return trials.reduce((best, trial) =>
    Math.abs(trial.rounded - published) < Math.abs(best.rounded - published) ? trial : best,
  );
}

function reproduces(replication: Replication, rule: string): boolean {
  return replication.trials.some((trial) => trial.rule === rule && trial.equal);
}

/** The plainest rule that gives every one of several projects' figures: a study counts them all by one rule. */
function commonRule(group: Replication[]): string | null {
  const [first, ...others] = group;
  if (!first || others.length === 0) return null;
  return first.trials.map(({ rule }) => rule).find((rule) => group.every((one) => reproduces(one, rule))) ?? null;
}

function noteOf(figure: PublishedFigure, trials: ReplicationTrial[], by: ReplicationTrial | null): string | null {
  if (by === null) {
    const count = trials.length === 1 ? 'The one way' : `None of the ${trials.length} ways`;
    const verdict = `${count} of counting that ${trials.length === 1 ? 'was tried does not give' : 'were tried gives'} ${figure.value}.`;
    return [verdict, figure.remarkNotReproduced].filter(Boolean).join(' ');
  }
  return by === trials[0] ? null : figure.remarkReproduced;
}

/**
 * Holds a study's published figures against the store's records: every way of counting the study lists is tried,
 * plainest first. Figures of projects that are not in `projects`, or had no commit yet, are left out.
 *
 * @param asOf the report's day, which bounds every trial; null for all dates
 */
export function replicate(
  readable: Readable,
  catalogue: Catalogue,
  published: PublishedStudy,
  projects: string[],
  asOf: string | null,
): Replication[] {
  const replications = published.published
    .filter(({ project }) => projects.includes(project))
    .flatMap((figure): Replication[] => {
      const trials = runTrials(readable, catalogue, published, figure, asOf);
      const [plain] = trials;
      if (!plain) return [];
      const reproducedBy = trials.find(({ equal }) => equal) ?? null;
      return [
        {
          figure: figure.figure,
          title: figure.title,
          project: figure.project,
          query: figure.query,
          published: figure.value,
          ours: plain.value,
          reproducedBy,
          nearest: reproducedBy ?? nearestTrial(trials, figure.value),
          trials,
          note: noteOf(figure, trials, reproducedBy),
        },
      ];
    });
  return replications.map((one) => {
    const group = replications.filter(({ query }) => query === one.query);
    const rule = commonRule(group);
    const trial = one.trials.find((candidate) => candidate.rule === rule && candidate.equal);
    if (!trial || trial === one.trials[0]) return one;
    const common = `The same rule gives all ${group.length} projects' figures.`;
    return { ...one, reproducedBy: trial, nearest: trial, note: [one.note, common].filter(Boolean).join(' ') };
  });
}
