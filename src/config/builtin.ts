import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = new URL('../../data/studies/', import.meta.url);
const SELECTIONS = new URL('../../data/selections/', import.meta.url);
const END = '.yaml';

function path(id: string): string {
  return fileURLToPath(new URL(`${id}${END}`, FOLDER));
}

// The folder also holds the totals of the demo's replica, which published nothing.
function published(id: string): boolean {
  return /^published:/m.test(readFileSync(path(id), 'utf8'));
}

/** Ids of the published studies this program brings along (data/studies), sorted. */
export function builtinStudies(): string[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(END))
    .map((name) => name.slice(0, -END.length))
    .filter(published)
    .sort();
}

/** The file of such a study; null when there is none of that id. */
export function builtinStudyFile(id: string): string | null {
  return builtinStudies().includes(id) ? path(id) : null;
}

/** The selection that goes with such a study (data/selections); null when there is none. */
export function builtinSelectionFile(id: string): string | null {
  if (!builtinStudies().includes(id)) return null;
  const file = fileURLToPath(new URL(`${id}${END}`, SELECTIONS));
  return existsSync(file) ? file : null;
}
