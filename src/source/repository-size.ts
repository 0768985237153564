import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { objectFolders } from './objects/object-folders.js';
import { openRepository } from './repository.js';

/** A pack's index has a header, a table and checksums, and so much for each object (gitformat-pack). */
const FIXED = 8 + 256 * 4 + 2 * 20;
const ENTRY = 28;

/** About how many objects the packs of a repository hold, by the sizes of their indexes; 0 where that can't be told. */
export function packedObjects(path: string): number {
  try {
    const { common } = openRepository(path, { allowShallow: true });
    const sizes = objectFolders(join(common, 'objects')).folders.flatMap(indexSizes);
    return sizes.reduce((sum, size) => sum + Math.max(0, Math.floor((size - FIXED) / ENTRY)), 0);
  } catch {
    // Whoever reads it says what is wrong.
    return 0;
  }
}

function indexSizes(objects: string): number[] {
  const folder = join(objects, 'pack');
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.idx'));
  return names.map((name) => statSync(join(folder, name)).size);
}
