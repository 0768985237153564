import { below, type Random } from './replica-random.js';

const DAY = 86_400;
/** How busy each hour of a day is (UTC), and each day of a week from Sunday on. */
const HOURS = [1, 1, 0, 0, 0, 1, 2, 5, 9, 11, 10, 8, 8, 11, 12, 12, 10, 8, 6, 5, 5, 4, 3, 2];
const WEEKDAYS = [2, 9, 10, 10, 10, 8, 2];

/**
 * Moments of `count` commits within a month, ascending, in seconds since 1970 UTC. Work comes in bursts on working
 * days. `month` from 1.
 */
export function commitTimes(random: Random, year: number, month: number, count: number): number[] {
  const first = Date.UTC(year, month - 1, 1) / 1000;
  const days = (Date.UTC(year, month, 1) / 1000 - first) / DAY;
  const weights = Array.from({ length: days }, (_, i) => {
    const weekday = WEEKDAYS[new Date((first + i * DAY) * 1000).getUTCDay()] ?? 1;
    return weekday * (random() < 0.25 ? 3 : 0.4 + random());
  });
  const times = Array.from({ length: count }, () => {
    const day = weighted(random, weights);
    const hour = weighted(random, HOURS);
    return first + day * DAY + hour * 3600 + below(random, 3600);
  });
  return times.sort((a, b) => a - b);
}

function weighted(random: Random, weights: readonly number[]): number {
  let at = random() * weights.reduce((a, b) => a + b, 0);
  for (let i = 0; i < weights.length; i++) {
    at -= weights[i] ?? 0;
    if (at < 0) return i;
  }
  return weights.length - 1;
}
