import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';

const fallback = new TextDecoder('iso-8859-15', { ignoreBOM: true });
const decoders = new Map<string, TextDecoder | null>();

/** Real ISO-8859-1, not the windows-1252 that TextDecoder makes of it. */
const LATIN1 = /^(iso[-_]?8859[-_]?1|latin[-_]?1|l1)$/;
const UTF8 = /^utf[-_]?8$/;

function decoder(encoding: string): TextDecoder | null {
  let found = decoders.get(encoding);
  if (found === undefined) {
    try {
      found = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
    } catch {
      found = null;
    }
    decoders.set(encoding, found);
  }
  return found;
}

/**
 * Text as people meant it: in the encoding the commit names, where that is known and the bytes obey it; else UTF-8; else
 * ISO-8859-15, in which every byte is a character.
 */
export function decodeText(bytes: Buffer, start: number, end: number, encoding = ''): string {
  const label = encoding.trim().toLowerCase();
  if (label !== '' && !UTF8.test(label)) {
    if (LATIN1.test(label)) return bytes.toString('latin1', start, end);
    try {
      const text = decoder(label)?.decode(bytes.subarray(start, end));
      if (text !== undefined) return text;
    } catch {
      // Not what its header says: go on as if it said nothing.
    }
  }
  let i = start;
  while (i < end && bytes[i] < 0x80) i++;
  if (i >= end) return bytes.toString('latin1', start, end);
  const part = bytes.subarray(start, end);
  return isUtf8(part) ? part.toString('utf8') : fallback.decode(part);
}
