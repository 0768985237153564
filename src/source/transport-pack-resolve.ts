import { hash } from 'node:crypto';
import { afterDeltaSize, applyDelta, deltaOutput, deltaSize } from './objects/delta.js';
import { inflateEntry } from './transport-pack-inflate.js';
import { BadPack, FINISHED, NEXT, NONE, STOP, TAG, type PackTable } from './transport-pack-table.js';

const TYPE_NAMES = ['', 'commit', 'tree', 'blob', 'tag'];
/** Room before an object for git's header. */
const HEAD = 32;
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
 * Gives a pack's objects their ids: from every whole object down through the deltas that rest on it. Several threads may
 * do it with the same table: each takes what no other has taken. Throws BadPack.
 */
export class PackResolver {
  readonly #table: PackTable;
  /** Hears of every object that got its id: deltas that name it may be added then. */
  readonly #finished: ((entry: number) => void) | null;
  readonly #free: Buffer[] = [];
  #kept = 0;
  #delta: Uint8Array = new Uint8Array(1 << 16);

  constructor(table: PackTable, finished: ((entry: number) => void) | null = null) {
    this.#table = table;
    this.#finished = finished;
  }

  /** Works for a while: until `until` (as performance.now()), if given. False: nothing is left to take. */
  run(until = Infinity): boolean {
    const { control, count, types } = this.#table;
    while (performance.now() < until) {
      const from = Atomics.add(control, NEXT, BATCH);
      if (from >= count || Atomics.load(control, STOP) !== 0) return false;
      for (let entry = from; entry < Math.min(count, from + BATCH); entry++) {
        if ((types[entry] ?? 0) <= TAG) this.#resolve(entry);
      }
    }
    return true;
  }

  #resolve(root: number): void {
    const { sizes, types, firstChild, nextSibling, control } = this.#table;
    const type = TYPE_NAMES[types[root] ?? 0] ?? '';
    const size = sizes[root] ?? 0;
    const whole = this.#take(size);
    this.#content(root, whole, HEAD);
    this.#name(root, type, whole, size);
    let done = 1;
    const path: Step[] = [{ bytes: whole, size, child: firstChild[root] ?? NONE }];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const entry = top.child;
      if (entry === NONE) {
        this.#give(top.bytes);
        path.pop();
        continue;
      }
      top.child = nextSibling[entry] ?? NONE;
      const next = this.#applied(entry, top);
      this.#name(entry, type, next.bytes, next.size);
      done++;
      next.child = firstChild[entry] ?? NONE;
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
    const length = sizes[entry] ?? 0;
    let start = stashAt[entry] ?? -1;
    let delta = stash;
    if (start < 0) {
      if (length > this.#delta.length) this.#delta = new Uint8Array(length * 2);
      delta = this.#delta;
      start = 0;
      this.#content(entry, delta, 0);
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

  #content(entry: number, into: Uint8Array, to: number): void {
    const { pack, dataAt, sizes, stash, stashAt } = this.#table;
    const kept = stashAt[entry] ?? -1;
    const size = sizes[entry] ?? 0;
    if (kept >= 0) into.set(stash.subarray(kept, kept + size), to);
    else inflateEntry(pack, dataAt[entry] ?? 0, into, to, size);
  }

  #name(entry: number, type: string, bytes: Buffer, size: number): void {
    const header = `${type} ${size}\0`;
    const start = HEAD - header.length;
    bytes.write(header, start, 'latin1');
    this.#table.oids.set(hash('sha1', bytes.subarray(start, HEAD + size), 'buffer'), entry * 20);
    this.#finished?.(entry);
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
