import type { Alarm, AlarmChanges, Firing, Rule } from '../model/alarm.js';
import { firingKey } from './firings.js';
import { toDay, type Day } from './signals.js';

/** Whether a firing that was last seen on one day and is no longer there on another may count as gone. */
export function hasSettled(rules: readonly Rule[], { rule }: Pick<Firing, 'rule'>, seen: Day, day: Day): boolean {
  const params = rules.find(({ id }) => id === rule)?.params;
  return !params || !('settle_days' in params) || day - seen >= params.settle_days;
}

/**
 * What firings do to the alarms there are: one that is open or acknowledged goes on, whatever has none opens one, and what
 * no longer holds closes, after the days its rule waits. A closed alarm never opens again: the same firing later on is a new one. `judged`: projects
 * that were looked at, alarms of others stay as they are; null: all, and alarms of projects that are gone close.
 */
export function alarmChanges(
  alarms: readonly Alarm[],
  firings: readonly Firing[],
  { rules, day, judged }: { rules: readonly Rule[]; day: string; judged: readonly string[] | null },
): AlarmChanges {
  const held = new Map(firings.map((firing) => [firingKey(firing), firing]));
  const living = alarms.filter(({ state }) => state !== 'closed');
  const known = new Set(living.map(firingKey));
  return {
    opened: [...held].filter(([key]) => !known.has(key)).map(([, firing]) => firing),
    seen: living.flatMap((alarm) => {
      const firing = held.get(firingKey(alarm));
      return firing ? [{ id: alarm.id, firing }] : [];
    }),
    closed: living.filter(
      (alarm) =>
        !held.has(firingKey(alarm)) &&
        (judged === null || judged.includes(alarm.project)) &&
        hasSettled(rules, alarm, toDay(alarm.lastSeen), toDay(day)),
    ),
  };
}
