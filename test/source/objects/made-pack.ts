import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { encodeIndex } from '../../../src/source/transport-index-file.js';

const TYPES = { commit: 1, tree: 2, blob: 3, tag: 4 } as const;

export interface MadeEntry {
  /** 40 hexadecimal digits: what the index is to call it, true or not. */
  oid: string;
  type: keyof typeof TYPES | 'delta';
  data: Buffer;
  /** What the entry says its size is, where that is a lie. */
  size?: number;
  /** Of a delta: the base's id (a REF_DELTA), or its position among the entries before (an OFS_DELTA). */
  base?: string | number;
}

export function oidOf(type: string, data: Buffer): string {
  return createHash('sha1').update(`${type} ${data.length}\0`).update(data).digest('hex');
}

/** A pack and its index byte by byte: all checksums are right, whatever the entries say. */
export function writePack(gitDir: string, entries: readonly MadeEntry[]): { pack: string; index: string } {
  const start = Buffer.from('PACK\0\0\0\x02\0\0\0\0', 'latin1');
  start.writeUInt32BE(entries.length, 8);
  const chunks: Buffer[] = [start];
  const offsets: number[] = [];
  let at = start.length;
  for (const entry of entries) {
    offsets.push(at);
    const bytes = encodedEntry(entry, at, offsets);
    chunks.push(bytes);
    at += bytes.length;
  }
  const body = Buffer.concat(chunks);
  const packChecksum = createHash('sha1').update(body).digest();
  const index = encodeIndex({
    count: entries.length,
    oids: Buffer.concat(entries.map(({ oid }) => Buffer.from(oid, 'hex'))),
    crcs: new Uint32Array(entries.length),
    offsets: Float64Array.from(offsets),
    packChecksum,
  });
  const folder = join(gitDir, 'objects', 'pack');
  mkdirSync(folder, { recursive: true });
  const name = join(folder, `pack-${packChecksum.toString('hex')}`);
  writeFileSync(`${name}.pack`, Buffer.concat([body, packChecksum]));
  writeFileSync(`${name}.idx`, index);
  return { pack: `${name}.pack`, index: `${name}.idx` };
}

/** An entry that begins at `at`; `offsets`: where those begin that deltas name by position. */
export function encodedEntry(
  { type, data, size = data.length, base }: MadeEntry,
  at: number,
  offsets: readonly number[],
): Buffer {
  const parts: Buffer[] = [];
  if (type !== 'delta') parts.push(header(TYPES[type], size));
  else if (typeof base === 'number') parts.push(header(6, size), distance(at - offsets[base]!));
  else parts.push(header(7, size), Buffer.from(base ?? '', 'hex'));
  return Buffer.concat([...parts, deflateSync(data)]);
}

function header(type: number, size: number): Buffer {
  const bytes = [(type << 4) | (size % 16)];
  for (let rest = Math.floor(size / 16); rest > 0; rest = Math.floor(rest / 128)) {
    bytes[bytes.length - 1]! |= 0x80;
    bytes.push(rest % 128);
  }
  return Buffer.from(bytes);
}

function distance(value: number): Buffer {
  const bytes = [value & 0x7f];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128))
    bytes.unshift(0x80 | (--rest % 128));
  return Buffer.from(bytes);
}

/** A size as deltas write it. */
export function deltaSizeBytes(size: number): Buffer {
  const bytes: number[] = [];
  let rest = size;
  do {
    bytes.push((rest % 128) | (rest >= 128 ? 0x80 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return Buffer.from(bytes);
}

/** A delta that takes the first `keep` bytes of its base and adds `tail`, which is shorter than 128 bytes. */
export function appendingDelta(baseSize: number, keep: number, tail: Buffer): Buffer {
  const copy = Buffer.from([0x80 | 0x10 | 0x20 | 0x40, keep & 0xff, (keep >> 8) & 0xff, (keep >> 16) & 0xff]);
  const parts = [deltaSizeBytes(baseSize), deltaSizeBytes(keep + tail.length)];
  if (keep > 0) parts.push(copy);
  return Buffer.concat([...parts, Buffer.from([tail.length]), tail]);
}
