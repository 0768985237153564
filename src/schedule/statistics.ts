/** The value that so many percent of the others don't exceed: the nearest rank, so one that occurred. */
export function percentileOf(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * The spread of values around their median: the median absolute deviation times 1.4826, which is the standard deviation
 * where they are normal (Rousseeuw and Croux 1993).
 */
export function robustSpread(values: readonly number[]): number {
  const middle = median(values);
  return 1.4826 * median(values.map((value) => Math.abs(value - middle)));
}

/** Differences of neighbours. */
export function gapsOf(days: readonly number[]): number[] {
  return days.slice(1).map((day, i) => day - days[i]!);
}
