import type { NearPack } from '../objects/near-pack.js';
import { decodeText } from '../text.js';
import type { FileChange } from './file-change.js';
import type { TreeEntry } from './tree-entry.js';

// Of a change, where its numbers are: see kernel/assembly/changes.ts.
const PATH = 1;
const LENGTH = 2;
const BEFORE = 3;
const AFTER = 6;
const CHANGE = 9;
const BEYOND_ASCII = 0x100;

const STATUSES: Record<number, FileChange['status']> = { 0x41: 'A', 0x44: 'D', 0x4d: 'M', 0x54: 'T' };

/** What made one tree of another, found by the kernel; null where it has to be found otherwise. Trees as TreeDiff has them. */
export function nearChanges(near: NearPack, before: number, after: number): FileChange[] | null {
  const count = near.compareTrees(before, after);
  if (count < 0) return null;
  const { integers, bytes } = near.kernel;
  const found: FileChange[] = [];
  const end = (near.changes >> 2) + count * CHANGE;
  for (let at = near.changes >> 2; at < end; at += CHANGE) {
    const status = integers[at];
    const start = integers[at + PATH];
    const stop = start + integers[at + LENGTH];
    found.push({
      status: STATUSES[status & ~BEYOND_ASCII],
      path: status < BEYOND_ASCII ? bytes.toString('latin1', start, stop) : pathText(bytes, start, stop),
      before: entry(bytes, integers, at + BEFORE),
      after: entry(bytes, integers, at + AFTER),
    });
  }
  return found;
}

function entry(bytes: Buffer, integers: Int32Array, at: number): TreeEntry | null {
  const mode = integers[at];
  return mode === 0 ? null : { mode, bytes, nameStart: integers[at + 1], nameEnd: integers[at + 2] };
}

/** Each name by itself: they may be in different encodings. */
function pathText(bytes: Buffer, start: number, end: number): string {
  const names: string[] = [];
  for (let at = start; at <= end;) {
    const slash = bytes.indexOf('/', at);
    const stop = slash < 0 || slash > end ? end : slash;
    names.push(decodeText(bytes, at, stop));
    at = stop + 1;
  }
  return names.join('/');
}
