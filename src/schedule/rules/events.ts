import type { Firing } from '../../model/alarm.js';
import type { LedgerEvent } from '../../model/ledger.js';
import { eventText } from '../history-causes.js';
import { between, dayText, toDay, until, type Check } from '../signals.js';

const DID: Record<string, string> = { A: 'was added', D: 'was taken away', V: 'was moved', C: 'was copied' };

/** A licence file changed, came or went; the commit with which the first one came is none. One a file and day. */
export const licenceChanged: Check<'licence-changed'> = ({ id, kind, params }, signals, day) => {
  const first = signals.licences[0];
  const recent = between(until(signals.licences, day), day - params.days, day).filter(
    ({ rev, type }) => !(type === 'A' && rev === first?.rev),
  );
  // The same change on several branches is one.
  const byFile = new Map<string, typeof recent>();
  for (const change of recent) {
    const subject = `${dayText(change.day)} ${change.path}`;
    byFile.set(subject, [...(byFile.get(subject) ?? []), change]);
  }
  return [...byFile].map(([subject, changes]): Firing => {
    const { day: at, path, type } = changes[0]!;
    const revs = changes.map(({ rev }) => rev.slice(0, 12)).join(', ');
    return {
      rule: id,
      kind,
      project: signals.project,
      subject,
      text: `the licence file ${path} ${DID[type] ?? 'was changed'} on ${dayText(at)} by ${revs}`,
      evidence: {
        query: 'watch/licence-files',
        sha256: signals.queries['watch/licence-files'] ?? null,
        window: `${params.days} days up to ${dayText(day)}`,
        figures: [
          { name: 'commits', value: revs, unit: 'commits' },
          { name: 'file', value: path, unit: 'path' },
          { name: 'day', value: dayText(at), unit: 'day' },
          { name: 'how', value: changes.map((one) => one.type).join(', '), unit: 'CVSAnalY types' },
        ],
      },
    };
  });
};

type EventRule = 'history-rewritten' | 'default-branch-renamed' | 'repository-moved';

const MEANT: Record<EventRule, readonly LedgerEvent['kind'][]> = {
  'history-rewritten': ['forced', 'retagged'],
  'default-branch-renamed': ['default-renamed', 'default-switched'],
  'repository-moved': ['moved'],
};

/** Something a collect saw happen to the repository itself. */
export const ledgerEvents: Check<EventRule> = ({ id, kind, params }, signals, day, standing) => {
  return (standing?.events ?? [])
    .filter((event) => MEANT[kind].includes(event.kind) && day - toDay(event.seenAt) < params.days)
    .map((event): Firing => ({
      rule: id,
      kind,
      project: signals.project,
      subject: `${event.seenAt} ${event.ref ?? event.after ?? ''}`,
      text: eventText(event),
      evidence: {
        query: null,
        sha256: null,
        window: `between the collects of ${event.since} and ${event.seenAt} UTC`,
        figures: [
          { name: 'ref', value: event.ref, unit: 'ref' },
          { name: 'before', value: event.before, unit: '' },
          { name: 'after', value: event.after, unit: '' },
        ],
      },
    }));
};

/** Codes that tell of a repository that isn't there for us; a broken network can be the other ones. */
const AT_ONCE: ReadonlySet<string> = new Set(['not-found', 'unauthorized', 'no-repository']);

/** Collects of a project that was collected before fail. */
export const repositoryGone: Check<'repository-gone'> = ({ id, kind, params }, signals, _, standing) => {
  const failures = standing?.failures;
  if (!failures || !(AT_ONCE.has(failures.code) || failures.code === 'unreachable')) return [];
  if (!AT_ONCE.has(failures.code) && failures.count < params.failures) return [];
  return [
    {
      rule: id,
      kind,
      project: signals.project,
      subject: '',
      text: `its repository can't be read any more: ${failures.message}`,
      evidence: {
        query: null,
        sha256: null,
        window: 'since the last collect that ended well',
        figures: [
          { name: 'failed collects', value: failures.count, unit: 'collects' },
          { name: 'code', value: failures.code, unit: '' },
        ],
      },
    },
  ];
};
