import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { constants, inflateSync } from 'node:zlib';
import { Damage, Gone, isMissing } from './damage.js';
import { TYPE_NAMES } from './object-type.js';

const HEADER = /^(commit|tree|blob|tag) (\d{1,15})\0/;
/** Deflated, with room for the tables before it. */
const LONGEST_HEADER = 512;
/** The longest header, inflated. */
const ROOM = 32;
/** Deflate never packs tighter. */
const TIGHTEST = 1032;
const USUAL_PIECE = 1 << 14;

/** An object in a file of its own, whole in memory. */
export interface LooseObject {
  type: number;
  bytes: Buffer;
  start: number;
}

export function looseObjectPath(folder: string, rev: string): string {
  return join(folder, rev.slice(0, 2), rev.slice(2));
}

export function hasLooseObject(folder: string, rev: string): boolean {
  return existsSync(looseObjectPath(folder, rev));
}

/** Throws Damage and Gone. `limit`: the most bytes it may hold. */
export function readLooseObject(path: string, limit: number): LooseObject {
  let packed: Buffer;
  try {
    packed = readFileSync(path);
  } catch (error) {
    if (isMissing(error)) throw new Gone(path);
    throw error;
  }
  let bytes: Buffer;
  try {
    bytes = inflateSync(packed, { maxOutputLength: limit, chunkSize: expectedBytes(packed, limit) });
  } catch {
    throw new Damage(`${path}: its deflated data are damaged`);
  }
  const header = HEADER.exec(bytes.toString('latin1', 0, 32));
  if (header === null) throw new Damage(`${path}: it does not begin like an object`);
  const start = header[0].length;
  if (bytes.length - start !== Number(header[2])) throw new Damage(`${path}: it has not the size it says`);
  return { type: TYPE_NAMES.indexOf(header[1]), bytes, start };
}

/** Room for all of it at once, where what it says can be true: pieces would have to be put together, in twice the room. */
function expectedBytes(packed: Buffer, limit: number): number {
  if (packed.length < USUAL_PIECE) return USUAL_PIECE;
  const start = inflateSync(packed.subarray(0, LONGEST_HEADER), { finishFlush: constants.Z_SYNC_FLUSH });
  const size = Number(HEADER.exec(start.toString('latin1', 0, ROOM))?.[2] ?? 0);
  return size <= Math.min(limit, packed.length * TIGHTEST) ? size + ROOM : USUAL_PIECE;
}

/** The size an object in a file of its own says it has, without reading all of it. Throws Damage and Gone. */
export function looseObjectSize(path: string): number {
  const packed = Buffer.alloc(LONGEST_HEADER);
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if (isMissing(error)) throw new Gone(path);
    throw error;
  }
  let length: number;
  try {
    length = readSync(file, packed, 0, packed.length, 0);
  } finally {
    closeSync(file);
  }
  let bytes: Buffer;
  try {
    bytes = inflateSync(packed.subarray(0, length), { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    throw new Damage(`${path}: its deflated data are damaged`);
  }
  const header = HEADER.exec(bytes.toString('latin1', 0, 32));
  if (header === null) throw new Damage(`${path}: it does not begin like an object`);
  return Number(header[2]);
}
