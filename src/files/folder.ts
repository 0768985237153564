import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder with those above it, where they are missing. Not mkdir's own `recursive`: where nothing can be made
 * (/proc), Node 20 tries for ever, and a read-only disk it calls ENOENT.
 */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const above = dirname(path);
    if (code === 'ENOENT' && above !== path && !isFolder(above)) {
      makeFolder(above);
      makeFolder(path);
    } else if (!isFolder(path)) {
      throw error;
    }
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
