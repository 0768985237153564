import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { HealthError } from '../model/error.js';

// Far above any study; YAML parsers get slow on hostile input long before memory is short.
const LARGEST = 256 * 1024;

const REASONS: Record<string, string> = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file',
  EACCES: 'may not be read',
  EPERM: 'may not be read',
  ELOOP: 'is a symbolic link that goes round in circles',
  EISDIR: 'is a folder',
};

function refuse(name: string, reason: string, cause?: unknown): never {
  throw new HealthError('bad-config', `${name}: ${reason}`, { cause });
}

// Never more than the limit, whatever is behind the name: a device or a pipe has no size.
function readBounded(handle: number, most: number): Buffer {
  const bytes = Buffer.alloc(most + 1);
  let length = 0;
  for (;;) {
    const read = readSync(handle, bytes, length, bytes.length - length, null);
    length += read;
    if (read === 0 || length === bytes.length) return bytes.subarray(0, length);
  }
}

/**
 * The text of a configuration file of at most `most` bytes, `name` being what messages call it. Throws HealthError bad-config: missing,
 * unreadable, too large, not UTF-8.
 */
export function readText(file: string, name: string, most = LARGEST): string {
  let bytes: Buffer;
  try {
    const handle = openSync(file, 'r');
    try {
      if (fstatSync(handle).isDirectory()) refuse(name, 'is a folder, not a file');
      bytes = readBounded(handle, most);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    if (error instanceof HealthError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    refuse(name, REASONS[code] ?? `can't be read (${code})`, error);
  }
  if (bytes.length > most) refuse(name, `is larger than ${most / 1024} KB`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    refuse(name, 'is not UTF-8 text');
  }
}
