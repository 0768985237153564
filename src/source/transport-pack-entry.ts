const OFS_DELTA = 6;

/** How a pack's entry begins (gitformat-pack). */
export interface EntryStart {
  /** Bytes back to the base of a delta that names it so; else 0. */
  distance: number;
  /** Where the type and size end, and a distance begins. */
  distanceAt: number;
  /** Where what follows the distance begins; without one the same. */
  dataAt: number;
}

export function entryStart(pack: Buffer, start: number): EntryStart {
  let at = start;
  let byte = pack[at++] ?? 0;
  const type = (byte >> 4) & 7;
  while (byte >= 0x80) byte = pack[at++] ?? 0;
  const distanceAt = at;
  if (type !== OFS_DELTA) return { distance: 0, distanceAt, dataAt: at };
  byte = pack[at++] ?? 0;
  let distance = byte & 0x7f;
  while (byte >= 0x80) {
    byte = pack[at++] ?? 0;
    distance = (distance + 1) * 128 + (byte & 0x7f);
  }
  return { distance, distanceAt, dataAt: at };
}

/** A distance as a pack holds it: groups of seven bits, the highest first, each but the last less by one. */
export function distanceBytes(distance: number): Buffer {
  const bytes = [distance % 128];
  for (let left = Math.floor(distance / 128); left > 0; left = Math.floor(left / 128)) {
    left--;
    bytes.unshift(0x80 | (left % 128));
  }
  return Buffer.from(bytes);
}
