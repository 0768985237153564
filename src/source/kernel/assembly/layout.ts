// Where the kernel keeps its tables: fixed places below MEMORY_BASE of the build, so that the module need not carry
// megabytes of zeros.

const FIRST: usize = 1 << 16;

export const literalSymbols: usize = FIRST;
export const distanceSymbols: usize = literalSymbols + 288 * 4;
export const codeSymbols: usize = distanceSymbols + 32 * 4;
export const fixedLiterals: usize = codeSymbols + 20 * 4;
export const fixedDistances: usize = fixedLiterals + (1 << 9) * 4;
export const literals: usize = fixedDistances + (1 << 5) * 4;
export const distances: usize = literals + (1 << 15) * 4;
export const codes: usize = distances + (1 << 15) * 4;
export const lengths: usize = codes + (1 << 7) * 4;
/** For all lengths of a block, and a look ahead. */
export const ROOM: usize = 336;
export const counts: usize = lengths + ROOM;
export const next: usize = counts + 16 * 2;
export const places: usize = next + 16 * 4;
export const sorted: usize = places + 16 * 4;
export const spanSums: usize = sorted + 288 * 4;
/** See spans.ts. */
export const BUCKETS: u32 = 107927;
/** The bytes of the file that others are held against, by hash; and the same as pairs. */
export const aimSums: usize = spanSums + 107928 * 4;
export const aimPairs: usize = aimSums + 107928 * 4;
/** See commit.ts. */
export const nibbles: usize = aimPairs + 107928 * 8;
export const links: usize = (nibbles + 256 + 7) & ~7;
export const record: usize = links + 8 + 17 * 20 + 4;
export const people: usize = record + 96;
/** See commit.ts. */
export const linked: usize = people + 1024 * 128;
/** See ring.ts. */
export const rings: usize = (linked + 18 * 4 + 15) & ~15;
/** See object.ts. */
export const chain: usize = rings + 3 * 48;
