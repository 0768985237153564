import { between, dayText, until, type Check } from '../signals.js';
import { gapsOf, percentileOf } from '../statistics.js';
import { activeDays } from './silence.js';

const MONTH = 365.25 / 12;

/** Who did most of the work does none any more, for longer than they ever paused. */
export const topCommitterGone: Check<'top-committer-gone'> = ({ id, kind, params }, signals, day) => {
  const { share, months, at_least_days: atLeast, percentile } = params;
  const entries = until(signals.contributions, day);
  const [from, to] = [day - atLeast - Math.round(months * MONTH), day - atLeast];
  const counts = new Map<number, number>();
  for (const { person, commits } of between(entries, from, to)) counts.set(person, (counts.get(person) ?? 0) + commits);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const [top] = [...counts].sort(([, a], [, b]) => b - a);
  if (!top || top[1] < share * total) return [];
  const own = entries.filter(({ person }) => person === top[0]);
  const days = activeDays(own);
  const last = days.at(-1)!;
  const silent = day - last;
  const gaps = gapsOf(days);
  const usual = gaps.length === 0 ? 0 : percentileOf(gaps, percentile);
  if (silent <= Math.max(atLeast, usual)) return [];
  // Where everybody is silent that is another rule's word.
  const others = between(entries, to, day).reduce((sum, { commits }) => sum + commits, 0);
  if (others === 0) return [];
  const { name } = own.at(-1)!;
  const percent = Math.round((100 * top[1]) / total);
  return [
    {
      rule: id,
      kind,
      project: signals.project,
      subject: name,
      text: `${name}, who made ${percent} % of the commits of the ${months} months up to ${dayText(to)}, has made none for ${silent} days`,
      evidence: {
        query: 'watch/contributions-per-day',
        sha256: signals.queries['watch/contributions-per-day'] ?? null,
        window: `${dayText(from)} to ${dayText(to)}, and since`,
        figures: [
          { name: 'commits', value: top[1], unit: 'commits' },
          { name: 'share', value: percent, unit: 'percent' },
          { name: 'last commit', value: dayText(last), unit: 'day' },
          { name: 'silent', value: silent, unit: 'days' },
          { name: `own percentile ${percentile}`, value: usual, unit: 'days' },
          { name: 'commits of others since', value: others, unit: 'commits' },
        ],
      },
    },
  ];
};
