import { createHash } from 'node:crypto';

export interface IndexEntries {
  count: number;
  /** 20 bytes an object; there may be more than `count`. */
  oids: Buffer;
  /** Of the packed bytes of each object, header included. */
  crcs: Uint32Array;
  /** Where each object starts in the pack. */
  offsets: Float64Array;
  /** The pack's own checksum, its last 20 bytes. */
  packChecksum: Buffer;
}

/** The bytes of a pack's index, version 2 (git's Documentation/gitformat-pack), as `git index-pack` would write it. */
export function encodeIndex(entries: IndexEntries): Buffer {
  const { count, oids, crcs, offsets } = entries;
  const order = sorted(oids, count);
  const far = order.filter((i) => (offsets[i] ?? 0) >= 0x80000000);
  const index = Buffer.alloc(8 + 1024 + count * 28 + far.length * 8 + 40);
  index.writeUInt32BE(0xff744f63, 0);
  index.writeUInt32BE(2, 4);
  const nameTable = 8 + 1024;
  const crcTable = nameTable + count * 20;
  const offsetTable = crcTable + count * 4;
  let farAt = offsetTable + count * 4;
  let farCount = 0;
  const below = new Uint32Array(256);
  order.forEach((entry, position) => {
    const first = oids[entry * 20] ?? 0;
    below[first] = (below[first] ?? 0) + 1;
    oids.copy(index, nameTable + position * 20, entry * 20, entry * 20 + 20);
    index.writeUInt32BE(crcs[entry] ?? 0, crcTable + position * 4);
    const offset = offsets[entry] ?? 0;
    if (offset < 0x80000000) {
      index.writeUInt32BE(offset, offsetTable + position * 4);
    } else {
      index.writeUInt32BE(0x80000000 + farCount++, offsetTable + position * 4);
      index.writeBigUInt64BE(BigInt(offset), farAt);
      farAt += 8;
    }
  });
  let sum = 0;
  below.forEach((n, byte) => index.writeUInt32BE((sum += n), 8 + byte * 4));
  entries.packChecksum.copy(index, farAt);
  createHash('sha1')
    .update(index.subarray(0, farAt + 20))
    .digest()
    .copy(index, farAt + 20);
  return index;
}

/** Positions of the ids in their order: by two bytes at once, then what few have the same two by comparing. */
function sorted(oids: Buffer, count: number): Uint32Array {
  const ends = new Uint32Array(65_537);
  const bucket = (i: number): number => (oids[i * 20]! << 8) | oids[i * 20 + 1]!;
  for (let i = 0; i < count; i++) ends[bucket(i) + 1]!++;
  for (let b = 0; b < 65_536; b++) ends[b + 1]! += ends[b]!;
  const order = new Uint32Array(count);
  const next = ends.slice();
  for (let i = 0; i < count; i++) order[next[bucket(i)]!++] = i;
  for (let b = 0; b < 65_536; b++) {
    if (ends[b + 1]! - ends[b]! < 2) continue;
    order
      .subarray(ends[b], ends[b + 1])
      .sort((a, b) => oids.compare(oids, b * 20, b * 20 + 20, a * 20, a * 20 + 20) || a - b);
  }
  return order;
}

/** Looks object ids up in an index's bytes. */
export function indexHolds(index: Buffer, oid: string): boolean {
  const wanted = Buffer.from(oid, 'hex');
  const first = wanted[0] ?? 0;
  let low = first === 0 ? 0 : index.readUInt32BE(8 + (first - 1) * 4);
  let high = index.readUInt32BE(8 + first * 4);
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = 8 + 1024 + middle * 20;
    const order = index.compare(wanted, 0, 20, at, at + 20);
    if (order === 0) return true;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return false;
}
