import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { HealthError } from '../../model/error.js';
import { Damage, Gone, isMissing } from './damage.js';
import { afterDeltaSize, applyDelta, deltaOutput, deltaSize } from './delta.js';
import { hasLooseObject, looseObjectPath, looseObjectSize, readLooseObject } from './loose-object.js';
import { type Content, ObjectCache } from './object-cache.js';
import { objectFolders } from './object-folders.js';
import { Losses } from './losses.js';
import { EMPTY_TREE, OID_BYTES } from './object-id.js';
import { ObjectTable } from './object-table.js';
import { ObjectType, TYPE_NAMES } from './object-type.js';
import { Pack } from './pack.js';
import type { PackEntry } from './pack-file.js';

/** No commit, tree or tag comes near this; a size above it is a lie, or an attack. */
const LARGEST = 512 << 20;
/** Up to here a size is believed until it turns out to be wrong. */
const LARGE = 1 << 20;
const CACHE = 96 << 20;
/** Blobs have room of their own, lest they drive out the trees, which are asked for far more often. */
const BLOB_CACHE = 16 << 20;

// Places other than a pack's position: a loose object's folder is its offset.
const LOOSE = -1;
const BUILT_IN = -2;

/** A link of a chain of deltas on its way down to the base. */
interface Link {
  object: number;
  pack: Pack;
  entry: PackEntry;
}

/** All objects of a repository: packs, loose objects, and those it borrows. Objects go by small numbers. */
export class ObjectDatabase {
  readonly losses = new Losses();
  readonly #folders: string[];
  /** Folders of objects that are named, but not there. */
  readonly #absent: string[];
  /** Packs without an index, at the last look. */
  #unindexed: string[] = [];
  readonly #table = new ObjectTable();
  readonly #packs: Pack[] = [];
  /** For each pack, whether its file had been deleted at the last look. */
  readonly #gone: boolean[] = [];
  readonly #cache = new ObjectCache(CACHE);
  readonly #blobs = new ObjectCache(BLOB_CACHE);
  readonly #probe = Buffer.alloc(OID_BYTES);
  #scratch = Buffer.allocUnsafeSlow(1 << 16);

  /** `folder`: the repository's own `objects`. */
  constructor(folder: string) {
    const { folders, absent } = objectFolders(folder);
    this.#folders = folders;
    this.#absent = absent;
    this.#table.add(EMPTY_TREE, 0, BUILT_IN, 0);
    this.#scan();
  }

  /** How many numbers have been given out: they are all below it. */
  get count(): number {
    return this.#table.count;
  }

  rev(object: number): string {
    return this.#table.rev(object);
  }

  /** The number of the object whose id is at `bytes[at]`, or -1 when there is none. */
  find(bytes: Uint8Array, at: number): number {
    const object = this.#table.find(bytes, at);
    return object >= 0 ? object : this.#findElsewhere(bytes, at);
  }

  /** As `find`, but -1 also for an object that came after the last look at the folders. */
  findKnown(bytes: Uint8Array, at: number): number {
    return this.#table.find(bytes, at);
  }

