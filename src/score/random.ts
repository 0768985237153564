/** A source of numbers in [0, 1) that gives the same ones for the same seed, everywhere. */
export type Random = () => number;

const WARM_UP = 16;

/** sfc32 (Doty-Humphrey): additions, shifts and exclusive ors of 32-bit words, so that no platform can differ. */
export function seededRandom(seed: number): Random {
  let a = seed | 0;
  let b = 0x9e3779b9 | 0;
  let c = 0x243f6a88 | 0;
  let counter = 1;
  const next = (): number => {
    const mixed = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + mixed) | 0;
    return (mixed >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < WARM_UP; i++) next();
  return next;
}

/**
 * Fills `weights` with a point drawn evenly from all weights that add up to 1, which is Dirichlet(1, …, 1): the gaps between
 * cuts drawn evenly from [0, 1). That needs no logarithm, in whose last bit machines may differ.
 */
export function drawWeights(random: Random, weights: Float64Array): void {
  const cuts = weights.length - 1;
  for (let i = 0; i < cuts; i++) {
    const cut = random();
    let at = i;
    for (; at > 0 && weights[at - 1] > cut; at--) weights[at] = weights[at - 1];
    weights[at] = cut;
  }
  weights[cuts] = 1;
  for (let i = cuts; i > 0; i--) weights[i] -= weights[i - 1];
}
