import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from '../files/folder.js';
import { errnoOf } from './transport-error.js';

/** The marks this process has handed out. */
const handedOut = new Set<string>();

/** A mark for the names of temporary files and folders: who makes them, and one of its kind. */
export function ownMark(): string {
  const mark = `${process.pid}-${randomBytes(4).toString('hex')}`;
  handedOut.add(mark);
  return mark;
}

/** Makes the folders of an empty bare repository at `path`. */
export function makeRepositoryFolders(path: string): void {
  for (const folder of ['objects/info', 'objects/pack', 'refs/heads', 'refs/tags']) makeFolder(join(path, folder));
}

/** Writes a file beside the old one and renames it into place: a reader sees the whole old or the whole new. */
export function replaceFile(file: string, content: string | Buffer): void {
  const temporary = `${file}.tmp-${ownMark()}`;
  try {
    const handle = openSync(temporary, 'wx');
    try {
      writeFileSync(handle, content);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** What `ownMark` makes, where this tool puts it into a name. */
const MARKED = /(?:\.incoming-|\.tmp-|^tmp_pack_)(\d+-[0-9a-f]{8})$/;

/** Removes the temporary files and folders, of names that start with `prefix`, of processes that are no more. */
export function removeLeftovers(folder: string, prefix = ''): void {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return;
  }
  for (const name of names) {
    const mark = name.startsWith(prefix) ? MARKED.exec(name)?.[1] : undefined;
    if (mark !== undefined && !isInUse(mark)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function isInUse(mark: string): boolean {
  const pid = Number.parseInt(mark, 10);
  // In a container every run may have the same id: then only the mark tells this process from a dead one.
  if (pid === process.pid) return handedOut.has(mark);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errnoOf(error) !== 'ESRCH';
  }
}

/** Makes a rename in this folder last through a power cut, where the system can. */
export function syncFolder(file: string): void {
  try {
    const handle = openSync(dirname(file), 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch {
    // Windows can't open a folder; the rename itself has happened.
  }
}