  findRev(rev: string): number {
    this.#probe.write(rev, 'hex');
    return this.find(this.#probe, 0);
  }

  /** The type by number (see ObjectType). */
  type(object: number): number {
    return this.read(object).type;
  }

  /** An object's content; with a type, it must be of that type. */
  read(object: number, type = 0): Content {
    const content = this.#cached(object) ?? this.#retrying(object, () => this.#read(object));
    if (type !== 0 && content.type !== type) {
      throw this.#corrupt(object, `it is a ${TYPE_NAMES[content.type]} where a ${TYPE_NAMES[type]} must be`);
    }
    return content;
  }

  /** Bytes of an object's content, mostly without inflating it. */
  size(object: number): number {
    const content = this.#cached(object);
    if (content !== undefined) return content.end - content.start;
    return this.#retrying(object, () => this.#size(object));
  }

  /** An error that says which object can't be what it is. */
  corrupt(object: number, reason: string): HealthError {
    return this.#corrupt(object, reason);
  }

  /** What may explain that an object is missing, where the repository's files tell; else `usual`. */
  missingHint(usual: string): string {
    if (this.#absent.length > 0) {
      return `the objects borrowed from ${this.#absent.join(', ')} are not there: see objects/info/alternates`;
    }
    if (this.#unindexed.length > 0) return `${this.#unindexed.join(', ')} has no index: git index-pack makes one`;
    return usual;
  }

  close(): void {
    for (const pack of this.#packs) pack.close();
  }

  #corrupt(object: number, reason: string, cause?: unknown): HealthError {
    const place = this.#table.place(object);
    const where = place >= 0 ? ` in ${basename(this.#packs[place].path)}.pack` : '';
    return new HealthError('corrupt-object', `object ${this.rev(object)}${where} is corrupt: ${reason}`, {
      hint: 'check the repository with git fsck, or delete it and fetch it again',
      cause,
    });
  }

  /** Reads the packs that are not known yet. */
  #scan(): void {
    this.#packs.forEach((pack, place) => {
      this.#gone[place] = !pack.opened && !existsSync(`${pack.path}.pack`);
    });
    const known = new Set(this.#packs.map((pack) => pack.path));
    const found = this.#folders.map(packPaths);
    this.#unindexed = found.flatMap(({ unindexed }) => unindexed);
    for (const path of found.flatMap(({ indexed }) => indexed)) {
      if (known.has(path)) continue;
      try {
        this.#enter(this.#packs.push(new Pack(path)) - 1);
      } catch (error) {
        if (error instanceof Gone) continue;
        if (!(error instanceof Damage)) throw error;
        throw new HealthError('corrupt-object', `${path}.idx: ${error.message}`, {
          hint: 'let git make a new one: git index-pack, or git repack -a -d',
          cause: error,
        });
      }
    }
  }

  /** Gives numbers to a pack's objects. One that is elsewhere too stays there, as long as that is still there. */
  #enter(place: number): void {
    const pack = this.#packs[place];
    const { count, oids } = pack.index;
    this.#table.reserve(count);
    for (let i = 0; i < count; i++) {
      let object = this.#table.find(oids, i * OID_BYTES);
      if (object < 0) object = this.#table.add(oids, i * OID_BYTES, place, pack.index.offset(i));
      else {
        const before = this.#table.place(object);
        if (before === LOOSE || this.#gone[before]) this.#table.move(object, place, pack.index.offset(i));
      }
      pack.objects[i] = object;
    }
  }

