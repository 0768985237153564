import { describe, expect, it } from 'vitest';
import { defaultRules } from '../../src/config/watch-rules.js';
import type { Rule, RuleKind } from '../../src/model/alarm.js';
import { alarmChanges } from '../../src/schedule/alarm-life.js';
import { firings } from '../../src/schedule/firings.js';
import { monthEnds, replay } from '../../src/schedule/replay.js';
import { dayText, toDay, type Signals, type Standing } from '../../src/schedule/signals.js';

const rules = defaultRules();
const only = (kind: RuleKind): Rule[] => rules.filter((rule) => rule.kind === kind);

/** Commits every so many days from one day to another, by people who take turns. */
function work(from: string, to: string, every: number, people: readonly number[]): Signals['contributions'] {
  const list: Signals['contributions'] = [];
  for (let day = toDay(from), i = 0; day <= toDay(to); day += every, i++) {
    const person = people[i % people.length]!;
    list.push({ day, person, name: `Person ${person}`, commits: 1 });
  }
  return list;
}

function signals(over: Partial<Signals>): Signals {
  return { project: 'one', contributions: [], releases: [], licences: [], queries: {}, ...over };
}

function texts(kind: RuleKind, of: Signals, day: string, standing: Standing | null = null): string[] {
  return firings(only(kind), of, toDay(day), standing).map(({ text }) => text);
}

const quiet: Standing = { events: [], failures: null, scores: [], scoresBefore: null, open: new Set() };

describe('silence', () => {
  const weekly = signals({ contributions: work('2012-01-01', '2013-12-29', 7, [1, 2]) });

  it('is longer than twice the longest usual gap, and than 60 days', () => {
    expect(texts('silence', weekly, '2014-02-26')).toEqual([]);
    expect(texts('silence', weekly, '2014-03-01')).toEqual([
      'nobody has committed for 62 days; of its own last 104 gaps between days with commits 99 % were at most 7 days',
    ]);
  });

  it('is none in finished software that was always slow: its own gaps are what it is held against', () => {
    const finished = signals({
      contributions: [...work('1990-01-01', '2005-12-31', 2, [1]), ...work('2006-06-01', '2014-06-01', 150, [1])],
    });
    expect(texts('silence', finished, '2014-12-01')).toEqual([]);
    expect(texts('silence', finished, '2015-06-01')).toHaveLength(1);
  });

  it('says nothing of a project too young to have a rhythm', () => {
    expect(
      texts('silence', signals({ contributions: work('2014-01-01', '2014-03-01', 7, [1]) }), '2014-12-01'),
    ).toEqual([]);
  });
});

describe('fewer committers', () => {
  const people = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
  const before = work('2008-01-01', '2013-12-31', 3, people(10));

  it('are fewer than the spread of years explains, and were so two months ago', () => {
    const fell = signals({ contributions: [...before, ...work('2014-01-01', '2016-01-01', 3, people(3))] });
    // A year of three people is complete, but was not yet two months before.
    expect(texts('fewer-committers', fell, '2015-01-15')).toEqual([]);
    expect(texts('fewer-committers', fell, '2015-06-30')).toEqual([
      '3 people committed in the last 12 months, where 10 is usual (spread 1)',
    ]);
  });

  it('are nothing new once few were usual for years', () => {
    const long = work('1990-01-01', '2013-12-31', 3, people(10));
    const small = signals({ contributions: [...long, ...work('2014-01-01', '2021-01-01', 3, people(3))] });
    expect(texts('fewer-committers', small, '2020-12-31')).toEqual([]);
  });
});

it('the absence factor dropped: one person has most of what four shared', () => {
  const of = signals({
    contributions: [...work('2010-01-01', '2013-12-31', 2, [1, 2, 3, 4]), ...work('2014-01-01', '2015-12-31', 2, [1])],
  });
  expect(texts('absence-factor', of, '2013-12-31')).toEqual([]);
  expect(texts('absence-factor', of, '2015-06-30')).toEqual([
    "one person made at least 60 % of the last year's commits, where half took 2",
  ]);
});

