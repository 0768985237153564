import type { Firing, Rule, RuleKind } from '../model/alarm.js';
import type { Replay, ReplayedAlarm, ReplayedRule } from '../model/replay.js';
import { hasSettled } from './alarm-life.js';
import { firingKey, firings } from './firings.js';
import { dayText, toDay, type Day, type Signals } from './signals.js';

const LEDGER = 'only collects see it: a history does not tell how its refs moved';
const SCORES = 'scorecards are judged by the answers and the catalogue of today';

const NOT_REPLAYED: Partial<Record<RuleKind, string>> = {
  'history-rewritten': LEDGER,
  'default-branch-renamed': LEDGER,
  'repository-moved': LEDGER,
  'repository-gone': 'only collects see it',
  'score-below': SCORES,
  'rival-ahead': SCORES,
};

/** The last day of each month from one day to another, and that other one. */
export function monthEnds(from: string, to: string): Day[] {
  const [first, last] = [toDay(from), toDay(to)];
  const days: Day[] = [];
  for (let year = Number(from.slice(0, 4)), month = Number(from.slice(5, 7)); ; month++) {
    // Day 0 of a month is the last of the one before.
    const day = Math.floor(Date.UTC(year, month, 0) / 86_400_000);
    if (day >= last) break;
    if (day >= first) days.push(day);
  }
  return [...days, last];
}

/** Runs the rules over the past of some projects, a month at a time. Pure. */
export function replay(rules: readonly Rule[], projects: readonly Signals[], from: string, to: string): Replay {
  const days = monthEnds(from, to);
  const asked = rules.filter(({ kind }) => NOT_REPLAYED[kind] === undefined);
  const alarms = projects
    .flatMap((signals) => replayOne(asked, signals, days))
    .sort((a, b) => (a.opened < b.opened ? -1 : a.opened > b.opened ? 1 : 0));
  return {
    format: 1,
    from,
    to,
    days: days.length,
    projects: projects.map(({ project }) => project),
    rules: asked.map(({ id, kind }): ReplayedRule => ({
      rule: id,
      kind,
      ...tally(alarms.filter(({ rule }) => rule === id)),
    })),
    total: tally(alarms),
    alarms,
    notReplayed: rules.flatMap(({ id, kind }) => {
      const why = NOT_REPLAYED[kind];
      return why === undefined ? [] : [{ rule: id, why }];
    }),
  };
}

interface Living {
  firing: Firing;
  opened: Day;
  seen: Day;
  /** The first day since on which it did not hold; null: it holds. */
  gone: Day | null;
}

function replayOne(rules: readonly Rule[], signals: Signals, days: readonly Day[]): ReplayedAlarm[] {
  const open = new Map<string, Living>();
  const ended: ReplayedAlarm[] = [];
  for (const day of days) {
    const held = new Map(firings(rules, signals, day, null).map((firing) => [firingKey(firing), firing]));
    for (const [key, one] of open) {
      if (held.has(key)) continue;
      one.gone ??= day;
      if (!hasSettled(rules, one.firing, one.seen, day)) continue;
      ended.push(replayed(rules, one, day));
      open.delete(key);
    }
    for (const [key, firing] of held) {
      const known = open.get(key);
      // What it said when it was raised is what counts.
      if (known) Object.assign(known, { seen: day, gone: null });
      else open.set(key, { firing, opened: day, seen: day, gone: null });
    }
  }
  for (const one of open.values()) ended.push(replayed(rules, one, days.at(-1)!));
  return ended;
}

function replayed(rules: readonly Rule[], { firing, opened, seen, gone }: Living, end: Day): ReplayedAlarm {
  const params = rules.find(({ id }) => id === firing.rule)?.params;
  const lasts = params && 'lasts_days' in params ? params.lasts_days : null;
  const held = (gone ?? end) - opened;
  const verdict = lasts === null ? 'fact' : held >= lasts ? 'right' : gone === null ? 'undecided' : 'false';
  return {
    ...firing,
    opened: dayText(opened),
    lastSeen: dayText(seen),
    closed: gone === null ? null : dayText(gone),
    verdict,
  };
}

function tally(alarms: readonly ReplayedAlarm[]): Replay['total'] {
  const count = (verdict: ReplayedAlarm['verdict']): number => alarms.filter((one) => one.verdict === verdict).length;
  const [right, wrong] = [count('right'), count('false')];
  return {
    alarms: alarms.length,
    right,
    false: wrong,
    undecided: count('undecided'),
    facts: count('fact'),
    falseRate: right + wrong === 0 ? null : wrong / (right + wrong),
  };
}
