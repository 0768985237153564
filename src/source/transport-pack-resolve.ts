import { closeSync, openSync, readSync } from 'node:fs';
import { TRUNCATED } from './objects/inflate.js';
import { afterDeltaSize, applyDelta, deltaOutput, deltaSize } from './objects/delta.js';
import { inflateEntry } from './transport-pack-inflate.js';
import { chunkOf, positionOf } from './transport-pack-stash.js';
import { BadPack, FINISHED, HEAD, NEXT, NONE, objectId, STOP, TAG, type PackTable } from './transport-pack-table.js';

/** Entries taken at once. */
const BATCH = 32;
/** Up to here a size is believed until it turns out to be wrong. */
const LARGE = 1 << 20;
/** Bytes of free buffers that are kept for the next object. */
const KEPT = 32 << 20;

/** An object on the way down through its deltas. */
interface Step {
  bytes: Buffer;
  size: number;
  child: number;
}

/**
 * Gives a pack's deltas their ids: from every whole object down through the deltas that rest on it. Several threads may
 * do it with the same table: each takes what no other has taken. Throws BadPack.
 */
export class PackResolver {
  readonly #table: PackTable;
  /** Hears of every object that got its id: deltas that name it may be added then. */
  readonly #finished: ((entry: number) => void) | null;
  readonly #free: Buffer[] = [];
  #kept = 0;
  #delta: Uint8Array = new Uint8Array(1 << 16);
  #packed = Buffer.allocUnsafeSlow(1 << 16);
  #file = -1;

  constructor(table: PackTable, finished: ((entry: number) => void) | null = null) {
    this.#table = table;
    this.#finished = finished;
  }

  /** Works for a while: until `until` (as performance.now()), if given. False: nothing is left to take. */
  run(until = Infinity): boolean {
    const { control, count, types, firstChild } = this.#table;
    while (performance.now() < until) {
      const from = Atomics.add(control, NEXT, BATCH);
      if (from >= count || Atomics.load(control, STOP) !== 0) return false;
      for (let entry = from; entry < Math.min(count, from + BATCH); entry++) {
        if (types[entry]! <= TAG && firstChild[entry] !== NONE) this.#resolve(entry);
      }
    }
    return true;
  }

  close(): void {
    if (this.#file >= 0) closeSync(this.#file);
    this.#file = -1;
  }

  #resolve(root: number): void {
    const { sizes, types, firstChild, nextSibling, control } = this.#table;
    const type = types[root]!;
    const size = sizes[root]!;
    const whole = this.#take(size);
    this.#content(root, whole, HEAD, HEAD);
    let done = 0;
    const path: Step[] = [{ bytes: whole, size, child: firstChild[root]! }];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const entry = top.child;
      if (entry === NONE) {
        this.#give(top.bytes);
        path.pop();
        continue;
      }
      top.child = nextSibling[entry]!;
      const next = this.#applied(entry, top);
      this.#table.oids.set(objectId(type, next.bytes, HEAD, next.size), entry * 20);
      this.#finished?.(entry);
      done++;
      next.child = firstChild[entry]!;
      // With no brothers left the parent isn't needed any more.
      if (top.child === NONE) {
        this.#give(top.bytes);
        path.pop();
      }
      if (next.child === NONE) this.#give(next.bytes);
      else path.push(next);
      if ((done & 63) === 0 && Atomics.load(control, STOP) !== 0) return;
    }
    Atomics.add(control, FINISHED, done);
  }

  #applied(entry: number, { bytes: base, size: baseSize }: Step): Step {
    const { sizes, stash, stashAt } = this.#table;
    const length = sizes[entry]!;
    const place = stashAt[entry]!;
    let start = 0;
    let delta = this.#delta;
    if (place >= 0) {
      delta = chunkOf(stash, place);
      start = positionOf(place);
    } else {
      if (length > delta.length) delta = this.#delta = new Uint8Array(length * 2);
      this.#content(entry, delta, 0, 0);
    }
    const end = start + length;
    const second = afterDeltaSize(delta, start, end);
    const from = afterDeltaSize(delta, second, end);
    const size = deltaSize(delta, second, end);
    if (deltaSize(delta, start, end) !== baseSize) throw new BadPack('a delta has another base');
    // A few bytes may claim any size: no room is made before they are looked at.
    if (!(size <= LARGE) && deltaOutput(delta, from, end) !== size) throw new BadPack('a delta claims too much');
    const bytes = this.#take(size);
    if (!applyDelta(delta, from, end, base, HEAD, HEAD + baseSize, bytes, HEAD, size)) {
      throw new BadPack('a delta does not fit its base');
    }
    return { bytes, size, child: NONE };
  }

  /** Writes an entry's data to `into[to]`; `before` bytes stand before it in the stash. */
  #content(entry: number, into: Uint8Array, to: number, before: number): void {
    const { sizes, stash, stashAt } = this.#table;
    const place = stashAt[entry]!;
    const size = sizes[entry]!;
    if (place >= 0) {
      const from = positionOf(place) + before;
      into.set(chunkOf(stash, place).subarray(from, from + size), to);
    } else if (inflateEntry(this.#read(entry), 0, into, to, size) === TRUNCATED) {
      throw new BadPack('it is not the same as it was');
    }
  }

  /** An entry's compressed data, from the file. */
  #read(entry: number): Buffer {
    const { file, offsets, heads } = this.#table;
    const start = offsets[entry]! + heads[entry]!;
    const length = offsets[entry + 1]! - start;
    if (this.#file < 0) this.#file = openSync(file, 'r');
    if (length > this.#packed.length) this.#packed = Buffer.allocUnsafeSlow(length * 2);
    let got = 0;
    while (got < length) {
      const count = readSync(this.#file, this.#packed, got, length - got, start + got);
      if (count === 0) break;
      got += count;
    }
    return this.#packed.subarray(0, got);
  }

  #take(size: number): Buffer {
    const free = this.#free.pop();
    if (free) {
      this.#kept -= free.length;
      if (free.length >= size + HEAD) return free;
    }
    return Buffer.allocUnsafeSlow(Math.max(1 << 16, HEAD + size + (size >> 2)));
  }

  #give(bytes: Buffer): void {
    if (this.#kept + bytes.length > KEPT) return;
    this.#kept += bytes.length;
    this.#free.push(bytes);
  }
}
