import type { RefChoice } from '../model/history.js';
import { plainScope, type Scope } from '../model/measurement.js';
import type { PublishedFigure, PublishedTrials, Rounding, TrialRule } from '../model/published.js';

function earlier(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

/** Each value with how far it departs from the plain one, the first; only that one where the rule is not varied. */
function choices<T>(values: readonly T[], varied: boolean): { value: T; departs: number }[] {
  return values.slice(0, varied ? values.length : 1).map((value, i) => ({ value, departs: i === 0 ? 0 : 1 }));
}

/**
 * The scopes a figure is counted in, plainest first: those that depart from the plain one in fewer rules come before
 * those that depart in more, and among them the order of the lists decides, with identity before refs before merges.
 * `asOf`, the report's day, bounds every one of them.
 */
export function trialScopes(figure: PublishedFigure, trials: PublishedTrials, asOf: string | null): Scope[] {
  const varies = (rule: TrialRule): boolean => figure.vary.includes(rule);
  const scopes: { scope: Scope; departs: number }[] = [];
  for (const day of choices(trials.asOf, varies('as_of'))) {
    for (const merged of choices(trials.mergedBy, varies('merged_by'))) {
      for (const refs of choices<RefChoice>(trials.refs, varies('refs'))) {
        // The day of a merge is a fact of the default branch: on other refs there is nothing to count.
        if (merged.value !== null && refs.value !== 'default') continue;
        for (const identity of choices(trials.identity, varies('identity'))) {
          scopes.push({
            scope: plainScope(figure.project, {
              asOf: earlier(day.value, asOf),
              refs: refs.value,
              identity: identity.value,
              mergedBy: merged.value,
            }),
            departs: day.departs + merged.departs + refs.departs + identity.departs,
          });
        }
      }
    }
  }
  const seen = new Set<string>();
  return scopes
    .sort((a, b) => a.departs - b.departs)
    .map(({ scope }) => scope)
    .filter((scope) => {
      const key = JSON.stringify(scope);
      return !seen.has(key) && seen.add(key);
    });
}

function refsWords(refs: RefChoice): string {
  if (refs === 'branches') return 'every branch';
  if (refs === 'default') return 'the default branch only';
  return `branches ${refs.join(', ')}`;
}

/** How a trial counts, in words. */
export function trialRule(scope: Scope, rounding: Rounding, reduce: PublishedFigure['reduce']): string {
  const words = [
    refsWords(scope.refs),
    ...(scope.mergedBy === null ? [] : [`as it had merged by ${scope.mergedBy}`]),
    scope.identity === 'name' ? 'people by name alone' : 'people by name and address',
    scope.asOf === null ? 'commits of any date' : `commits up to ${scope.asOf}`,
  ];
  const mean = reduce === 'mean' ? 'mean ' : '';
  if (rounding !== 'exact') words.push(`${mean}${rounding}`);
  return words.join('; ');
}

export function roundBy(value: number, rounding: Rounding): number {
  if (rounding === 'truncated') return Math.trunc(value);
  return rounding === 'rounded' ? Math.round(value) : value;
}
