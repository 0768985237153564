import { between, dayText, until, type Check } from '../signals.js';
import { median, robustSpread } from '../statistics.js';

const MONTH = 365.25 / 12;

/** Fewer people than usual, by more than the spread that is usual. */
export const fewerCommitters: Check<'fewer-committers'> = ({ id, kind, params }, signals, day) => {
  const { months, years, least_windows: least, spreads, least_drop: drop } = params;
  const entries = until(signals.contributions, day);
  const first = entries[0]?.day;
  if (first === undefined) return [];
  const length = Math.round(months * MONTH);
  const people = (end: number): number => new Set(between(entries, end - length, end).map(({ person }) => person)).size;
  const windows = Math.max(1, Math.floor((years * 12) / months));
  // Windows the history covers as a whole: the first one of a project has fewer people for want of time.
  const before = Array.from({ length: windows }, (_, i) => day - (i + 1) * length).filter(
    (end) => end - length >= first,
  );
  if (before.length < least) return [];
  const past = before.map(people);
  const now = people(day);
  const usual = median(past);
  const spread = Math.max(1, robustSpread(past));
  const limit = Math.min(usual - spreads * spread, usual * (1 - drop));
  if (now >= limit) return [];
  return [
    {
      rule: id,
      kind,
      project: signals.project,
      subject: '',
      text: `${now} ${now === 1 ? 'person' : 'people'} committed in the last ${months} months, where ${usual} is usual (spread ${rounded(spread)})`,
      evidence: {
        query: 'watch/contributions-per-day',
        sha256: signals.queries['watch/contributions-per-day'] ?? null,
        window: `${months} months up to ${dayText(day)}, against the ${past.length} windows of that length before, from ${dayText(before.at(-1)! - length)} on`,
        figures: [
          { name: 'now', value: now, unit: 'people' },
          { name: 'usual', value: usual, unit: 'people' },
          { name: 'spread', value: rounded(spread), unit: 'people' },
          { name: 'limit', value: rounded(limit), unit: 'people' },
          { name: 'before, newest first', value: past.join(', '), unit: 'people' },
        ],
      },
    },
  ];
};

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
