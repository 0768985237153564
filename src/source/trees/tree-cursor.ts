import type { Content } from '../objects/object-cache.js';
import { OID_BYTES } from '../objects/object-id.js';
import type { TreeEntry } from './tree-entry.js';

const BLANK = 0x20;
const SLASH = 0x2f;
const KIND = 0o170000;
const FOLDER = 0o040000;
const FILE = 0o100000;
const LINK = 0o120000;
const SUBMODULE = 0o160000;

/** As git sees a mode: files are executable or not, and whatever is neither file, link nor folder is a submodule. */
function canonical(mode: number): number {
  const kind = mode & KIND;
  if (kind === FILE) return FILE | (mode & 0o100 ? 0o755 : 0o644);
  return kind === LINK || kind === FOLDER ? kind : SUBMODULE;
}

/** A place in a tree object; its entry's parts are read with `parse`. */
export class TreeCursor {
  bytes: Buffer;
  /** Where the entry begins. */
  at: number;
  end: number;
  mode = 0;
  nameStart = 0;
  nameEnd = 0;

  constructor(content: Content) {
    this.bytes = content.bytes;
    this.at = content.start;
    this.end = content.end;
  }

  get done(): boolean {
    return this.at >= this.end;
  }

  get folder(): boolean {
    return this.mode === FOLDER;
  }

  /** The kind of thing (file, link, folder, submodule), without permissions. */
  get kind(): number {
    return this.mode & KIND;
  }

  get oid(): number {
    return this.nameEnd + 1;
  }

  /** Reads the entry at `at`; false when it is malformed. */
  parse(): boolean {
    const { bytes, end } = this;
    let pos = this.at;
    let mode = 0;
    for (; bytes[pos] !== BLANK; pos++) {
      const digit = bytes[pos] - 0x30;
      if (digit < 0 || digit > 7) return false;
      mode = (mode << 3) | digit;
    }
    if (pos === this.at) return false;
    const nameStart = ++pos;
    while (bytes[pos] !== 0) pos++;
    this.mode = canonical(mode);
    this.nameStart = nameStart;
    this.nameEnd = pos;
    return pos > nameStart && pos + 1 + OID_BYTES <= end;
  }

  /** The entry as something that stays when the cursor goes on. */
  entry(): TreeEntry {
    const { mode, bytes, nameStart, nameEnd } = this;
    return { mode, bytes, nameStart, nameEnd };
  }

  next(): void {
    this.at = this.nameEnd + 1 + OID_BYTES;
  }

  /** Order of names as git sorts trees: a folder's as if a slash followed. */
  compare(other: TreeCursor): number {
    const a = this.bytes;
    const b = other.bytes;
    let i = this.nameStart;
    let j = other.nameStart;
    while (i < this.nameEnd && j < other.nameEnd && a[i] === b[j]) {
      i++;
      j++;
    }
    const left = i < this.nameEnd ? a[i] : this.folder ? SLASH : 0;
    const right = j < other.nameEnd ? b[j] : other.folder ? SLASH : 0;
    return left - right;
  }

  /** Same mode and same object: nothing differs below. */
  same(other: TreeCursor): boolean {
    if (this.mode !== other.mode) return false;
    const a = this.bytes;
    const b = other.bytes;
    const i = this.oid;
    const j = other.oid;
    for (let k = 0; k < OID_BYTES; k++) if (a[i + k] !== b[j + k]) return false;
    return true;
  }
}
