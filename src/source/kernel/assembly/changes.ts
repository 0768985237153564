// Two trees of the pack held against each other, folders below them too: as source/trees/tree-diff.ts does it, which is left
// to say what is wrong where something is. Trees go by their positions in the pack's index, -1 is one with nothing in it.

import { findObject, readObject } from './object';
import { sizeOf, typeOf } from './ring';
import { skipEqual } from './tree';

const OID: usize = 20;
const TREE: u32 = 2;
const BLANK: u32 = 0x20;
const SLASH: u32 = 0x2f;
const KIND: u32 = 0o170000;
const FOLDER: u32 = 0o040000;
const FILE: u32 = 0o100000;
const LINK: u32 = 0o120000;
const SUBMODULE: u32 = 0o160000;
const EXECUTABLE: u32 = 0o100755;
const PLAIN: u32 = 0o100644;

/** What is returned in place of a number of changes. */
const WANTED: i32 = -1;
const UNUSUAL: i32 = -2;

/** Folders within folders. */
const DEEPEST: u32 = 128;
/** Of a change, numbers of four bytes: what happened, where its path begins, its length, for either side mode and name. */
const CHANGE: usize = 36;
/** Added to what happened where the path is more than ASCII. */
const BEYOND_ASCII: u32 = 0x100;

let list: usize = 0;
let most: u32 = 0;
let texts: usize = 0;
let textsEnd: usize = 0;
/** The path of the folder at hand, with a slash behind it. */
let folder: usize = 0;
let folderEnd: usize = 0;

let found: u32 = 0;
let text: usize = 0;
let depth: u32 = 0;

// Of the entry parsed last.
let mode: u32 = 0;
let name: usize = 0;
let nameEnd: usize = 0;

/** `room`: for so many changes, their paths' bytes, and the bytes of one path. */
export function useChanges(room: usize, changes: u32, textBytes: u32, pathBytes: u32): void {
  list = room;
  most = changes;
  texts = list + <usize>changes * CHANGE;
  textsEnd = texts + textBytes;
  folder = textsEnd;
  folderEnd = folder + pathBytes;
}

/** How many changes lead from a tree to another, in git's order, from `room` on; WANTED or UNUSUAL. */
export function compareTrees(before: i32, after: i32): i32 {
  found = 0;
  text = texts;
  depth = 0;
  const failed = compare(before, after, folder);
  return failed == 0 ? <i32>found : failed;
}

/** Where a tree's content begins; 0 where there is nothing in it; or WANTED or UNUSUAL. */
function open(tree: i32): i32 {
  if (tree < 0) return 0;
  const content = readObject(tree);
  if (content <= 0) return content == 0 ? UNUSUAL : WANTED;
  return typeOf(content) == TREE ? content : UNUSUAL;
}

/** `path`: where the folder's path ends. 0, or WANTED or UNUSUAL. */
function compare(before: i32, after: i32, path: usize): i32 {
  if (before == after) return 0;
  const first = open(before);
  if (first < 0) return first;
  const second = open(after);
  if (second < 0) return second;
  let a: usize = first;
  let b: usize = second;
  const aEnd: usize = a == 0 ? 0 : a + sizeOf(a);
  const bEnd: usize = b == 0 ? 0 : b + sizeOf(b);
  while (a < aEnd || b < bEnd) {
    if (a < aEnd && b < bEnd) {
      const same = skipEqual(a, aEnd, b, bEnd);
      a += same;
      b += same;
    }
    const hasA = a < aEnd;
    const hasB = b < bEnd;
    if (!hasA && !hasB) break;
    if (hasA && !parse(a, aEnd)) return UNUSUAL;
    const aMode = hasA ? mode : 0;
    const aName = name;
    const aNameEnd = nameEnd;
    if (hasB && !parse(b, bEnd)) return UNUSUAL;
    const bMode = hasB ? mode : 0;
    const order = !hasA ? 1 : !hasB ? -1 : compareNames(aName, aNameEnd, aMode, name, nameEnd, bMode);
    if (order <= 0) a = aNameEnd + 1 + OID;
    const bName = name;
    const bNameEnd = nameEnd;
    if (order >= 0) b = bNameEnd + 1 + OID;
    if (order == 0 && aMode == bMode && isSame(aNameEnd + 1, bNameEnd + 1)) continue;
    const failed =
      order < 0
        ? change(aMode, aName, aNameEnd, 0, 0, 0, path)
        : change(order == 0 ? aMode : 0, aName, aNameEnd, bMode, bName, bNameEnd, path);
    if (failed != 0) return failed;
  }
  return 0;
}

