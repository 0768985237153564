import { absenceFactor } from '../../model/absence.js';
import { between, dayText, until, type Check, type Day, type Signals } from '../signals.js';
import { median } from '../statistics.js';

const YEAR = 365;

/** Half of the work hangs on fewer people than it did. */
export const absenceDrop: Check<'absence-factor'> = ({ id, kind, params }, signals, day) => {
  const { years, share, from, margin, least_commits: least } = params;
  const entries = until(signals.contributions, day);
  const first = entries[0]?.day;
  if (first === undefined) return [];
  const now = yearUpTo(entries, day, 0.5 + margin);
  const past = Array.from({ length: years }, (_, i) => day - (i + 1) * YEAR)
    .filter((end) => end - YEAR >= first)
    .map((end) => yearUpTo(entries, end))
    .flatMap(({ factor, commits }) => (factor === null || commits < least ? [] : [factor]));
  if (now.factor === null || now.commits < least || past.length === 0) return [];
  const usual = median(past);
  if (usual < from || now.factor > share * usual) return [];
  return [
    {
      rule: id,
      kind,
      project: signals.project,
      subject: '',
      text: `${now.factor === 1 ? 'one person' : `${now.factor} people`} made at least ${Math.round(50 + 100 * margin)} % of the last year's commits, where half took ${usual}`,
      evidence: {
        query: 'watch/contributions-per-day',
        sha256: signals.queries['watch/contributions-per-day'] ?? null,
        window: `the year up to ${dayText(day)}, against the ${past.length} before`,
        figures: [
          { name: `people for ${Math.round(50 + 100 * margin)} %`, value: now.factor, unit: 'contributors' },
          { name: 'usual absence factor', value: usual, unit: 'contributors' },
          { name: 'before, newest first', value: past.join(', '), unit: 'contributors' },
          { name: 'commits', value: now.commits, unit: 'commits' },
        ],
      },
    },
  ];
};

function yearUpTo(entries: readonly Signals['contributions'][number][], end: Day, part = 0.5) {
  const people = new Map<number, number>();
  for (const { person, commits } of between(entries, end - YEAR, end))
    people.set(person, (people.get(person) ?? 0) + commits);
  const counts = [...people.values()];
  return { factor: absenceFactor(counts, part), commits: counts.reduce((sum, count) => sum + count, 0) };
}
