import { setImmediate as nextTurn } from 'node:timers/promises';
import { encodeIndex } from './transport-index-file.js';
import { startHelpers } from './transport-pack-helper.js';
import { PackReader } from './transport-pack-reader.js';
import { PackResolver } from './transport-pack-resolve.js';
import { addChild, BadPack, FINISHED, TAG } from './transport-pack-table.js';

export interface IndexPackOptions {
  signal?: AbortSignal | undefined;
  /** Hears how many objects have come, of how many; then how many deltas are resolved, of how many. */
  progress?: (done: number, total: number) => void;
}

export interface IndexedPack {
  /** Hexadecimal; what git names the files after. */
  checksum: string;
  objects: number;
  index: Buffer;
}

/** Milliseconds of work between two looks at what else the process has to do. */
const SLICE = 25;

/**
 * Checks a pack and makes its index while it comes: every object is inflated and hashed, deltas resolved, and the pack's
 * checksum verified. When the last byte is there, only the deltas are left: these take several threads, where there
 * are many. A pack must hold the bases of its deltas (no thin packs). Throws BadPack, and the signal's reason when that
 * is raised; the event loop is let in all along.
 */
export class PackIndexing {
  readonly #reader: PackReader;
  readonly #options: IndexPackOptions;
  #lastTurn = performance.now();

  /** `file`: where the pack is to be found as a whole when `finish` is called. */
  constructor(file: string, options: IndexPackOptions = {}) {
    this.#reader = new PackReader(file);
    this.#options = options;
  }

  /** The next bytes; they must not be changed later. */
  async add(bytes: Buffer): Promise<void> {
    await this.#reader.add(bytes);
    if (performance.now() - this.#lastTurn > SLICE)
      await this.#breathe(this.#reader.table.count, this.#reader.expected);
  }

  async finish(): Promise<IndexedPack> {
    const reader = this.#reader;
    const { table } = reader;
    const packChecksum = await reader.end();
    await this.#breathe(table.count, reader.expected);
    await this.#resolveDeltas();
    const { count, oids, crcs, offsets } = table;
    return {
      checksum: packChecksum.toString('hex'),
      objects: count,
      index: encodeIndex({ count, oids: Buffer.from(oids.buffer), crcs, offsets, packChecksum }),
    };
  }

  close(): void {
    this.#reader.close();
  }

  /** From every whole object down through the deltas that rest on it. */
  async #resolveDeltas(): Promise<void> {
    const { table, waiting, deltas } = this.#reader;
    if (deltas === 0) return;
    for (let entry = 0; waiting.size > 0 && entry < table.count; entry++) {
      if (table.types[entry]! <= TAG) this.#adopt(entry);
    }
    // A base that is itself a delta, and named by its id, is known once it has been made: that takes one thread.
    const alone = waiting.size > 0;
    const helpers = alone ? null : startHelpers(table, deltas);
    const resolver = new PackResolver(table, alone ? (entry) => this.#adopt(entry) : null);
    try {
      while (resolver.run(performance.now() + SLICE)) await this.#breathe(this.#resolved, deltas);
      await helpers?.done();
    } finally {
      resolver.close();
      await helpers?.close();
    }
    if (this.#resolved !== deltas) throw new BadPack('deltas in it rest on objects it does not hold');
  }

  get #resolved(): number {
    return Atomics.load(this.#reader.table.control, FINISHED);
  }

  /** Gives an object the deltas that wait for its id. */
  #adopt(entry: number): void {
    const { table, waiting } = this.#reader;
    if (waiting.size === 0) return;
    const oid = Buffer.from(table.oids.buffer, entry * 20, 20).toString('latin1');
    for (const child of waiting.get(oid) ?? []) addChild(table, entry, child);
    waiting.delete(oid);
  }

  async #breathe(done: number, total: number): Promise<void> {
    this.#options.progress?.(done, total);
    await nextTurn();
    this.#options.signal?.throwIfAborted();
    this.#lastTurn = performance.now();
  }
}
