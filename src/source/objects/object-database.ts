import { basename } from 'node:path';
import { HealthError } from '../../model/error.js';
import { Kernel, PARENTS, TREE } from '../kernel/kernel.js';
import { CommitTexts } from './commit-texts.js';
import { Damage, Gone } from './damage.js';
import { afterDeltaSize, applyDelta, deltaOutput, deltaSize } from './delta.js';
import { looseObjectSize, readLooseObject } from './loose-object.js';
import { BUILT_IN } from './loose-objects.js';
import { Losses } from './losses.js';
import { NearPack } from './near-pack.js';
import { type Content, ObjectCache } from './object-cache.js';
import { objectFolders } from './object-folders.js';
import { OID_BYTES } from './object-id.js';
import { ObjectNames } from './object-names.js';
import { ObjectType, TYPE_NAMES } from './object-type.js';
import type { Pack } from './pack.js';
import type { PackEntry } from './pack-file.js';
import { packSizes } from './pack-paths.js';
import { OVERLAP, WindowPool } from './window-pool.js';

/** No commit, tree or tag comes near this; a size above it is a lie, or an attack. */
const LARGEST = 512 << 20;
/** Up to here a size is believed until it turns out to be wrong. */
const LARGE = 1 << 20;
/** Blobs have room of their own, lest they drive out the trees, which are asked for far more often. */
const BLOBS = 16 << 20;
/**
 * Trees kept of the near pack, at least and at most. A tree is mostly a delta of a newer one, which has to be made first, and
 * is asked for soon: where many folders change in turn, all those have to be kept meanwhile. More folders go with more objects.
 */
const TREES = 16 << 20;
const MOST_TREES = 64 << 20;
/** The part of a pack's bytes that is kept of its trees, in between. */
const TREES_SHARE = 1 / 8;
/** Pieces of packs in memory. */
const WINDOWS = 80 << 20;
/** Deltas up to this size are applied by the kernel. */
const SCRATCH = 1 << 20;
/** What is kept of objects that don't lie in the near pack: commits, trees, and blobs unless more is asked for. */
const FAR = { commits: 20 << 20, trees: 24 << 20 };
/** The same where nearly all do. */
const FEW_FAR = { commits: 1 << 20, trees: 4 << 20, blobs: 4 << 20 };
/** Bytes of other packs that make it worth while to keep more of them. */
const MANY_FAR = 4 << 20;
/** Bytes of spans kept for comparisons, of which two may be going on: see renames/blob-spans.ts. */
export const SPANS = 16 << 20;
/** What others than the caches reserve: small tables, and what is lost to even addresses. */
const SMALL = 2 << 20;

/** A link of a chain of deltas on its way down to the base. */
interface Link {
  object: number;
  pack: Pack;
  entry: PackEntry;
}

function treesKept(packBytes: number): number {
  const share = Math.floor((packBytes * TREES_SHARE) / LARGE) * LARGE;
  return Math.min(MOST_TREES, Math.max(TREES, share));
}

/** All objects of a repository: packs, loose objects, and those it borrows. Objects go by small numbers. */
export class ObjectDatabase {
  readonly losses = new Losses();
  readonly kernel: Kernel;
  readonly commits: CommitTexts;
  readonly #names: ObjectNames;
  /** Where objects are now that are not where their numbers say. */
  readonly #moved = new Map<number, number>();
  readonly #cache: ObjectCache;
  readonly #blobs: ObjectCache;
  readonly #scratch: number;

