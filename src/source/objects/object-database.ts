import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { HealthError } from '../../model/error.js';
import { CommitTexts } from './commit-texts.js';
import { Damage, Gone } from './damage.js';
import { afterDeltaSize, applyDelta, deltaOutput, deltaSize } from './delta.js';
import { hasLooseObject, looseObjectPath, looseObjectSize, readLooseObject } from './loose-object.js';
import { type Content, ObjectCache } from './object-cache.js';
import { objectFolders } from './object-folders.js';
import { Kernel } from '../kernel/kernel.js';
import { Losses } from './losses.js';
import { EMPTY_TREE, OID_BYTES } from './object-id.js';
import { BUILT_IN, LooseObjects } from './loose-objects.js';
import { ObjectNumbers } from './object-numbers.js';
import { ObjectType, TYPE_NAMES } from './object-type.js';
import { Pack } from './pack.js';
import type { PackEntry } from './pack-file.js';
import { packPaths } from './pack-paths.js';
import { WindowPool } from './window-pool.js';

/** No commit, tree or tag comes near this; a size above it is a lie, or an attack. */
const LARGEST = 512 << 20;
/** Up to here a size is believed until it turns out to be wrong. */
const LARGE = 1 << 20;
const COMMITS = 20 << 20;
const CACHE = 24 << 20;
/** Blobs have room of their own, lest they drive out the trees, which are asked for far more often. */
const BLOB_CACHE = 8 << 20;
/** Pieces of packs in memory. */
const WINDOWS = 80 << 20;
/** Deltas up to this size are applied by the kernel. */
const SCRATCH = 1 << 20;

/** A link of a chain of deltas on its way down to the base. */
interface Link {
  object: number;
  pack: Pack;
  entry: PackEntry;
}

/** All objects of a repository: packs, loose objects, and those it borrows. Objects go by small numbers. */
export class ObjectDatabase {
  readonly losses = new Losses();
  readonly kernel: Kernel;
  readonly commits: CommitTexts;
  readonly #folders: string[];
  /** Folders of objects that are named, but not there. */
  readonly #absent: string[];
  /** Packs without an index, at the last look. */
  #unindexed: string[] = [];
  readonly #numbers = new ObjectNumbers();
  readonly #loose = new LooseObjects();
  readonly #packs: Pack[] = [];
  /** Where objects are now that are not where their numbers say. */
  readonly #moved = new Map<number, number>();
  readonly #pool: WindowPool;
  readonly #cache: ObjectCache;
  readonly #blobs: ObjectCache;
  readonly #probe = Buffer.alloc(OID_BYTES);
  readonly #scratch: number;

  /** `folder`: the repository's own `objects`. `blobCache`: bytes of blobs kept. */
  constructor(folder: string, blobCache = BLOB_CACHE) {
    this.kernel = new Kernel(COMMITS + CACHE + blobCache + WINDOWS + 2 * SCRATCH);
    this.commits = new CommitTexts(this.kernel, COMMITS);
    this.#pool = new WindowPool(this.kernel, WINDOWS);
    this.#cache = new ObjectCache(this.kernel, CACHE);
    this.#blobs = new ObjectCache(this.kernel, blobCache);
    this.#scratch = this.kernel.reserve(SCRATCH);
    const { folders, absent } = objectFolders(folder);
    this.#folders = folders;
    this.#absent = absent;
    this.#enterLoose(EMPTY_TREE, 0, BUILT_IN);
    this.#scan();
  }

  /** How many numbers have been given out: they are all below it. */
  get count(): number {
    return this.#numbers.count;
  }

  /** Nothing that was read so far is looked at again. */
  release(): void {
    this.#cache.release();
    this.#blobs.release();
  }

  rev(object: number): string {
    const { pack, first } = this.#numbers.of(object);
    if (pack === null) return this.#loose.rev(object, first);
    const at = (object - first) * OID_BYTES;
    return pack.index.oids.toString('hex', at, at + OID_BYTES);
  }

  /** The number of the object whose id is at `bytes[at]`, or -1 when there is none. */
  find(bytes: Uint8Array, at: number): number {
    const object = this.findKnown(bytes, at);
    return object >= 0 ? object : this.#findElsewhere(bytes, at);
  }

