import type { Value } from '../model/measurement.js';
import type { CandidateScore, Evidence, Interval } from '../model/scorecard.js';
import { TIE } from './player.js';

/** A number with at most two digits after the point, the same on every machine. */
export function amount(value: number): string {
  return String(Math.round(value * 100) / 100);
}

export function spread({ low, high }: Interval): string {
  return amount(low) === amount(high) ? amount(low) : `${amount(low)} to ${amount(high)}`;
}

/** A share of 1. What is not quite none or all doesn't look so. */
export function percent(share: number): string {
  if (share <= TIE || share >= 1 - TIE) return `${Math.round(share * 100)} %`;
  if (share < 0.01) return 'less than 1 %';
  if (share > 0.99) return 'more than 99 %';
  return `${Math.round(share * 100)} %`;
}

/** Some of many: the first, and how many more. */
export function some(words: readonly string[], most: number): string {
  if (words.length <= most) return list(words);
  return `${words.slice(0, most).join(', ')} and ${words.length - most} more`;
}

/** `57 % of all weights`, so that it follows `under`. */
export function weightsText(share: number): string {
  if (share <= TIE) return 'no weights';
  return share >= 1 - TIE ? 'all weights' : `${percent(share)} of all weights`;
}

export function valueText(value: Value): string {
  return typeof value === 'number' ? amount(value) : String(value ?? 'unknown');
}

/** `a`, `a and b`, `a, b and c`. */
export function list(words: readonly string[], joined = 'and'): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} ${joined} ${last}`;
}

const NUMBERS = ['none', 'first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];

function ordinal(n: number): string {
  return NUMBERS[n] ?? `number ${n}`;
}

export function place(rank: NonNullable<CandidateScore['rank']>): string {
  if (rank.best === rank.worst) return ordinal(rank.best);
  return `between ${ordinal(rank.best)} and ${ordinal(rank.worst)}`;
}

export function isKnown({ score }: Evidence): boolean {
  return score.high - score.low <= TIE;
}
