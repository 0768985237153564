import { OID_BYTES } from '../objects/object-id.js';

const KIND = 0o170000;
const FILE = 0o100000;

/** An entry of a tree object. It stays good after its cursor went on: whoever holds it holds the tree's bytes. */
export interface TreeEntry {
  /** As git sees it: see TreeCursor. */
  readonly mode: number;
  readonly bytes: Buffer;
  readonly nameStart: number;
  /** The object's id begins one further. */
  readonly nameEnd: number;
}

/** Neither a link nor a submodule. */
export function isFile(entry: TreeEntry): boolean {
  return (entry.mode & KIND) === FILE;
}

/** The object's id, a character a byte. */
export function oidText(entry: TreeEntry): string {
  return entry.bytes.toString('latin1', entry.nameEnd + 1, entry.nameEnd + 1 + OID_BYTES);
}

/** The name within its folder, a character a byte. */
export function nameText(entry: TreeEntry): string {
  return entry.bytes.toString('latin1', entry.nameStart, entry.nameEnd);
}
