// Commit objects as git writes them. Whatever is unusual is left to source/commits, which says what it means.

import { inflate } from './inflate';
import { linked, links, nibbles, people, record } from './layout';
import { findObject, readObject, sizeOf, typeOf } from './object';

const NEWLINE: u32 = 0x0a;
const BLANK: u32 = 0x20;
const LESS: u32 = 0x3c;
const GREATER: u32 = 0x3e;
const PLUS: u32 = 0x2b;
const MINUS: u32 = 0x2d;
const HEX: usize = 40;
/** The type of a pack's entry. */
const COMMIT: u32 = 1;
/** More parents than any real commit has. */
const MOST_PARENTS: i32 = 16;
/** So many digits are a number without loss. */
const MOST_DIGITS: u32 = 15;
/** People remembered, each in a slot of its own, and bytes of one. */
const SLOTS: u32 = 1024;
const SLOT: u32 = 128;

const UNUSUAL: i32 = -1;

/** The first bytes of a header's line, lowest first. */
const TREE: u64 = 0x2065657274; // "tree "
const PARENT: u64 = 0x20746e65726170; // "parent "
const AUTHOR: u64 = 0x20726f68747561; // "author "
const COMMITTE: u64 = 0x65747469_6d6d6f63; // "committe"
const R_BLANK: u64 = 0x2072; // "r "
const ENCODING: u64 = 0x676e69646f636e65; // "encoding"

const FIVE: u64 = 0xff_ffff_ffff;
const SIX: u64 = 0xffff_ffff_ffff;
const SEVEN: u64 = 0xff_ffff_ffff_ffff;

/** Fills what never changes. Call once. */
export function prepareCommits(): void {
  memory.fill(nibbles, 0xff, 256);
  for (let i: u32 = 0; i < 10; i++) store<u8>(nibbles + 0x30 + i, i);
  for (let i: u32 = 0; i < 6; i++) {
    store<u8>(nibbles + 0x41 + i, 10 + i);
    store<u8>(nibbles + 0x61 + i, 10 + i);
  }
}

/**
 * Inflates the pack's entry at `from` to `to`, where there are `room` bytes, and a blank and a NUL behind it (see
 * objects/object-cache.ts). Returns its size, or UNUSUAL where it is no commit by itself, or can't be inflated here.
 */
export function inflateCommit(from: usize, end: usize, to: usize, room: u32): i32 {
  let byte: u32 = load<u8>(from++);
  if (((byte >> 4) & 7) != COMMIT) return UNUSUAL;
  let size = byte & 15;
  for (let shift: u32 = 4; (byte & 0x80) != 0; shift += 7) {
    if (shift > 18) return UNUSUAL;
    byte = load<u8>(from++);
    size |= (byte & 0x7f) << shift;
  }
  if (size > room || inflate(from, end, to, size) < 0) return UNUSUAL;
  store<u8>(to + size, BLANK);
  store<u8>(to + size, 0, 1);
  return size;
}

/** Reads 40 hexadecimal digits and a newline into 20 bytes. */
function readHex(at: usize, to: usize): bool {
  let wrong: u32 = 0;
  for (let i: usize = 0; i < HEX; i += 2) {
    const high: u32 = load<u8>(nibbles + load<u8>(at + i));
    const low: u32 = load<u8>(nibbles + load<u8>(at + i + 1));
    wrong |= high | low;
    store<u8>(to + (i >> 1), (high << 4) | low);
  }
  return wrong < 0x10 && load<u8>(at + HEX) == NEWLINE;
}

function lineEnd(at: usize, end: usize): usize {
  const newline = i8x16.splat(<i8>NEWLINE);
  for (; at + 16 <= end; at += 16) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(at), newline));
    if (found != 0) return at + ctz(found);
  }
  while (at < end && load<u8>(at) != NEWLINE) at++;
  return at;
}

function isSpace(byte: u32): bool {
  return byte == BLANK || byte - 9 < 5;
}

function isDigit(byte: u32): bool {
  return byte - 0x30 < 10;
}

