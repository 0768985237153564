import { readFileSync, realpathSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { isMissing } from './damage.js';

/** As deep as git follows alternates. */
const DEPTH = 6;

export interface ObjectFolders {
  /** The repository's own first, then those it borrows from (info/alternates). */
  folders: string[];
  /** Named as borrowed from, but not there. As git, one goes on without: all that is needed may lie elsewhere. */
  absent: string[];
}

function alternates(folder: string): string[] {
  let text: string;
  try {
    text = readFileSync(join(folder, 'info', 'alternates'), 'utf8');
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
  return text
    .split('\n')
    .map((line) => line.replace(/\r$/, ''))
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => (line.startsWith('"') && line.endsWith('"') ? line.slice(1, -1).replace(/\\(.)/g, '$1') : line))
    .map((line) => (isAbsolute(line) ? line : resolve(folder, line)));
}

/** The folders a repository's objects lie in. */
export function objectFolders(own: string): ObjectFolders {
  const folders = new Set<string>();
  const absent = new Set<string>();
  function visit(folder: string, depth: number): void {
    let real: string;
    try {
      real = realpathSync(folder);
    } catch (error) {
      if (!isMissing(error)) throw error;
      absent.add(folder);
      return;
    }
    if (folders.has(real) || depth > DEPTH) return;
    folders.add(real);
    for (const other of alternates(real)) visit(other, depth + 1);
  }
  visit(own, 0);
  return { folders: [...folders], absent: [...absent] };
}