  #findElsewhere(bytes: Uint8Array, at: number): number {
    const rev = Buffer.from(bytes.subarray(at, at + OID_BYTES)).toString('hex');
    let folder = this.#looseFolder(rev);
    if (folder < 0) {
      // It may just have been packed, or unpacked.
      this.#scan();
      const object = this.#table.find(bytes, at);
      if (object >= 0) return object;
      folder = this.#looseFolder(rev);
    }
    return folder < 0 ? -1 : this.#table.add(bytes, at, LOOSE, folder);
  }

  #looseFolder(rev: string): number {
    return this.#folders.findIndex((folder) => hasLooseObject(folder, rev));
  }

  #cached(object: number): Content | undefined {
    return this.#cache.get(object) ?? this.#blobs.get(object);
  }

  #keep(object: number, type: number, size: number, fill: (bytes: Buffer, at: number) => void): Content {
    return (type === ObjectType.blob ? this.#blobs : this.#cache).add(object, type, size, fill);
  }

  #retrying<T>(object: number, read: () => T): T {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Gone)) throw error;
    }
    this.#relocate(object);
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Gone)) throw error;
      throw new HealthError('missing-object', `object ${this.rev(object)} is missing: ${error.message}`, {
        hint: this.missingHint('check the repository with git fsck, or delete it and fetch it again'),
        cause: error,
      });
    }
  }

  /** Git repacked underneath: looks for all that was in deleted packs in the new ones. */
  #relocate(object: number): void {
    this.#scan();
    this.#packs.forEach((_, place) => {
      if (!this.#gone[place]) this.#enter(place);
    });
    const folder = this.#gone[this.#table.place(object)] ? this.#looseFolder(this.rev(object)) : -1;
    if (folder >= 0) this.#table.move(object, LOOSE, folder);
  }

  #read(object: number): Content {
    const place = this.#table.place(object);
    if (place === BUILT_IN) return this.#cache.add(object, ObjectType.tree, 0, () => undefined);
    try {
      return place === LOOSE ? this.#readLoose(object) : this.#readPacked(object);
    } catch (error) {
      throw error instanceof Damage ? this.#corrupt(object, error.message, error) : error;
    }
  }

  #size(object: number): number {
    const place = this.#table.place(object);
    try {
      if (place === LOOSE) return looseObjectSize(this.#loosePath(object));
      if (place >= 0) {
        const file = this.#packs[place].file();
        const entry = file.entry(this.#table.offset(object));
        const size = entry.type === 0 ? file.deltaResultSize(entry) : entry.size;
        if (!Number.isNaN(size)) return size;
      }
    } catch (error) {
      throw error instanceof Damage ? this.#corrupt(object, error.message, error) : error;
    }
    const content = this.#read(object);
    return content.end - content.start;
  }

  #loosePath(object: number): string {
    return looseObjectPath(this.#folders[this.#table.offset(object)], this.rev(object));
  }

  #readLoose(object: number): Content {
    const path = this.#loosePath(object);
    const { type, bytes, start } = readLooseObject(path, LARGEST);
    return this.#keep(object, type, bytes.length - start, (to, at) => bytes.copy(to, at, start));
  }

  #readPacked(object: number): Content {
    const chain: Link[] = [];
    let base = object;
    let content = this.#cached(base);
    while (content === undefined) {
      const place = this.#table.place(base);
      if (place < 0) {
        content = this.#read(base);
        break;
      }
      const pack = this.#packs[place];
      const file = pack.file();
      const entry = file.entry(this.#table.offset(base));
      if (!file.plausible(entry)) throw new Damage(`it claims ${entry.size} bytes`);
      if (entry.size > LARGEST) throw new Damage(`it claims ${entry.size} bytes, more than are ever read`);
      if (entry.type !== 0) {
        content = this.#keep(base, entry.type, entry.size, (to, at) => file.inflate(entry, to, at));
        break;
      }
      if (chain.length > this.#table.count) throw new Damage('it is a delta of itself');
      chain.push({ object: base, pack, entry });
      base = entry.baseOid === null ? pack.objectAt(entry.baseOffset) : this.find(entry.baseOid, 0);
      if (base < 0) throw new Damage('the object it is a delta of is missing');
      content = this.#cached(base);
    }
    for (let link = chain.pop(); link !== undefined; link = chain.pop()) content = this.#applyLink(link, content);
    return content;
  }

  #applyLink({ object, pack, entry }: Link, base: Content): Content {
    if (entry.size > this.#scratch.length) this.#scratch = Buffer.allocUnsafeSlow(entry.size * 2);
    const delta = this.#scratch;
    pack.file().inflate(entry, delta, 0);
    const first = afterDeltaSize(delta, 0, entry.size);
    const from = afterDeltaSize(delta, first, entry.size);
    const size = deltaSize(delta, first, entry.size);
    if (deltaSize(delta, 0, entry.size) !== base.end - base.start) throw new Damage('its delta is for another base');
    // A few bytes may claim any size: no room is made before they are looked at.
    const honest = size <= LARGE || deltaOutput(delta, from, entry.size) === size;
    if (!(size <= LARGEST) || !honest) throw new Damage(`its delta claims ${size} bytes`);
    return this.#keep(object, base.type, size, (to, at) => {
      const fits = applyDelta(delta, from, entry.size, base.bytes, base.start, base.end, to, at, size);
      if (!fits) throw new Damage('its delta does not fit its base');
    });
  }
}

/**
 * The packs of an objects folder: with an index, without ending and in a fixed order; and without one. As git itself, a
 * pack needs its own index, whether there is a multi-pack-index or not.
 */
function packPaths(folder: string): { indexed: string[]; unindexed: string[] } {
  const dir = join(folder, 'pack');
  let names: string[];
  try {
    names = readdirSync(dir);
  } catch (error) {
    if (isMissing(error)) return { indexed: [], unindexed: [] };
    throw error;
  }
  const present = new Set(names);
  const packs = names.filter((name) => name.endsWith('.pack')).sort();
  const hasIndex = (name: string): boolean => present.has(name.replace(/pack$/, 'idx'));
  return {
    indexed: packs.filter(hasIndex).map((name) => join(dir, name.slice(0, -5))),
    // Others are git's own, half made.
    unindexed: packs.filter((name) => name.startsWith('pack-') && !hasIndex(name)),
  };
}
