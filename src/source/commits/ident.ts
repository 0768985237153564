import type { Signature } from '../../model/record.js';
import { decodeText } from '../text.js';

const LESS = 0x3c;
const GREATER = 0x3e;
const MAX_TIME = 2 ** 63;
const MAX_ZONE = 2 ** 31 - 1;

export function isSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

export function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** Seconds east of UTC of a zone's digits: the last two are minutes, all before them hours, as git counts. */
function zoneSeconds(digits: number, west: boolean): number {
  if (digits >= MAX_ZONE || digits === 0) return 0;
  const minutes = Math.floor(digits / 100) * 60 + (digits % 100);
  return (west ? -minutes : minutes) * 60;
}

/** Moment and zone behind the last `>`; zeros where they are missing, malformed or out of any range. */
function moment(bytes: Buffer, from: number, end: number): { time: number; zone: number } {
  const none = { time: 0, zone: 0 };
  let pos = from;
  const number = (): number => {
    let value = 0;
    while (pos < end && isDigit(bytes[pos])) value = value * 10 + (bytes[pos++] - 0x30);
    return value;
  };
  const blanks = (): void => {
    while (pos < end && isSpace(bytes[pos])) pos++;
  };
  blanks();
  if (pos >= end || !isDigit(bytes[pos])) return none;
  const time = number();
  blanks();
  const sign = bytes[pos];
  if (pos >= end || (sign !== 0x2b && sign !== 0x2d)) return none;
  pos++;
  if (pos >= end || !isDigit(bytes[pos])) return none;
  return time >= MAX_TIME ? none : { time, zone: zoneSeconds(number(), sign === 0x2d) };
}

/** Names and addresses met last, by their bytes and encoding: a history has many commits by few people. */
const known = new Map<string, { name: string; email: string }>();
const MOST_KNOWN = 4096;

/**
 * Reads the `Name <address> seconds zone` of an author or committer line the way git does (its split_ident_line): the
 * address ends at the first `>`, the date begins after the last, and a line without brackets is all name.
 */
export function parseIdent(bytes: Buffer, start: number, end: number, encoding: string): Signature {
  const text = (from: number, to: number): string => decodeText(bytes, from, Math.max(from, to), encoding);
  let open = start;
  while (open < end && bytes[open] !== LESS) open++;
  let close = open + 1;
  while (close < end && bytes[close] !== GREATER) close++;
  if (close >= end) return { name: text(start, end).trim(), email: '', time: 0, zone: 0 };
  let last = end - 1;
  while (bytes[last] !== GREATER) last--;
  const key = `${encoding}\0${bytes.toString('latin1', start, close + 1)}`;
  let person = known.get(key);
  if (person === undefined) {
    let nameEnd = open;
    while (nameEnd > start && isSpace(bytes[nameEnd - 1])) nameEnd--;
    person = { name: text(start, nameEnd), email: text(open + 1, close) };
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, person);
  }
  const { time, zone } = moment(bytes, last + 1, end);
  return { name: person.name, email: person.email, time, zone };
}
