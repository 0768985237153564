import { existsSync } from 'node:fs';
import { HealthError } from '../../model/error.js';
import type { Kernel } from '../kernel/kernel.js';
import { Damage, Gone } from './damage.js';
import { hasLooseObject, looseObjectPath } from './loose-object.js';
import { BUILT_IN, LooseObjects } from './loose-objects.js';
import type { NearPack } from './near-pack.js';
import { EMPTY_TREE, OID_BYTES } from './object-id.js';
import { type NumberRange, ObjectNumbers } from './object-numbers.js';
import { Pack } from './pack.js';
import { packPaths } from './pack-paths.js';
import type { WindowPool } from './window-pool.js';

/** What becomes of the pack that is the near one; null: nothing. `index`: where in the kernel's memory its index lies. */
export type MakeNear = (pack: Pack, index: number) => NearPack | null;

/** Where a repository's objects lie: in packs, loose, or borrowed. Ids to small numbers, and back. */
export class ObjectNames {
  /** The pack that the kernel reads by itself. */
  near: NearPack | null = null;
  readonly #kernel: Kernel;
  readonly #pool: WindowPool;
  readonly #folders: readonly string[];
  /** Folders of objects that are named, but not there. */
  readonly #absent: readonly string[];
  /** Packs without an index, at the last look. */
  #unindexed: string[] = [];
  readonly #numbers = new ObjectNumbers();
  readonly #loose = new LooseObjects();
  readonly #packs: Pack[] = [];
  readonly #probe = Buffer.alloc(OID_BYTES);

  /** `nearPath`: of the pack to be the near one, without ending; null: none. */
  constructor(
    { folders, absent }: { folders: readonly string[]; absent: readonly string[] },
    pool: WindowPool,
    nearPath: string | null,
    makeNear: MakeNear,
  ) {
    this.#folders = folders;
    this.#absent = absent;
    this.#pool = pool;
    this.#kernel = pool.kernel;
    this.enterLoose(EMPTY_TREE, 0, BUILT_IN);
    this.scan(nearPath, makeNear);
  }

  /** How many numbers have been given out: they are all below it. */
  get count(): number {
    return this.#numbers.count;
  }

  /** Whose an object's number is. */
  of(object: number): NumberRange {
    return this.#numbers.of(object);
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
    const { near } = this;
    const packed = near === null ? -1 : near.find(bytes, at);
    if (packed >= 0) return packed;
    const loose = this.#loose.find(bytes, at);
    if (loose >= 0) return loose;
    for (const pack of this.#packs) {
      const i = pack === near?.pack ? -1 : pack.index.find(bytes, at);
      if (i >= 0) return pack.first + i;
    }
    return -1;
  }

  findRev(rev: string): number {
    this.#probe.write(rev, 'hex');
    return this.find(this.#probe, 0);
  }

  /** Adds an object that lies in a file of its own; `folder`: in which of the folders, or BUILT_IN. */
  enterLoose(bytes: Uint8Array, at: number, folder: number): number {
    return this.#loose.add(bytes, at, folder, (count) => this.#numbers.take(count, null));
  }

  /** The folder a loose object lies in, or BUILT_IN. `first`: as `of` tells it. */
  looseFolder(object: number, first: number): number {
    return this.#loose.folder(object, first);
  }

  loosePath(object: number, folder: number): string {
    return looseObjectPath(this.#folders[folder]!, this.rev(object));
  }

  /** Git repacked underneath: the number to read an object by from now on; null: it is nowhere. */
  relocate(object: number): number | null {
    this.scan();
    const rev = this.rev(object);
    const oid = Buffer.from(rev, 'hex');
    for (const pack of this.#packs) {
      const i = pack.gone ? -1 : pack.index.find(oid, 0);
      if (i >= 0) return pack.first + i;
    }
    const folder = this.#folderOf(rev);
    return folder < 0 ? null : this.enterLoose(oid, 0, folder);
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

  /** Reads the packs that are not known yet. */
  scan(nearPath: string | null = null, makeNear: MakeNear = () => null): void {
    for (const pack of this.#packs) pack.gone = !pack.opened && !existsSync(`${pack.path}.pack`);
    const known = new Set(this.#packs.map((pack) => pack.path));
    const found = this.#folders.map(packPaths);
    this.#unindexed = found.flatMap(({ unindexed }) => unindexed);
    for (const path of found.flatMap(({ indexed }) => indexed)) {
      if (known.has(path)) continue;
      try {
        this.#take(path, path === nearPath ? makeNear : null);
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

  #take(path: string, makeNear: MakeNear | null): void {
    let index = -1;
    const room = (size: number): Buffer | null => {
      index = makeNear === null ? -1 : this.#kernel.reserve(size);
      return index < 0 ? null : this.#kernel.bytes.subarray(index, index + size);
    };
    const pack = new Pack(path, this.#numbers.count, this.#pool, room);
    this.#numbers.take(pack.index.count, pack);
    this.#packs.push(pack);
    if (makeNear !== null && index >= 0) this.near = makeNear(pack, index);
  }

  #findElsewhere(bytes: Uint8Array, at: number): number {
    const rev = Buffer.from(bytes.subarray(at, at + OID_BYTES)).toString('hex');
    let folder = this.#folderOf(rev);
    if (folder < 0) {
      // It may just have been packed, or unpacked.
      this.scan();
      const object = this.findKnown(bytes, at);
      if (object >= 0) return object;
      folder = this.#folderOf(rev);
    }
    return folder < 0 ? -1 : this.enterLoose(bytes, at, folder);
  }

  /** The folder a loose object lies in, or -1. */
  #folderOf(rev: string): number {
    return this.#folders.findIndex((folder) => hasLooseObject(folder, rev));
  }
}
