import type { Alarm } from '../../src/model/alarm.js';
import type { Evaluation } from '../../src/model/evaluation.js';

/** What a repository or a server may say to get out of where it is put. */
export const HOSTILE =
  '</text><script>alert(1)</script> "\' & ]]> | `x` [a](javascript:b) @octocat #12 !7 **b** \u0000\u0007\u202e\ud800\uffff';

export function alarmOf(over: Partial<Alarm> = {}): Alarm {
  return {
    id: 3,
    rule: 'silence',
    kind: 'silence',
    project: 'alpha',
    subject: '',
    text: 'no commit for 218 days, longer than 99 % of its own gaps',
    evidence: {
      query: 'overview/facts',
      sha256: 'ab'.repeat(32),
      window: 'the 5 years up to the day',
      figures: [
        { name: 'days silent', value: 218, unit: 'days' },
        { name: 'percentile', value: null, unit: 'days' },
      ],
    },
    state: 'open',
    firstSeen: '2020-03-02',
    lastSeen: '2020-03-09',
    acknowledgedAt: null,
    note: null,
    closed: null,
    ...over,
  };
}

export function evaluationOf(over: Partial<Evaluation> = {}): Evaluation {
  return {
    format: 1,
    tool: { name: 'stack-health', version: '1.2.3' },
    study: 'our-stack',
    day: '2020-03-09',
    startedAt: '2020-03-09 06:00:00',
    endedAt: '2020-03-09 06:01:30',
    run: { seal: 'cd'.repeat(32), file: 'data/runs/2020-03-09-cdcd.json' },
    previous: { seal: 'ef'.repeat(32), file: 'data/runs/2020-03-02-efef.json', day: '2020-03-02' },
    projects: [
      {
        project: 'alpha',
        url: 'https://example.org/a',
        ok: true,
        commits: 120,
        newCommits: 3,
        error: null,
        warning: null,
      },
      {
        project: 'beta',
        url: 'https://example.org/b',
        ok: true,
        commits: 7,
        newCommits: 0,
        error: null,
        warning: null,
      },
    ],
    changes: null,
    deployment: null,
    alarms: { new: [], open: [], closed: [] },
    failures: [],
    exitCode: 0,
    ...over,
  };
}

/** One alarm of each kind and a failure, whatever their texts are. */
export function eventful(text = 'a text', project = 'alpha'): Evaluation {
  const failure = { project: 'beta', code: 'unreachable', message: text, hint: text };
  return evaluationOf({
    alarms: {
      new: [alarmOf({ id: 4, text, project, rule: 'release-overdue', firstSeen: '2020-03-09' })],
      open: [
        alarmOf({ text, project }),
        alarmOf({
          id: 2,
          text,
          project,
          rule: 'rival-ahead',
          subject: text,
          state: 'acknowledged',
          acknowledgedAt: '2020-02-20 10:00:00',
          note: text,
          firstSeen: '2020-02-10',
        }),
      ],
      closed: [
        alarmOf({
          id: 1,
          text,
          project,
          rule: 'absence-factor',
          state: 'closed',
          closed: '2020-03-09',
          firstSeen: '2020-01-06',
        }),
      ],
    },
    failures: [failure],
    exitCode: 1,
  });
}
