import { BadPack, COMMIT, OFS_DELTA, REF_DELTA, TAG } from './transport-pack-table.js';

export interface EntryHeader {
  type: number;
  /** Of the data when inflated. */
  size: number;
  /** Bytes back to the base of a delta that names it so; else 0. */
  distance: number;
  /** Id of the base of a delta that names it so, a character a byte; else empty. */
  base: string;
  /** Where the compressed data starts. */
  dataAt: number;
}

/** Reads what stands before an entry's data (gitformat-pack). Null: `bytes` ends before. Throws BadPack. */
export function readEntryHeader(bytes: Buffer, start: number): EntryHeader | null {
  const end = bytes.length;
  let at = start;
  if (at >= end) return null;
  let byte = bytes[at++]!;
  const type = (byte >> 4) & 7;
  let size = byte & 15;
  for (let factor = 16; byte >= 0x80; factor *= 128) {
    if (at >= end) return null;
    byte = bytes[at++]!;
    size += (byte & 0x7f) * factor;
    if (factor > 2 ** 40) throw new BadPack('an object in it is too large');
  }
  let distance = 0;
  let base = '';
  if (type === OFS_DELTA) {
    if (at >= end) return null;
    byte = bytes[at++]!;
    distance = byte & 0x7f;
    while (byte >= 0x80) {
      if (at >= end) return null;
      byte = bytes[at++]!;
      distance = (distance + 1) * 128 + (byte & 0x7f);
      if (distance > 2 ** 48) throw new BadPack('a delta in it has no base');
    }
  } else if (type === REF_DELTA) {
    if (at + 20 > end) return null;
    base = bytes.toString('latin1', at, at + 20);
    at += 20;
  } else if (type < COMMIT || type > TAG) {
    throw new BadPack(`it holds an object of unknown type ${type}`);
  }
  return { type, size, distance, base, dataAt: at };
}
