import { readFileSync, statSync, type Stats } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { HealthError } from '../model/error.js';
import { errnoOf } from './transport-error.js';

/**
 * The git directory behind a local path: the path itself (bare), its `.git`, or where a `.git` file points
 * (submodules; for a linked work tree the repository it belongs to). `shown` is what messages call it.
 */
export function localRepository(path: string, shown: string): string {
  const found = status(path, shown);
  if (!found) {
    throw new HealthError('not-found', `${shown}: there is no such folder`, {
      hint: 'Paths in a configuration are taken from the folder the configuration is in.',
    });
  }
  if (!found.isDirectory()) {
    throw new HealthError('no-repository', `${shown} is a file, not a git repository`, {
      hint: 'Give the folder of a repository; of a bundle, clone it first: git clone FILE.bundle FOLDER',
    });
  }
  const inner = join(path, '.git');
  const entry = status(inner, shown);
  const directory = entry?.isFile() ? behindFile(inner, shown) : entry ? inner : path;
  const common = commonDirectory(directory);
  if (isGitDirectory(common, shown)) return common;
  throw new HealthError('no-repository', `${shown} is not a git repository`, {
    hint: 'Give the top folder of a clone (the one that holds .git), or a bare repository.',
  });
}

/** As git decides it: HEAD, an objects folder and a refs folder. */
export function isGitDirectory(path: string, shown: string): boolean {
  return (
    status(join(path, 'HEAD'), shown) !== null &&
    status(join(path, 'objects'), shown)?.isDirectory() === true &&
    status(join(path, 'refs'), shown)?.isDirectory() === true
  );
}

function status(path: string, shown: string): Stats | null {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch (cause) {
    const code = errnoOf(cause);
    if (code === 'ENOTDIR') return null;
    const denied = code === 'EACCES' || code === 'EPERM';
    throw new HealthError(
      'no-repository',
      denied ? `${shown} can't be read: permission denied` : `${shown} can't be read (${code ?? 'unknown error'})`,
      denied ? { hint: 'Run as a user who may read it, or make it readable.', cause } : { cause },
    );
  }
}

function behindFile(file: string, shown: string): string {
  const target = /^gitdir: ([^\n\r]+)/.exec(readText(file))?.[1];
  if (target === undefined) {
    throw new HealthError('no-repository', `${shown}: its .git file doesn't say where the repository is`);
  }
  return resolve(dirname(file), target);
}

function commonDirectory(directory: string): string {
  const common = readText(join(directory, 'commondir')).trim();
  return common === '' ? directory : resolve(directory, common);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
