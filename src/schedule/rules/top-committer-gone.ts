import type { Firing } from '../../model/alarm.js';
import { between, dayText, until, type Check } from '../signals.js';
import { gapsOf, percentileOf } from '../statistics.js';
import { activeDays } from './silence.js';

const MONTH = 365.25 / 12;

/** Who did most of the work does none any more, for longer than they ever paused. */
export const topCommitterGone: Check<'top-committer-gone'> = ({ id, kind, params }, signals, day) => {
  const { share, months, percentile, least_commits: least, at_least_days: atLeast, remember_days: remembered } = params;
  const entries = until(signals.contributions, day);
  const last = new Map(entries.map((entry) => [entry.person, entry]));
  const gone = [...last.values()].filter(({ day: end }) => day - end > atLeast && day - end <= atLeast + remembered);
  return gone.flatMap(({ person, name, day: end }): Firing[] => {
    const from = end - Math.round(months * MONTH);
    const { total, top } = tally(between(entries, from, end));
    if (top?.person !== person || total < least || top.commits < share * total) return [];
    const gaps = gapsOf(activeDays(entries.filter((one) => one.person === person)));
    const usual = gaps.length === 0 ? 0 : percentileOf(gaps, percentile);
    const silent = day - end;
    // Where everybody is silent that is another rule's word.
    const others = tally(between(entries, end, day)).total;
    if (silent <= usual || others === 0) return [];
    const percent = Math.round((100 * top.commits) / total);
    return [
      {
        rule: id,
        kind,
        project: signals.project,
        subject: name,
        text: `${name}, who made ${percent} % of the commits of the ${months} months up to ${dayText(end)}, has made none for ${silent} days; others made ${others}`,
        evidence: {
          query: 'watch/contributions-per-day',
          sha256: signals.queries['watch/contributions-per-day'] ?? null,
          window: `${dayText(from)} to ${dayText(end)}, and since`,
          figures: [
            { name: 'commits', value: top.commits, unit: 'commits' },
            { name: 'share', value: percent, unit: 'percent' },
            { name: 'last commit', value: dayText(end), unit: 'day' },
            { name: 'silent', value: silent, unit: 'days' },
            { name: `own percentile ${percentile}`, value: usual, unit: 'days' },
            { name: 'commits of others since', value: others, unit: 'commits' },
          ],
        },
      },
    ];
  });
};

function tally(entries: readonly { person: number; commits: number }[]): {
  total: number;
  top: { person: number; commits: number } | null;
} {
  const counts = new Map<number, number>();
  for (const { person, commits } of entries) counts.set(person, (counts.get(person) ?? 0) + commits);
  let [total, top]: [number, { person: number; commits: number } | null] = [0, null];
  for (const [person, commits] of counts) {
    total += commits;
    if (top === null || commits > top.commits) top = { person, commits };
  }
  return { total, top };
}
