import type { CommitRecord, Signature } from '../../model/record.js';
import { OID_BYTES, readHexOid } from '../objects/object-id.js';
import { decodeText } from '../text.js';
import { isDigit, isSpace, parseIdent } from './ident.js';

const NEWLINE = 0x0a;
const TREE = Buffer.from('tree ');
const PARENT = Buffer.from('parent ');
const AUTHOR = Buffer.from('author');
const COMMITTER = Buffer.from('committer');
const HEX = 2 * OID_BYTES;

function startsWith(bytes: Uint8Array, at: number, end: number, word: Uint8Array): boolean {
  if (at + word.length > end) return false;
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word[i]) return false;
  return true;
}

function lineEnd(bytes: Buffer, at: number, end: number): number {
  const found = bytes.indexOf(NEWLINE, at);
  return found < 0 || found > end ? end : found;
}

/**
 * Calls back with the ids a commit begins with: its tree's first (`parent` is -1), then each parent's (0, 1, …). `oid` is
 * used again for the next. Returns where the other headers begin, or -1 when it doesn't begin as a commit must.
 */
export function commitLinks(
  bytes: Buffer,
  start: number,
  end: number,
  link: (oid: Uint8Array, parent: number) => void,
): number {
  const oid = new Uint8Array(OID_BYTES);
  let pos = start;
  for (let parent = -1; ; parent++) {
    const word = parent < 0 ? TREE : PARENT;
    if (!startsWith(bytes, pos, end, word)) return parent < 0 ? -1 : pos;
    const after = pos + word.length + HEX;
    if (after >= end || bytes[after] !== NEWLINE || !readHexOid(bytes, pos + word.length, oid)) return -1;
    link(oid, parent);
    pos = after + 1;
  }
}

/** Where the headers behind the tree and the parents begin, in a commit that `commitLinks` read before. */
export function afterLinks(bytes: Buffer, start: number, end: number): number {
  let pos = start + TREE.length + HEX + 1;
  while (startsWith(bytes, pos, end, PARENT)) pos += PARENT.length + HEX + 1;
  return pos;
}

/**
 * The committer's seconds as git's walk orders by them. It looks for them in the second line after the parents, behind
 * the first `>`, and takes 0 where it finds none. `at`: where the author's line begins.
 */
export function commitTime(bytes: Buffer, at: number, end: number): number {
  if (!startsWith(bytes, at, end, AUTHOR)) return 0;
  const second = lineEnd(bytes, at, end) + 1;
  if (!startsWith(bytes, second, end, COMMITTER)) return 0;
  const stop = lineEnd(bytes, second, end);
  const mail = bytes.indexOf(0x3e, second);
  if (mail < 0 || mail >= stop || stop === end) return 0;
  let pos = mail + 1;
  while (pos < stop && isSpace(bytes[pos])) pos++;
  const sign = bytes[pos];
  if (sign === 0x2b || sign === 0x2d) pos++;
  let time = 0;
  for (; pos < stop && isDigit(bytes[pos]); pos++) time = time * 10 + (bytes[pos] - 0x30);
  // Git reads into 64 bits without a sign: too much is their maximum, less than nothing wraps around.
  time = Math.min(time, 2 ** 64);
  return sign === 0x2d && time > 0 ? 2 ** 64 - time : time;
}

interface Headers {
  author: [number, number] | null;
  committer: [number, number] | null;
  encoding: string;
  /** Where the message begins. */
  message: number;
}

/** Reads the headers from `at` on. Continuation lines (of gpgsig, mergetag) begin with a blank, so no name matches them. */
function readHeaders(bytes: Buffer, at: number, end: number): Headers {
  const headers: Headers = { author: null, committer: null, encoding: '', message: end };
  for (let pos = at; pos < end;) {
    const stop = lineEnd(bytes, pos, end);
    if (stop === pos) {
      headers.message = pos + 1;
      break;
    }
    const blank = bytes.indexOf(0x20, pos);
    const name = blank < 0 || blank - pos > 9 ? '' : bytes.toString('latin1', pos, Math.min(blank, stop));
    if (name === 'author') headers.author ??= [blank + 1, stop];
    else if (name === 'committer') headers.committer ??= [blank + 1, stop];
    else if (name === 'encoding' && headers.encoding === '')
      headers.encoding = bytes.toString('latin1', blank + 1, stop);
    pos = stop + 1;
  }
  return headers;
}

/**
 * A commit object as a record. `afterLinks`: where its headers go on behind the tree and the parents. `parents` are
 * passed in, since a graft may say otherwise than the object.
 */
export function parseCommit(
  bytes: Buffer,
  afterLinks: number,
  end: number,
  rev: string,
  parents: readonly string[],
): CommitRecord {
  const { author, committer, encoding, message } = readHeaders(bytes, afterLinks, end);
  const signature = (place: [number, number] | null): Signature =>
    place === null ? { name: '', email: '', time: 0, zone: 0 } : parseIdent(bytes, place[0], place[1], encoding);
  return {
    rev,
    parents: [...parents],
    author: signature(author),
    committer: signature(committer),
    message: message < end ? decodeText(bytes, message, end, encoding) : '',
  };
}
