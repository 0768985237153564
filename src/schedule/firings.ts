import type { Firing, Rule } from '../model/alarm.js';
import { absenceDrop } from './rules/absence-factor.js';
import { ledgerEvents, licenceChanged, repositoryGone } from './rules/events.js';
import { fewerCommitters } from './rules/fewer-committers.js';
import { releaseOverdue } from './rules/release-overdue.js';
import { rivalAhead, scoreBelow } from './rules/scores.js';
import { silence } from './rules/silence.js';
import { topCommitterGone } from './rules/top-committer-gone.js';
import type { Day, Signals, Standing } from './signals.js';

const CHECKS = {
  silence,
  'fewer-committers': fewerCommitters,
  'absence-factor': absenceDrop,
  'top-committer-gone': topCommitterGone,
  'release-overdue': releaseOverdue,
  'licence-changed': licenceChanged,
  'history-rewritten': ledgerEvents,
  'default-branch-renamed': ledgerEvents,
  'repository-moved': ledgerEvents,
  'repository-gone': repositoryGone,
  'score-below': scoreBelow,
  'rival-ahead': rivalAhead,
};

/** A rule is only ever given to the check of its own kind. */
type AnyCheck = (rule: Rule, signals: Signals, day: Day, standing: Standing | null) => Firing[];

/** All that holds for a project on a day. `standing` null: only what its history tells. */
export function firings(rules: readonly Rule[], signals: Signals, day: Day, standing: Standing | null): Firing[] {
  const of = (rule: Rule, at: Day): Firing[] => (CHECKS[rule.kind] as unknown as AnyCheck)(rule, signals, at, standing);
  return rules
    .filter(({ projects }) => projects === null || projects.includes(signals.project))
    .flatMap((rule) => {
      const held = of(rule, day);
      const confirm = 'confirm_days' in rule.params ? rule.params.confirm_days : 0;
      if (held.length === 0 || confirm === 0) return held;
      // Not what a window of a year happens to cut off for some weeks.
      const before = new Set(of(rule, day - confirm).map(firingKey));
      return held.filter((firing) => before.has(firingKey(firing)));
    });
}

/** Whether two firings are the same one seen again. */
export function firingKey({ rule, project, subject }: Pick<Firing, 'rule' | 'project' | 'subject'>): string {
  return JSON.stringify([rule, project, subject]);
}
