/** A source of numbers in [0, 1) that gives the same ones for the same seed, everywhere. */
export type Random = () => number;

/** FNV-1a over the seed's characters, then mulberry32: whole-number arithmetic only, so no platform differs. */
export function seeded(seed: string): Random {
  let state = 0x811c9dc5;
  for (const c of seed) state = Math.imul(state ^ (c.codePointAt(0) ?? 0), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from 0 up to, not including, `limit`. */
export function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

export function shuffle<T>(random: Random, items: readonly T[]): T[] {
  const mixed = [...items];
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = below(random, i + 1);
    const kept = mixed[i] as T;
    mixed[i] = mixed[j] as T;
    mixed[j] = kept;
  }
  return mixed;
}

/**
 * Deals `total` things out by weight, at least one each, nothing left over. `total` must not be smaller than the
 * number of weights.
 */
export function deal(total: number, weights: readonly number[]): number[] {
  const all = weights.reduce((a, b) => a + b, 0);
  const rest = total - weights.length;
  const exact = weights.map((weight) => (rest * weight) / all);
  const shares = exact.map((share) => 1 + Math.floor(share));
  const order = exact
    .map((share, i) => ({ i, part: share - Math.floor(share) }))
    .sort((a, b) => b.part - a.part || a.i - b.i);
  let left = total - shares.reduce((a, b) => a + b, 0);
  for (const { i } of order) {
    if (left-- <= 0) break;
    shares[i] = (shares[i] ?? 0) + 1;
  }
  return shares;
}
