import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isMissing } from './damage.js';

/**
 * The packs of an objects folder: with an index, without ending and in a fixed order; and without one. As git itself, a
 * pack needs its own index, whether there is a multi-pack-index or not.
 */
export function packPaths(folder: string): { indexed: string[]; unindexed: string[] } {
  const dir = join(folder, 'pack');
  let names: string[];
  try {
    names = readdirSync(dir);
  } catch (error) {
    if (isMissing(error)) return { indexed: [], unindexed: [] };
    throw error;
  }
  const present = new Set(names);
  const packs = names.filter((name) => name.endsWith('.pack')).sort();
  const hasIndex = (name: string): boolean => present.has(name.replace(/pack$/, 'idx'));
  return {
    indexed: packs.filter(hasIndex).map((name) => join(dir, name.slice(0, -5))),
    // Others are git's own, half made.
    unindexed: packs.filter((name) => name.startsWith('pack-') && !hasIndex(name)),
  };
}
