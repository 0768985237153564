import { readdirSync, statSync } from 'node:fs';
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

/** Larger indexes are not kept in the kernel's memory. */
const LARGEST = 256 << 20;

/** What the packs of some folders take, in bytes. */
export interface PackSizes {
  /** The pack with the largest index; null: none. */
  largest: { path: string; indexBytes: number; packBytes: number } | null;
  /** All packs but that one. */
  others: number;
  bytes: number;
  /** Of all indexes. */
  indexBytes: number;
}

export function packSizes(folders: readonly string[]): PackSizes {
  let largest: PackSizes['largest'] = null;
  let bytes = 0;
  let allIndexBytes = 0;
  for (const path of folders.flatMap((folder) => packPaths(folder).indexed)) {
    const [indexBytes, packBytes] = [sizeOf(`${path}.idx`), sizeOf(`${path}.pack`)];
    bytes += packBytes;
    allIndexBytes += indexBytes;
    if (indexBytes > (largest?.indexBytes ?? 0) && indexBytes <= LARGEST) largest = { path, indexBytes, packBytes };
  }
  return { largest, others: bytes - (largest?.packBytes ?? 0), bytes, indexBytes: allIndexBytes };
}

/** 0 where there is none. */
function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