  /** As `find`, but -1 also for an object that came after the last look at the folders. */
  findKnown(bytes: Uint8Array, at: number): number {
    // Always in the same order, so that an object has always the same number.
    const loose = this.#loose.find(bytes, at);
    if (loose >= 0) return loose;
    for (const pack of this.#packs) {
      const i = pack.index.find(bytes, at);
      if (i >= 0) return pack.first + i;
    }
    return -1;
  }

  findRev(rev: string): number {
    this.#probe.write(rev, 'hex');
    return this.find(this.#probe, 0);
  }

  /** The type by number (see ObjectType). */
  type(object: number): number {
    return this.read(object).type;
  }

  /** Brings a commit among `commits`; false where `read` has to be asked. Nothing else must be held. */
  findCommit(commit: number): boolean {
    if (this.findPlainCommit(commit)) return true;
    this.release();
    try {
      return this.commits.copy(commit, this.read(commit, ObjectType.commit));
    } catch {
      // Whatever is wrong, `read` says it.
      return false;
    }
  }

  /** As `findCommit`, of commits that lie in a pack as they are; false too for what is none. */
  findPlainCommit(object: number): boolean {
    if (this.commits.find(object)) return true;
    const { pack, first } = this.#numbers.of(object);
    if (pack === null || this.#moved.size > 0) return false;
    try {
      const { at, end } = pack.file().piece(pack.index.offset(object - first));
      return this.commits.add(object, at, end);
    } catch {
      // As above.
      return false;
    }
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

  /** As `release`, of blobs alone. */
  releaseBlobs(): void {
    this.#blobs.release();
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
    const { pack } = this.#numbers.of(object);
    const where = pack === null ? '' : ` in ${basename(pack.path)}.pack`;
    return new HealthError('corrupt-object', `object ${this.rev(object)}${where} is corrupt: ${reason}`, {
      hint: 'check the repository with git fsck, or delete it and fetch it again',
      cause,
    });
  }

  /** Reads the packs that are not known yet. */
  #scan(): void {
    for (const pack of this.#packs) pack.gone = !pack.opened && !existsSync(`${pack.path}.pack`);
    const known = new Set(this.#packs.map((pack) => pack.path));
    const found = this.#folders.map(packPaths);
    this.#unindexed = found.flatMap(({ unindexed }) => unindexed);
    for (const path of found.flatMap(({ indexed }) => indexed)) {
      if (known.has(path)) continue;
      try {
        const pack = new Pack(path, this.#numbers.count, this.#pool);
        this.#numbers.take(pack.index.count, pack);
        this.#packs.push(pack);
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

  #findElsewhere(bytes: Uint8Array, at: number): number {
    const rev = Buffer.from(bytes.subarray(at, at + OID_BYTES)).toString('hex');
    let folder = this.#looseFolder(rev);
    if (folder < 0) {
      // It may just have been packed, or unpacked.
      this.#scan();
      const object = this.findKnown(bytes, at);
      if (object >= 0) return object;
      folder = this.#looseFolder(rev);
    }
    return folder < 0 ? -1 : this.#enterLoose(bytes, at, folder);
  }

  #enterLoose(bytes: Uint8Array, at: number, folder: number): number {
    return this.#loose.add(bytes, at, folder, (count) => this.#numbers.take(count, null));
  }

  #looseFolder(rev: string): number {
    return this.#folders.findIndex((folder) => hasLooseObject(folder, rev));
  }

  #cached(object: number): Content | undefined {
    return this.#cache.get(object) ?? this.#blobs.get(object);
  }

  /** A commit that is among `commits`, as a delta's base. */
  #commit(object: number): Content | undefined {
    const { commits, kernel } = this;
    if (!commits.find(object)) return undefined;
    return { type: ObjectType.commit, bytes: kernel.bytes, start: commits.start, end: commits.end };
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

  /** Git repacked underneath: looks where the object has gone. */
  #relocate(object: number): void {
    this.#scan();
    this.#moved.delete(object);
    const oid = Buffer.from(this.rev(object), 'hex');
    for (const pack of this.#packs) {
      const i = pack.gone ? -1 : pack.index.find(oid, 0);
      if (i < 0) continue;
      if (pack.first + i !== object) this.#moved.set(object, pack.first + i);
      return;
    }
    const folder = this.#looseFolder(this.rev(object));
    if (folder >= 0) this.#moved.set(object, this.#enterLoose(oid, 0, folder));
  }

  /** The number to read an object by. */
  #place(object: number): number {
    return this.#moved.size === 0 ? object : (this.#moved.get(object) ?? object);
  }

  #read(object: number): Content {
    try {
      const place = this.#place(object);
      const { pack, first } = this.#numbers.of(place);
      if (pack !== null) return this.#readPacked(place);
      const folder = this.#loose.folder(place, first);
      if (folder === BUILT_IN) return this.#cache.add(place, ObjectType.tree, 0, () => undefined);
      return this.#readLoose(place, folder);
    } catch (error) {
      throw error instanceof Damage ? this.#corrupt(object, error.message, error) : error;
    }
  }

  #size(object: number): number {
    try {
      const place = this.#place(object);
      const { pack, first } = this.#numbers.of(place);
      if (pack !== null) {
        const file = pack.file();
        const entry = file.entry(pack.index.offset(place - first));
        const size = entry.type === 0 ? file.deltaResultSize(entry, this.#scratch) : entry.size;
        if (!Number.isNaN(size)) return size;
      } else {
        const folder = this.#loose.folder(place, first);
        if (folder !== BUILT_IN) return looseObjectSize(this.#loosePath(place, folder));
      }
    } catch (error) {
      throw error instanceof Damage ? this.#corrupt(object, error.message, error) : error;
    }
    const content = this.#read(object);
    return content.end - content.start;
  }

  #loosePath(object: number, folder: number): string {
    return looseObjectPath(this.#folders[folder], this.rev(object));
  }

  #readLoose(object: number, folder: number): Content {
    const { type, bytes, start } = readLooseObject(this.#loosePath(object, folder), LARGEST);
    return this.#keep(object, type, bytes.length - start, (to, at) => bytes.copy(to, at, start));
  }

  #readPacked(object: number): Content {
    const chain: Link[] = [];
    let base = object;
    let content = this.#cached(base);
    while (content === undefined) {
      const place = this.#place(base);
      const { pack, first } = this.#numbers.of(place);
      if (pack === null) {
        content = this.#read(base);
        break;
      }
      const file = pack.file();
      const entry = file.entry(pack.index.offset(place - first));
      if (!file.plausible(entry)) throw new Damage(`it claims ${entry.size} bytes`);
      if (entry.size > LARGEST) throw new Damage(`it claims ${entry.size} bytes, more than are ever read`);
      if (entry.type !== 0) {
        content = this.#keep(base, entry.type, entry.size, (to, at) => file.inflate(entry, to, at));
        break;
      }
      if (chain.length > this.#numbers.count) throw new Damage('it is a delta of itself');
      chain.push({ object: base, pack, entry });
      base = entry.baseOid === null ? pack.objectAt(entry.baseOffset) : this.find(entry.baseOid, 0);
      if (base < 0) throw new Damage('the object it is a delta of is missing');
      content = this.#cached(base) ?? this.#commit(base);
    }
    for (let link = chain.pop(); link !== undefined; link = chain.pop()) content = this.#applyLink(link, content);
    return content;
  }

  #applyLink({ object, pack, entry }: Link, base: Content): Content {
    const { kernel } = this;
    const fits = entry.size <= SCRATCH;
    const delta = fits ? kernel.bytes : Buffer.allocUnsafeSlow(entry.size);
    const start = fits ? this.#scratch : 0;
    const end = start + entry.size;
    pack.file().inflate(entry, delta, start);
    const first = afterDeltaSize(delta, start, end);
    const from = afterDeltaSize(delta, first, end);
    const size = deltaSize(delta, first, end);
    if (deltaSize(delta, start, end) !== base.end - base.start) throw new Damage('its delta is for another base');
    // A few bytes may claim any size: no room is made before they are looked at.
    const honest = size <= LARGE || deltaOutput(delta, from, end) === size;
    if (!(size <= LARGEST) || !honest) throw new Damage(`its delta claims ${size} bytes`);
    const near = fits && base.bytes === kernel.bytes;
    return this.#keep(object, base.type, size, (to, at) => {
      const applied =
        near && to === kernel.bytes
          ? kernel.applyDelta(from, end, base.start, base.end, at, size)
          : applyDelta(delta, from, end, base.bytes, base.start, base.end, to, at, size);
      if (!applied) throw new Damage('its delta does not fit its base');
    });
  }
}
