import { chmodSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { HealthError } from '../model/error.js';
import { makeFolder } from './folder.js';

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

/**
 * Writes a file and the folders it lies in: whole, or not at all. `onlyNew`: what exists already is an error. What is
 * there and no plain file (a terminal, a pipe) is written to as it is. `mode`: the file's permissions. HealthError not-writable or disk-full.
 */
export function writeWhole(file: string, text: string, options: { onlyNew?: boolean; mode?: number } = {}): void {
  const { onlyNew = false, mode } = options;
  try {
    makeFolder(dirname(file));
    const there = statSync(file, { throwIfNoEntry: false });
    if (there && (onlyNew || !there.isFile())) writeFileSync(file, text, { flag: onlyNew ? 'wx' : 'w' });
    else replace(there ? realpathSync(file) : file, text, mode);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const full = code === 'ENOSPC' || code === 'EDQUOT';
    const message = `${file} can't be written: ${REASONS[code] ?? code}`;
    throw new HealthError(full ? 'disk-full' : 'not-writable', message, { cause });
  }
}

function replace(file: string, text: string, mode: number | undefined): void {
  const partial = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(partial, text, mode === undefined ? {} : { mode });
    // Whatever the process's mask took away.
    if (mode !== undefined) chmodSync(partial, mode);
    renameSync(partial, file);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}
