import { Damage } from './damage.js';
import { OffsetTable } from './offset-table.js';
import { PackFile } from './pack-file.js';
import { readPackIndex, type PackIndex } from './pack-index.js';
import { ReverseIndex } from './reverse-index.js';
import type { WindowPool } from './window-pool.js';

/** So few bases are looked for one by one: for a look at a few objects a table would cost more than they do. */
const FEW = 64;
/** Up to here git's own table is good enough: it need not be made, but finds more slowly. */
const MANY = 5000;

/** One pack of a repository: its index is read at once, the pack itself is opened when an object of it is asked for. */
export class Pack {
  /** Path without its ending. */
  readonly path: string;
  readonly index: PackIndex;
  /** Its objects' numbers begin here, in the order of the index. */
  readonly first: number;
  /** Its file had been deleted at the last look. */
  gone = false;
  readonly #pool: WindowPool;
  #file: PackFile | null = null;
  #offsets: OffsetTable | null = null;
  /** Undefined: not looked for yet. */
  #reverse: ReverseIndex | null | undefined;
  #sought = 0;

  /** `room`: for the index, see readPackIndex. */
  constructor(path: string, first: number, pool: WindowPool, room?: (size: number) => Buffer | null) {
    this.path = path;
    this.first = first;
    this.#pool = pool;
    this.index = readPackIndex(`${path}.idx`, room);
  }

  /** Throws Damage and Gone. */
  file(): PackFile {
    return (this.#file ??= new PackFile(`${this.path}.pack`, this.index, this.#pool));
  }

  /** The object's number whose entry begins at `offset`. */
  objectAt(offset: number): number {
    const i = this.#position(offset);
    if (i < 0) throw new Damage('its base is no object of the pack');
    return this.first + i;
  }

  /** Its position in the index, or -1. */
  #position(offset: number): number {
    this.#sought++;
    if (this.#offsets === null) {
      if (this.#sought <= FEW) return this.index.seek(offset);
      if (this.#sought <= MANY) {
        if (this.#reverse === undefined) this.#reverse = ReverseIndex.read(`${this.path}.rev`, this.index);
        const i = this.#reverse?.find(offset) ?? -1;
        if (i >= 0) return i;
      }
      this.#offsets = new OffsetTable(this.index);
      this.#reverse = null;
    }
    return this.#offsets.find(offset);
  }

  get opened(): boolean {
    return this.#file !== null;
  }

  close(): void {
    this.#file?.close();
    this.#file = null;
  }
}