/** Where the other headers begin, behind tree and parents that were read before. */
function afterLinks(at: usize, end: usize): usize {
  at += 6 + HEX;
  while (at + 8 + HEX <= end && (load<u64>(at) & SEVEN) == PARENT) at += 8 + HEX;
  return at;
}

/**
 * Reads how the commit at `at` hangs together with others: how many parents it has, or UNUSUAL. At `links` lie the
 * committer's seconds as git's walk orders by them (a double), the tree's id and the parents'.
 */
export function readLinks(at: usize, end: usize): i32 {
  if (at + 6 + HEX > end || (load<u64>(at) & FIVE) != TREE || !readHex(at + 5, links + 8)) return UNUSUAL;
  at += 6 + HEX;
  let parents: i32 = 0;
  for (; at + 8 + HEX <= end && (load<u64>(at) & SEVEN) == PARENT; parents++, at += 8 + HEX) {
    if (parents == MOST_PARENTS || !readHex(at + 7, links + 28 + 20 * parents)) return UNUSUAL;
  }
  if (at + 16 > end || (load<u64>(at) & SEVEN) != AUTHOR) return UNUSUAL;
  const second = lineEnd(at, end) + 1;
  if (second + 16 > end || load<u64>(second) != COMMITTE || load<u16>(second + 8) != R_BLANK) return UNUSUAL;
  const stop = lineEnd(second, end);
  if (stop == end) return UNUSUAL;
  let pos = second;
  while (pos < stop && load<u8>(pos) != GREATER) pos++;
  pos++;
  while (pos < stop && isSpace(load<u8>(pos))) pos++;
  const first = pos;
  let time: u64 = 0;
  for (; pos < stop && isDigit(load<u8>(pos)); pos++) time = time * 10 + (load<u8>(pos) - 0x30);
  if (pos == first || pos - first > MOST_DIGITS) return UNUSUAL;
  store<f64>(links, <f64>time);
  return parents;
}

/**
 * As `readLinks`, of the commit at a position of the pack's index; -2 where a piece of the pack is wanted. At `linked` lie its
 * parents' positions, -1 for what is not in the pack.
 */
export function readCommitLinks(position: u32): i32 {
  const content = readObject(position);
  if (content <= 0) return content == 0 ? UNUSUAL : -2;
  if (typeOf(content) != COMMIT) return UNUSUAL;
  const parents = readLinks(content, content + sizeOf(content));
  for (let i: i32 = 0; i < parents; i++) store<i32>(linked + ((<usize>i) << 2), findObject(links + 28 + 20 * i));
  return parents;
}

/** The position of the tree of the commit at a position; UNUSUAL where it isn't in the pack either, -2 as readCommitLinks. */
export function commitTree(position: u32): i32 {
  const content = readObject(position);
  if (content <= 0) return content == 0 ? UNUSUAL : -2;
  const isPlain = typeOf(content) == COMMIT && <usize>sizeOf(content) >= 6 + HEX && (load<u64>(content) & FIVE) == TREE;
  return isPlain && readHex(content + 5, links + 8) ? findObject(links + 8) : UNUSUAL;
}

/**
 * Reads who made the commit at `at`, and when, to `record` (see source/commits/plain-record.ts), and where its message
 * begins. False where it is unusual.
 */
export function readRecord(at: usize, end: usize): bool {
  let pos = afterLinks(at, end);
  let author = false;
  let committer = false;
  let message = end;
  while (pos < end) {
    const stop = lineEnd(pos, end);
    if (stop == pos) {
      message = pos + 1;
      break;
    }
    const word = load<u64>(pos);
    if (word == ENCODING) return false;
    if ((word & SIX) == (AUTHOR & SIX)) {
      if (author || stop - pos < 7 || (word & SEVEN) != AUTHOR || !readIdent(pos + 7, stop, 0)) return false;
      author = true;
    } else if (word == COMMITTE) {
      const isWhole = stop - pos >= 10 && load<u16>(pos + 8) == R_BLANK;
      if (!author || committer || !isWhole || !readIdent(pos + 10, stop, 1)) return false;
      committer = true;
    }
    pos = stop + 1;
  }
  if (!author || !committer) return false;
  remember(0);
  remember(1);
  store<u32>(record + 80, message);
  store<u32>(record + 84, isAscii(message, end) ? 1 : 0);
  return true;
}

