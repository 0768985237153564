import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { HealthError } from '../model/error.js';

/** What systems say when something can't be written; the rest keeps its code. */
const REASONS: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the disk is read-only',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EISDIR: 'that is a folder',
  ENOTDIR: 'a part of that path is no folder',
  ENOENT: 'no such folder',
  EEXIST: 'that exists already',
};

// Not mkdir's own `recursive`: where nothing can be made (/proc), Node 20 tries for ever.
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

/** Writes a file and the folders it lies in. HealthError not-writable or disk-full. */
export function writeOut(file: string, text: string, flag: 'w' | 'wx' = 'w'): void {
  try {
    makeFolder(dirname(file));
    writeFileSync(file, text, { flag });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const full = code === 'ENOSPC' || code === 'EDQUOT';
    const message = `${file} can't be written: ${REASONS[code] ?? code}`;
    throw new HealthError(full ? 'disk-full' : 'not-writable', message, { cause });
  }
}