  /** `folder`: the repository's own `objects`. `blobs`: bytes of blobs kept. */
  constructor(folder: string, blobs = BLOBS) {
    const places = objectFolders(folder);
    const { largest, others, bytes, indexBytes } = packSizes(places.folders);
    const far = largest === null || others > MANY_FAR ? { ...FAR, blobs } : FEW_FAR;
    // A walk's room is less than twice what the indexes take.
    const kept = { trees: treesKept(largest?.packBytes ?? 0), blobs, walk: 2 * indexBytes + LARGE };
    const near = largest === null ? 0 : largest.indexBytes + NearPack.room(kept);
    const windows = Math.min(WINDOWS, 1.125 * bytes + 4 * OVERLAP + LARGE);
    const caches = far.commits + ObjectCache.room(far.trees) + ObjectCache.room(far.blobs);
    const own = caches + SCRATCH + 2 * SPANS + SMALL;
    this.kernel = new Kernel(near + windows + own);
    const pool = new WindowPool(this.kernel, windows);
    this.#scratch = this.kernel.reserve(SCRATCH);
    this.#names = new ObjectNames(places, pool, largest?.path ?? null, (pack, index) =>
      pack.index.isNear ? NearPack.make(pack, index, this.kernel, kept) : null,
    );
    this.commits = new CommitTexts(this.kernel, far.commits);
    this.#cache = new ObjectCache(this.kernel, far.trees);
    this.#blobs = new ObjectCache(this.kernel, far.blobs);
  }

  /** How many numbers have been given out: they are all below it. */
  get count(): number {
    return this.#names.count;
  }

  /** The pack that the kernel reads by itself. */
  get near(): NearPack | null {
    return this.#names.near;
  }

  /** Nothing that was read so far is looked at again. */
  release(): void {
    this.#names.near?.release();
    this.#cache.release();
    this.#blobs.release();
  }

  rev(object: number): string {
    return this.#names.rev(object);
  }

  /** The number of the object whose id is at `bytes[at]`, or -1 when there is none. */
  find(bytes: Uint8Array, at: number): number {
    return this.#names.find(bytes, at);
  }

  /** As `find`, but -1 also for an object that came after the last look at the folders. */
  findKnown(bytes: Uint8Array, at: number): number {
    return this.#names.findKnown(bytes, at);
  }

  findRev(rev: string): number {
    return this.#names.findRev(rev);
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
    if (this.#names.near?.holds(object) === true) return this.#findNear(object);
    if (this.commits.find(object)) return true;
    const { pack, first } = this.#names.of(object);
    if (pack === null || this.#moved.size > 0) return false;
    try {
      const { at, end } = pack.file().piece(pack.index.offset(object - first));
      return this.commits.add(object, at, end);
    } catch {
      // As above.
      return false;
    }
  }

  #findNear(object: number): boolean {
    const content = this.#names.near?.read(object) ?? null;
    if (content?.type !== ObjectType.commit) return false;
    this.commits.start = content.start;
    this.commits.end = content.end;
    return true;
  }

  /** How many parents a commit has, which `parent` tells then; -1 where it has to be read otherwise. */
  links(commit: number): number {
    const { kernel, commits } = this;
    if (this.#names.near?.holds(commit) === true) {
      const count = this.#names.near.links(commit);
      if (count >= 0) return count;
    }
    if (!this.findCommit(commit)) return -1;
    const count = kernel.readLinks(commits.start, commits.end);
    kernel.numbers(kernel.linked, Math.max(count, 0)).fill(-1);
    return count;
  }

  /** The number of a commit's tree; -1 where it is missing, or has to be read otherwise. */
  tree(commit: number): number {
    const { near } = this.#names;
    const tree = near?.holds(commit) === true ? near.tree(commit) : -1;
    if (tree >= 0 || this.links(commit) < 0) return tree;
    const { bytes, links } = this.kernel;
    return this.find(bytes, links + TREE);
  }

  /** After `links`: the number of a parent; -1 where it is missing. */
  parent(which: number): number {
    const { bytes, integers, linked, links } = this.kernel;
    const position = integers[(linked >> 2) + which];
    if (position >= 0 && this.#names.near !== null) return this.#names.near.first + position;
    return this.find(bytes, links + PARENTS + which * OID_BYTES);
  }

  /** An object's content; with a type, it must be of that type. */
  read(object: number, type = 0): Content {
    const near = this.#names.near?.holds(object) === true ? this.#names.near : null;
    const content = this.#cached(object) ?? near?.read(object) ?? this.#retrying(object, () => this.#read(object));
    if (type !== 0 && content.type !== type) {
      throw this.#corrupt(object, `it is a ${TYPE_NAMES[content.type]} where a ${TYPE_NAMES[type]} must be`);
    }
    return content;
  }

  /** Bytes of an object's content, mostly without inflating it. */
  size(object: number): number {
    const content = this.#cached(object);
    if (content !== undefined) return content.end - content.start;
    const size = this.#names.near?.holds(object) === true ? this.#names.near.size(object) : -1;
    if (size >= 0) return size;
    return this.#retrying(object, () => this.#size(object));
  }

  /** As `release`, of blobs alone. */
  releaseBlobs(): void {
    this.#names.near?.releaseBlobs();
    this.#blobs.release();
  }

  /** An error that says which object can't be what it is. */
  corrupt(object: number, reason: string): HealthError {
    return this.#corrupt(object, reason);
  }

  /** What may explain that an object is missing, where the repository's files tell; else `usual`. */
  missingHint(usual: string): string {
    return this.#names.missingHint(usual);
  }

  close(): void {
    this.#names.close();
  }

  #corrupt(object: number, reason: string, cause?: unknown): HealthError {
    const { pack } = this.#names.of(object);
    const where = pack === null ? '' : ` in ${basename(pack.path)}.pack`;
    return new HealthError('corrupt-object', `object ${this.rev(object)}${where} is corrupt: ${reason}`, {
      hint: 'check the repository with git fsck, or delete it and fetch it again',
      cause,
    });
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
    const place = this.#names.relocate(object);
    if (place === null || place === object) this.#moved.delete(object);
    else this.#moved.set(object, place);
  }

  /** The number to read an object by. */
  #place(object: number): number {
    return this.#moved.size === 0 ? object : (this.#moved.get(object) ?? object);
  }

  #read(object: number): Content {
    try {
      const place = this.#place(object);
      const { pack, first } = this.#names.of(place);
      if (pack !== null) return this.#readPacked(place);
      const folder = this.#names.looseFolder(place, first);
      if (folder === BUILT_IN) return this.#cache.add(place, ObjectType.tree, 0, () => undefined);
      return this.#readLoose(place, folder);
    } catch (error) {
      throw error instanceof Damage ? this.#corrupt(object, error.message, error) : error;
    }
  }

  #size(object: number): number {
    try {
      const place = this.#place(object);
      const { pack, first } = this.#names.of(place);
      if (pack !== null) {
        const file = pack.file();
        const entry = file.entry(pack.index.offset(place - first));
        const size = entry.type === 0 ? file.deltaResultSize(entry, this.#scratch) : entry.size;
        if (!Number.isNaN(size)) return size;
      } else {
        const folder = this.#names.looseFolder(place, first);
        if (folder !== BUILT_IN) return looseObjectSize(this.#names.loosePath(place, folder));
      }
    } catch (error) {
      throw error instanceof Damage ? this.#corrupt(object, error.message, error) : error;
    }
    const content = this.#read(object);
    return content.end - content.start;
  }

  #readLoose(object: number, folder: number): Content {
    const { type, bytes, start } = readLooseObject(this.#names.loosePath(object, folder), LARGEST);
    return this.#keep(object, type, bytes.length - start, (to, at) => bytes.copy(to, at, start));
  }

  #readPacked(object: number): Content {
    const chain: Link[] = [];
    let base = object;
    let content = this.#cached(base);
    while (content === undefined) {
      const place = this.#place(base);
      const { pack, first } = this.#names.of(place);
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
      if (chain.length > this.#names.count) throw new Damage('it is a delta of itself');
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
