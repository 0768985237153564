import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { PackIndex } from './objects/pack-index.js';
import { ownMark, replaceFile, syncFolder } from './transport-files.js';
import { encodeIndex } from './transport-index-file.js';
import { distanceBytes, entryStart } from './transport-pack-entry.js';

/** So many packs, and the small ones become one. */
const MANY = 20;
/** A pack above this stays as it is: each is read as a whole. */
const LARGEST = 256 << 20;
/** A pack is one of many small ones up to so many times what all smaller ones hold. */
const RATIO = 2;
/** An index comes right after its pack; one without for so long (milliseconds) was left by a process that was killed. */
const ABANDONED = 3_600_000;
const CHUNK = 1 << 20;

/**
 * Makes one pack of a clone's many small ones, once there are many. Entries are copied as they are: nothing is unpacked.
 * The new pack is complete before an old one goes, so a kill at any moment leaves every object in one pack at least,
 * and a process that has an old one open reads on. The large packs stay, which keeps the work small over the years.
 * What stands in the way (a full disk, a damaged pack) leaves all as it was. Returns how many packs became one.
 */
export async function consolidatePacks(gitDir: string, signal?: AbortSignal): Promise<number> {
  const folder = join(gitDir, 'objects', 'pack');
  try {
    const names = readdirSync(folder);
    removeAbandoned(folder, names);
    const chosen = choosePacks(folder, names);
    if (chosen.length < 2) return 0;
    const made = await joinPacks(folder, chosen, signal);
    for (const name of chosen.filter((one) => one !== made)) removePack(join(folder, name));
    return chosen.length;
  } catch (error) {
    // An own fault is worth hearing of; a disk's or another process's is not worth losing the fetch.
    if (error instanceof TypeError || error instanceof ReferenceError) throw error;
    return 0;
  }
}

/** Names without ending, the smallest first. */
function choosePacks(folder: string, names: readonly string[]): string[] {
  const present = new Set(names);
  // A multi-pack-index counts on its packs; .keep and .promisor say that a pack is to stay.
  if (present.has('multi-pack-index')) return [];
  const all = names
    .filter((name) => /^pack-[0-9a-f]{40}\.idx$/.test(name))
    .map((name) => name.slice(0, -4))
    .filter((name) => present.has(`${name}.pack`));
  if (all.length < MANY) return [];
  const packs = all
    .filter((name) => !present.has(`${name}.keep`) && !present.has(`${name}.promisor`))
    .map((name) => ({ name, size: statSync(join(folder, `${name}.pack`)).size }))
    .filter(({ size }) => size <= LARGEST)
    .toSorted((a, b) => a.size - b.size || (a.name < b.name ? -1 : 1));
  let below = packs.reduce((sum, { size }) => sum + size, 0);
  for (let last = packs.at(-1); last; last = packs.at(-1)) {
    below -= last.size;
    if (last.size <= RATIO * below) break;
    packs.pop();
  }
  return packs.map(({ name }) => name);
}

/** Writes all objects of the packs into one; returns its name. Throws when one of them is damaged. */
async function joinPacks(folder: string, names: readonly string[], signal: AbortSignal | undefined): Promise<string> {
  const temporary = join(folder, `tmp_pack_${ownMark()}`);
  const indexes = names.map((name) => readFileSync(join(folder, `${name}.idx`)));
  const objects = indexes.map((bytes) => new PackIndex(bytes));
  /** Where an object's entry begins in the new pack. */
  const places = new Map<string, number>();
  for (const { count, oids } of objects) {
    for (let i = 0; i < count; i++) places.set(oids.toString('latin1', i * 20, i * 20 + 20), -1);
  }
  const entries = {
    oids: Buffer.alloc(places.size * 20),
    crcs: new Uint32Array(places.size),
    offsets: new Float64Array(places.size),
  };
  try {
    const out = new PackWriter(temporary, places.size);
    let written = 0;
    try {
      for (const [n, name] of names.entries()) {
        signal?.throwIfAborted();
        await nextTurn();
        const pack = readFileSync(join(folder, `${name}.pack`));
        for (const entry of entriesOf(pack, objects[n]!, indexes[n]!)) {
          // What an earlier pack had stays as that had it; so no delta can come to rest on itself.
          if ((places.get(entry.oid) ?? -1) >= 0) continue;
          places.set(entry.oid, out.at);
          entries.oids.write(entry.oid, written * 20, 'latin1');
          entries.offsets[written] = out.at;
          entries.crcs[written++] = out.add(moved(pack, entry, out.at, places));
        }
      }
    } finally {
      out.close();
    }
    const packChecksum = out.checksum;
    const name = `pack-${packChecksum.toString('hex')}`;
    renameSync(temporary, join(folder, `${name}.pack`));
    replaceFile(join(folder, `${name}.idx`), encodeIndex({ count: written, ...entries, packChecksum }));
    syncFolder(join(folder, name));
    return name;
  } finally {
    rmSync(temporary, { force: true });
  }
}

