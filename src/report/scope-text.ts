import type { RefChoice } from '../model/history.js';
import type { IdentityRule, Measurement, Scope } from '../model/measurement.js';
import { visibleLine } from '../model/text.js';

export function refsText(refs: RefChoice): string {
  if (refs === 'branches') return 'every branch and tag that was collected';
  if (refs === 'default') return 'what the default branch reaches';
  return `branches that match ${refs.map(visibleLine).join(', ')}`;
}

export function identityText(rule: IdentityRule): string {
  if (rule === 'merged') return 'a person is whom the mailmap and the identity file take for one';
  if (rule === 'name') return 'a person is a name, whatever the address';
  return 'a person is an exact pair of name and address';
}

/** The rules of a scope in words, as label and text. */
export function scopeLines(scope: Scope): [label: string, text: string][] {
  const lines: [string, string][] = [
    ['Refs', refsText(scope.refs)],
    [
      'Dates',
      scope.asOf === null
        ? 'all dates'
        : `committed up to and including ${scope.asOf}, by the committer\u2019s own wall clock`,
    ],
    ['People', identityText(scope.identity)],
  ];
  if (scope.mergedBy !== null) {
    lines.push(['Merged', `only what the default branch held on ${scope.mergedBy}, by its first-parent commits`]);
  }
  return lines;
}

/** Parameters as `name = value`, in the order of their names. */
export function paramLines(measurement: Measurement): string[] {
  return Object.entries(measurement.params)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${visibleLine(name)} = ${value === null ? 'none' : visibleLine(String(value))}`);
}