/** An author's or a committer's line, `which` 0 or 1: see ident.ts. */
function readIdent(at: usize, end: usize, which: usize): bool {
  let open = at;
  while (open < end && load<u8>(open) != LESS) open++;
  let close = open + 1;
  while (close < end && load<u8>(close) != GREATER) close++;
  if (close >= end) return false;
  let pos = end - 1;
  while (load<u8>(pos) != GREATER) pos--;
  pos++;
  while (pos < end && isSpace(load<u8>(pos))) pos++;
  let first = pos;
  let time: u64 = 0;
  for (; pos < end && isDigit(load<u8>(pos)); pos++) time = time * 10 + (load<u8>(pos) - 0x30);
  if (pos == first || pos - first > MOST_DIGITS) return false;
  while (pos < end && isSpace(load<u8>(pos))) pos++;
  const sign: u32 = pos < end ? load<u8>(pos) : 0;
  if (sign != PLUS && sign != MINUS) return false;
  first = ++pos;
  let digits: i32 = 0;
  for (; pos < end && isDigit(load<u8>(pos)); pos++) digits = digits * 10 + (<i32>load<u8>(pos) - 0x30);
  if (pos == first || pos - first > 6) return false;
  const zone = ((digits / 100) * 60 + (digits % 100)) * 60;
  let nameEnd = open;
  while (nameEnd > at && isSpace(load<u8>(nameEnd - 1))) nameEnd--;
  store<f64>(record + 8 * which, <f64>time);
  store<i32>(record + 16 + 4 * which, sign == MINUS ? -zone : zone);
  store<i32>(record + 24 + 4 * which, person(at, close, which));
  const places = record + 32 + 16 * which;
  store<u32>(places, at);
  store<u32>(places, nameEnd, 4);
  store<u32>(places, open + 1, 8);
  store<u32>(places, close, 12);
  return true;
}

/**
 * The slot that remembers these bytes; its one's complement where it is to remember them from now on. The caller keeps
 * who is in a slot: so nothing is remembered of a commit that turns out to be unusual.
 */
function person(at: usize, end: usize, which: usize): i32 {
  const length = <u32>(end - at);
  if (length > SLOT - 4) return ~(<i32>SLOTS);
  let hash: u32 = 0x811c9dc5;
  for (let pos = at; pos < end; pos++) hash = (hash ^ load<u8>(pos)) * 0x01000193;
  const number: i32 = (hash ^ (hash >> 15)) & (SLOTS - 1);
  // The author is about to go there.
  if (which == 1 && load<i32>(record + 24) == ~number) return ~number;
  const slot = people + number * SLOT;
  if (load<u32>(slot) != length) return ~number;
  for (let i: u32 = 0; i < length; i++) if (load<u8>(slot + 4 + i) != load<u8>(at + i)) return ~number;
  return number;
}

/** Has a slot remember the author, `which` 0, or the committer, 1, where it does not yet. */
function remember(which: usize): void {
  const number = ~load<i32>(record + 24 + 4 * which);
  if (number < 0 || number >= <i32>SLOTS) return;
  const slot = people + number * SLOT;
  const at = load<u32>(record + 32 + 16 * which);
  const length = load<u32>(record + 32 + 16 * which, 12) - at;
  store<u32>(slot, length);
  memory.copy(slot + 4, at, length);
}

function isAscii(at: usize, end: usize): bool {
  for (; at + 16 <= end; at += 16) if (i8x16.bitmask(v128.load(at)) != 0) return false;
  for (; at < end; at++) if (load<u8>(at) >= 0x80) return false;
  return true;
}