interface Entry {
  /** 20 characters, one a byte. */
  oid: string;
  start: number;
  end: number;
  /** Id of the base of a delta that names it by distance. */
  base: string | null;
}

/** A pack's entries in the order they lie in. Throws RangeError where the bytes are not those of the index. */
function* entriesOf(pack: Buffer, index: PackIndex, bytes: Buffer): Generator<Entry> {
  const { count, oids } = index;
  const end = pack.length - 20;
  if (!index.packChecksum.equals(pack.subarray(end))) throw new RangeError('the pack is not the one of its index');
  const offsets = Float64Array.from({ length: count }, (_, i) => index.offset(i));
  const order = Uint32Array.from({ length: count }, (_, i) => i).sort((a, b) => offsets[a]! - offsets[b]!);
  const oid = (i: number): string => oids.toString('latin1', i * 20, i * 20 + 20);
  const at = new Map(Array.from(offsets, (offset, i) => [offset, i]));
  for (const [position, i] of order.entries()) {
    const start = offsets[i]!;
    const next = position + 1 < count ? offsets[order[position + 1]!]! : end;
    if (crc32(pack.subarray(start, next)) !== bytes.readUInt32BE(8 + 1024 + count * 20 + i * 4)) {
      throw new RangeError('an entry is damaged');
    }
    const { distance } = entryStart(pack, start);
    const base = distance === 0 ? undefined : at.get(start - distance);
    if (distance !== 0 && base === undefined) throw new RangeError('a delta has no base');
    yield { oid: oid(i), start, end: next, base: base === undefined ? null : oid(base) };
  }
}

/** An entry's bytes for its new place: as they are, but for the distance of a delta to its base. */
function moved(pack: Buffer, { start, end, base }: Entry, to: number, places: ReadonlyMap<string, number>): Buffer {
  if (base === null) return pack.subarray(start, end);
  const { distanceAt, dataAt } = entryStart(pack, start);
  const distance = to - (places.get(base) ?? to);
  return Buffer.concat([pack.subarray(start, distanceAt), distanceBytes(distance), pack.subarray(dataAt, end)]);
}

/** Writes a pack with its header and checksum. */
class PackWriter {
  at = 0;
  checksum: Buffer = Buffer.alloc(0);
  readonly #file: number;
  readonly #hash = createHash('sha1');
  #pieces: Buffer[] = [];
  #held = 0;

  constructor(file: string, count: number) {
    this.#file = openSync(file, 'wx', 0o444);
    const header = Buffer.from('PACK\0\0\0\x02\0\0\0\0', 'latin1');
    header.writeUInt32BE(count, 8);
    this.add(header);
  }

  /** Returns the CRC of the bytes. */
  add(bytes: Buffer): number {
    this.#pieces.push(bytes);
    this.#held += bytes.length;
    this.at += bytes.length;
    if (this.#held >= CHUNK) this.#flush();
    return crc32(bytes);
  }

  close(): void {
    try {
      this.#flush();
      this.checksum = this.#hash.digest();
      this.#write(this.checksum);
      fsyncSync(this.#file);
    } finally {
      closeSync(this.#file);
    }
  }

  #flush(): void {
    const bytes = Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#held = 0;
    this.#hash.update(bytes);
    this.#write(bytes);
  }

  #write(bytes: Buffer): void {
    for (let at = 0; at < bytes.length;) at += writeSync(this.#file, bytes, at);
  }
}

/** The index first: without it nobody looks for the pack. */
function removePack(path: string): void {
  for (const ending of ['idx', 'rev', 'bitmap', 'pack']) rmSync(`${path}.${ending}`, { force: true });
}

function removeAbandoned(folder: string, names: readonly string[]): void {
  for (const name of names.filter((one) => /^pack-[0-9a-f]{40}\.pack$/.test(one))) {
    const path = join(folder, name.slice(0, -5));
    if (existsSync(`${path}.idx`)) continue;
    const since = statSync(`${path}.pack`, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - since > ABANDONED && !existsSync(`${path}.keep`)) rmSync(`${path}.pack`, { force: true });
  }
}