/** An entry on one side, or on both; a mode of 0 stands for none. */
function change(
  aMode: u32,
  aName: usize,
  aNameEnd: usize,
  bMode: u32,
  bName: usize,
  bNameEnd: usize,
  path: usize,
): i32 {
  const from = bMode != 0 ? bName : aName;
  const end = bMode != 0 ? bNameEnd : aNameEnd;
  if ((bMode != 0 ? bMode : aMode) == FOLDER) {
    const length = end - from;
    if (path + length + 1 > folderEnd || depth == DEEPEST) return UNUSUAL;
    const before = aMode == 0 ? -1 : findObject(aNameEnd + 1);
    const after = bMode == 0 ? -1 : findObject(bNameEnd + 1);
    if ((aMode != 0 && before < 0) || (bMode != 0 && after < 0)) return UNUSUAL;
    memory.copy(path, from, length);
    store<u8>(path + length, SLASH);
    depth++;
    const failed = compare(before, after, path + length + 1);
    depth--;
    return failed;
  }
  const folderLength = path - folder;
  const length = folderLength + (end - from);
  if (found == most || text + length > textsEnd) return UNUSUAL;
  memory.copy(text, folder, folderLength);
  memory.copy(text + folderLength, from, end - from);
  const at = list + <usize>found * CHANGE;
  found++;
  const status: u32 = aMode == 0 ? 0x41 : bMode == 0 ? 0x44 : (aMode & KIND) == (bMode & KIND) ? 0x4d : 0x54;
  store<u32>(at, isAscii(text, text + length) ? status : status | BEYOND_ASCII);
  store<u32>(at, text, 4);
  store<u32>(at, length, 8);
  store<u32>(at, aMode, 12);
  store<u32>(at, aName, 16);
  store<u32>(at, aNameEnd, 20);
  store<u32>(at, bMode, 24);
  store<u32>(at, bName, 28);
  store<u32>(at, bNameEnd, 32);
  text += length;
  return 0;
}

/** Reads the entry at `at`; false where it is malformed. Past the end lie a blank and a NUL. */
function parse(at: usize, end: usize): bool {
  let read: u32 = 0;
  let pos = at;
  for (let byte: u32 = load<u8>(pos); byte != BLANK; byte = load<u8>(++pos)) {
    if (byte - 0x30 > 7) return false;
    read = (read << 3) | (byte - 0x30);
  }
  if (pos == at) return false;
  name = ++pos;
  while (load<u8>(pos) != 0) pos++;
  nameEnd = pos;
  const kind = read & KIND;
  if (kind == FILE) mode = (read & 0o100) != 0 ? EXECUTABLE : PLAIN;
  else mode = kind == LINK || kind == FOLDER ? kind : SUBMODULE;
  return pos > name && pos + 1 + OID <= end;
}

/** Order of names as git sorts trees: a folder's as if a slash followed. */
function compareNames(a: usize, aEnd: usize, aMode: u32, b: usize, bEnd: usize, bMode: u32): i32 {
  while (a < aEnd && b < bEnd && load<u8>(a) == load<u8>(b)) {
    a++;
    b++;
  }
  const left: i32 = a < aEnd ? load<u8>(a) : aMode == FOLDER ? SLASH : 0;
  const right: i32 = b < bEnd ? load<u8>(b) : bMode == FOLDER ? SLASH : 0;
  return left - right;
}

function isSame(a: usize, b: usize): bool {
  return load<u64>(a) == load<u64>(b) && load<u64>(a, 8) == load<u64>(b, 8) && load<u32>(a, 16) == load<u32>(b, 16);
}

function isAscii(at: usize, end: usize): bool {
  let all: u32 = 0;
  for (; at < end; at++) all |= load<u8>(at);
  return all < 0x80;
}
