import { Damage } from './damage.js';
import { OffsetTable } from './offset-table.js';
import { PackFile } from './pack-file.js';
import { readPackIndex, type PackIndex } from './pack-index.js';

/** One pack of a repository: its index is read at once, the pack itself is opened when an object of it is asked for. */
export class Pack {
  /** Path without its ending. */
  readonly path: string;
  readonly index: PackIndex;
  /** For each object of the index, its number. */
  readonly objects: Int32Array;
  #file: PackFile | null = null;
  #offsets: OffsetTable | null = null;

  constructor(path: string) {
    this.path = path;
    this.index = readPackIndex(`${path}.idx`);
    this.objects = new Int32Array(this.index.count);
  }

  /** Throws Damage and Gone. */
  file(): PackFile {
    return (this.#file ??= new PackFile(`${this.path}.pack`, this.index));
  }

  /** The object whose entry begins at `offset`. */
  objectAt(offset: number): number {
    if (this.#offsets === null) {
      const offsets = Float64Array.from({ length: this.index.count }, (_, i) => this.index.offset(i));
      this.#offsets = new OffsetTable(this.objects, offsets);
    }
    const object = this.#offsets.find(offset);
    if (object < 0) throw new Damage('its base is no object of the pack');
    return object;
  }

  get opened(): boolean {
    return this.#file !== null;
  }

  close(): void {
    this.#file?.close();
    this.#file = null;
  }
}