describe('the top committer', () => {
  const of = signals({
    contributions: [...work('2010-01-01', '2013-12-31', 2, [1, 1, 2]), ...work('2014-01-01', '2015-12-31', 5, [2, 3])],
  });

  it('is gone after half a year, while others go on', () => {
    expect(texts('top-committer-gone', of, '2014-06-01')).toEqual([]);
    expect(texts('top-committer-gone', of, '2014-08-01')[0]).toMatch(
      /^Person 1, who made 67 % of the commits of the 12 months up to 2013-12-\d\d, has made none for 2\d\d days; others made \d+$/,
    );
  });

  it('is back with one commit', () => {
    const back = [...of.contributions, { day: toDay('2014-08-02'), person: 1, name: 'Person 1', commits: 1 }];
    const again = signals({ contributions: back.toSorted((a, b) => a.day - b.day) });
    expect(texts('top-committer-gone', again, '2014-08-02')).toEqual([]);
  });

  it('is not told apart from a project that is silent', () => {
    const silent = signals({ contributions: work('2010-01-01', '2013-12-31', 2, [1, 1, 2]) });
    expect(texts('top-committer-gone', silent, '2014-12-01')).toEqual([]);
  });
});

describe('a release', () => {
  const releases = Array.from({ length: 8 }, (_, i) => ({ day: toDay('2012-01-01') + i * 150, version: `1.${i}` }));
  const last = releases.at(-1)!.day;

  it('is overdue against its own rhythm, where commits wait for it', () => {
    const of = signals({ releases, contributions: work('2012-01-01', '2016-01-01', 7, [1]) });
    expect(texts('release-overdue', of, dayText(last + 225))).toEqual([]);
    expect(texts('release-overdue', of, dayText(last + 226))[0]).toMatch(
      /^no release for 226 days, since 1\.7, and 3\d commits/,
    );
  });

  it('is not overdue in finished software: there is nothing to release', () => {
    const of = signals({ releases, contributions: work('2012-01-01', dayText(last), 7, [1]) });
    expect(texts('release-overdue', of, dayText(last + 3000))).toEqual([]);
  });
});

it('a licence file changed: the first one is no change, the same on two branches is one, and it ends by itself', () => {
  const of = signals({
    licences: [
      { day: toDay('2010-01-01'), rev: 'a'.repeat(40), path: 'COPYING', type: 'A' },
      { day: toDay('2014-03-01'), rev: 'b'.repeat(40), path: 'COPYING', type: 'M' },
      { day: toDay('2014-03-01'), rev: 'c'.repeat(40), path: 'COPYING', type: 'M' },
    ],
  });
  expect(texts('licence-changed', of, '2010-01-02')).toEqual([]);
  expect(texts('licence-changed', of, '2014-03-02')).toEqual([
    'the licence file COPYING was changed on 2014-03-01 by bbbbbbbbbbbb, cccccccccccc',
  ]);
  expect(texts('licence-changed', of, '2014-05-30')).toEqual([]);
});

it('a repository is gone at once where it is not found, and after three failures where it is not reached', () => {
  const failing = (code: string, count: number): Standing => ({
    ...quiet,
    failures: { code, count, message: 'it failed' },
  });
  const of = signals({});
  expect(texts('repository-gone', of, '2014-01-01', failing('not-found', 1))).toHaveLength(1);
  expect(texts('repository-gone', of, '2014-01-01', failing('unreachable', 2))).toEqual([]);
  expect(texts('repository-gone', of, '2014-01-01', failing('unreachable', 3))).toHaveLength(1);
  expect(texts('repository-gone', of, '2014-01-01', failing('disk-full', 9))).toEqual([]);
});

describe('scores', () => {
  const score = (candidate: string, percent: number, chosen = false) => ({
    layer: 'storage',
    model: 'qsos',
    candidate,
    project: candidate,
    percent,
    chosen,
  });
  const standing = (now: number[], before: number[] | null, open: string[] = []): Standing => {
    const scores = ([own = 0, rival = 0]: number[]) => [score('one', own, true), score('other', rival)];
    return { ...quiet, scores: scores(now), scoresBefore: before && scores(before), open: new Set(open) };
  };
  const of = signals({});

  it('a rival overtakes, once: the first run has nothing to compare with', () => {
    expect(texts('rival-ahead', of, '2014-01-01', standing([60, 70], null))).toEqual([]);
    expect(texts('rival-ahead', of, '2014-01-01', standing([60, 70], [60, 59]))).toEqual([
      'other leads one in storage by qsos: 70 % to 60 %',
    ]);
    expect(texts('rival-ahead', of, '2014-01-01', standing([60, 70], [60, 70]))).toEqual([]);
    expect(
      texts('rival-ahead', of, '2014-01-01', standing([60, 70], [60, 70], ['rival-ahead storage qsos other'])),
    ).toHaveLength(1);
  });

  it('a rival that was not collected leads nobody: its score is the middle of what is unknown', () => {
    const unknown = standing([47.5, 50], [52, 50]);
    expect(texts('rival-ahead', of, '2014-01-01', unknown)).toHaveLength(1);
    const uncollected = unknown.scores.map((one) => (one.chosen ? one : { ...one, project: null }));
    expect(texts('rival-ahead', of, '2014-01-01', { ...unknown, scores: uncollected })).toEqual([]);
  });

  it('a score crosses the threshold', () => {
    expect(texts('score-below', of, '2014-01-01', standing([39, 10], [41, 10]))).toEqual([
      'the score of one in storage by qsos is 39 %, below 40 %; it was 41 %',
    ]);
    expect(texts('score-below', of, '2014-01-01', standing([39, 10], [38, 10]))).toEqual([]);
  });
});

