import type { Result } from '../../src/model/result.js';
import type { PastRun, RunHistory } from '../../src/model/run-history.js';
import { alarmOf } from './evaluation-fixture.js';

/** Numbers that look like chance and are always the same. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** A run a week, the last on 2014-12-29, in which every headline figure moves. */
function weekly({ projects, queries }: Result, weeks: number): PastRun[] {
  const roll = dice(5);
  const ids = queries.filter(({ headline }) => headline !== null).map(({ id }) => id);
  return Array.from({ length: weeks }, (_, week) => {
    const day = new Date(Date.UTC(2014, 11, 29) - (weeks - 1 - week) * 7 * 86_400_000).toISOString().slice(0, 10);
    return {
      day,
      asOfGiven: false,
      endedAt: `${day} 06:01:30`,
      seal: 'cd'.repeat(32),
      figures: projects.flatMap(({ name: project }) =>
        ids.map((query) => ({ query, project, value: Math.round(roll() * 5000) / 10 })),
      ),
      scores: projects.map(({ name: project }) => ({
        layer: 'storage',
        model: 'qsos',
        candidate: project,
        project,
        percent: Math.round(roll() * 1000) / 10,
        chosen: true,
      })),
      events: [],
    };
  });
}

/** A year of weekly runs of a result, with an event and an alarm of each state. */
export function sampleHistory(result: Result, weeks = 52): RunHistory {
  const runs = weekly(result, weeks);
  const project = result.projects[0]!.name;
  runs.at(-3)!.events.push({
    project,
    kind: 'forced',
    ref: 'refs/heads/topic',
    before: 'a'.repeat(40),
    after: 'b'.repeat(40),
    since: '2014-12-08 06:00:00',
    seenAt: '2014-12-15 06:00:00',
  });
  return {
    runs,
    alarms: [
      alarmOf({
        id: 1,
        state: 'closed',
        project,
        firstSeen: '2014-02-03',
        lastSeen: '2014-03-03',
        closed: '2014-03-10',
      }),
      alarmOf({
        id: 2,
        state: 'acknowledged',
        project,
        rule: 'rival-ahead',
        text: 'a rival is ahead by 4 points',
        firstSeen: '2014-06-02',
        lastSeen: '2014-12-29',
        acknowledgedAt: '2014-06-03 09:00:00',
        note: 'known, we move in spring',
      }),
      alarmOf({ id: 3, project, firstSeen: '2014-12-22', lastSeen: '2014-12-29' }),
    ],
  };
}
