import { dayText, until, type Check, type Day } from '../signals.js';
import { gapsOf, percentileOf } from '../statistics.js';

/** Nobody committed for longer than the project's own rhythm lets expect. */
export const silence: Check<'silence'> = ({ id, kind, params }, signals, day) => {
  const { percentile, factor, years, least_gaps: least, at_least_days: atLeast } = params;
  const days = activeDays(until(signals.contributions, day));
  const last = days.at(-1);
  if (last === undefined) return [];
  // A project that has grown slow is held against its slow years; where these have too few gaps, against the last ones.
  const recent = gapsOf(days.filter((one) => one > last - years * 365));
  const gaps = recent.length >= least ? recent : gapsOf(days.slice(-least - 1));
  if (gaps.length < least) return [];
  const usual = percentileOf(gaps, percentile);
  const limit = Math.max(atLeast, factor * usual);
  const silent = day - last;
  if (silent <= limit) return [];
  return [
    {
      rule: id,
      kind,
      project: signals.project,
      subject: '',
      text: `nobody has committed for ${silent} days; of its own last ${gaps.length} gaps between days with commits ${percentile} % were at most ${usual} days`,
      evidence: {
        query: 'watch/contributions-per-day',
        sha256: signals.queries['watch/contributions-per-day'] ?? null,
        window: `gaps from ${dayText(days.at(-gaps.length - 1)!)} to ${dayText(last)}`,
        figures: [
          { name: 'last commit', value: dayText(last), unit: 'day' },
          { name: 'silent', value: silent, unit: 'days' },
          { name: 'limit', value: limit, unit: 'days' },
          { name: `percentile ${percentile}`, value: usual, unit: 'days' },
          { name: 'gaps', value: gaps.length, unit: 'gaps' },
        ],
      },
    },
  ];
};

export function activeDays(entries: readonly { day: Day }[]): Day[] {
  const days: Day[] = [];
  for (const { day } of entries) if (days.at(-1) !== day) days.push(day);
  return days;
}