it('a rule for one project leaves others alone', () => {
  const weekly = signals({ contributions: work('2012-01-01', '2013-12-29', 7, [1]) });
  const other = only('silence').map((rule) => ({ ...rule, projects: ['another'] }));
  expect(firings(other as Rule[], weekly, toDay('2014-12-01'), null)).toEqual([]);
});

describe('replay', () => {
  // Weekly until 2011, a pause of 100 days, weekly again, and silent from 2013 on.
  const paused = signals({
    contributions: [...work('2008-01-01', '2010-12-31', 7, [1, 2]), ...work('2011-04-10', '2012-12-30', 7, [1, 2])],
  });

  it('judges the last day of each month, and the last of all', () => {
    expect(monthEnds('2011-12-15', '2012-03-10').map(dayText)).toEqual([
      '2011-12-31',
      '2012-01-31',
      '2012-02-29',
      '2012-03-10',
    ]);
    expect(monthEnds('2012-03-10', '2012-03-10').map(dayText)).toEqual(['2012-03-10']);
  });

  it('an alarm that did not last is false, one that did is right, one too young is undecided', () => {
    const told = (to: string) => {
      const { alarms, rules: found } = replay(only('silence'), [paused], '2008-01-01', to);
      return {
        alarms: alarms.map(({ opened, closed, verdict }) => [opened, closed, verdict]),
        rate: found[0]?.falseRate,
      };
    };
    expect(told('2013-03-31')).toEqual({
      alarms: [
        ['2011-02-28', '2011-04-30', 'false'],
        ['2013-03-31', null, 'undecided'],
      ],
      rate: 1,
    });
    expect(told('2014-12-31').alarms.at(-1)).toEqual(['2013-03-31', null, 'right']);
    expect(told('2014-12-31').rate).toBe(0.5);
  });

  it('says of the rules it cannot ask why', () => {
    const { notReplayed, rules: found } = replay(rules, [paused], '2008-01-01', '2009-01-01');
    expect(notReplayed.map(({ rule }) => rule)).toEqual([
      'history-rewritten',
      'default-branch-renamed',
      'repository-moved',
      'repository-gone',
      'score-below',
      'rival-ahead',
    ]);
    expect(found).toHaveLength(6);
  });

  it('never looks ahead: cut off at a day, a history gives the same alarms up to it', () => {
    const whole = replay(rules, [paused], '2008-01-01', '2012-06-30').alarms;
    const cut = { ...paused, contributions: paused.contributions.filter(({ day }) => day <= toDay('2012-06-30')) };
    expect(replay(rules, [cut], '2008-01-01', '2012-06-30').alarms).toEqual(whole);
  });
});

it('figures that waver around the limit are one alarm until it has settled', () => {
  const firing = firings(
    only('silence'),
    signals({ contributions: work('2012-01-01', '2013-12-29', 7, [1]) }),
    toDay('2014-12-01'),
    null,
  ).map((one) => ({ ...one, rule: 'fewer-committers', kind: 'fewer-committers' as const }));
  const [alarm] = firing.map((one) => ({
    ...one,
    id: 1,
    state: 'open' as const,
    firstSeen: '2014-01-01',
    lastSeen: '2014-01-01',
    acknowledgedAt: null,
    note: null,
    closed: null,
  }));
  const closedOn = (day: string) => alarmChanges([alarm!], [], { rules, day, judged: null }).closed.length;
  expect(closedOn('2014-04-30')).toBe(0);
  expect(closedOn('2014-05-01')).toBe(1);
  expect(alarmChanges([alarm!], [], { rules, day: '2015-01-01', judged: ['another'] }).closed).toEqual([]);
  expect(alarmChanges([alarm!], firing, { rules, day: '2014-05-01', judged: null })).toMatchObject({
    opened: [],
    closed: [],
  });
});
