import { isFile, nameText, oidText } from '../trees/tree-entry.js';
import { type Destination, pair, type Pairing, type Source } from './pairing.js';

/** Git looks at no more sources with the very same content. */
const MOST_ALIKE = 100;

/**
 * Pairs what has the same content, as git does before it compares any: see find_identical_files of diffcore-rename.
 * `copies`: whether a source can be used again.
 */
export function pairExact({ sources, destinations }: Pairing, copies = true): void {
  const byOid = new Map<string, Source[]>();
  for (const source of backwards(sources.length) ? sources.toReversed() : sources) {
    const oid = oidText(source.entry);
    const alike = byOid.get(oid);
    if (alike === undefined) byOid.set(oid, [source]);
    else alike.push(source);
  }
  for (const destination of destinations) {
    const alike = byOid.get(oidText(destination.entry));
    const source = alike === undefined ? null : best(destination, alike, copies);
    if (source !== null) pair(destination, source);
  }
}

/** A source not used yet counts, and a name that stayed; the first of those with most wins. */
function best({ entry }: Destination, alike: readonly Source[], copies: boolean): Source | null {
  const name = nameText(entry);
  const file = isFile(entry);
  let found: Source | null = null;
  let most = -1;
  let looked = 0;
  for (const source of alike) {
    if (!(file && isFile(source.entry)) && source.entry.mode !== entry.mode) continue;
    if (!copies && source.uses > 0) continue;
    const score = (source.uses === 0 ? 1 : 0) + (nameText(source.entry) === name ? 1 : 0);
    if (score > most) {
      found = source;
      most = score;
      if (score === 2) break;
    }
    if (++looked === MOST_ALIKE) break;
  }
  return found;
}

/**
 * Git keeps the sources in a hash table made large enough for them, filled so that it gives them back in their order.
 * For some counts its estimate falls one short: the table grows while it is filled, which turns the order around.
 */
function backwards(sources: number): boolean {
  let size = 64;
  while (Math.floor((sources * 100) / 80) > size) size *= 4;
  return sources > Math.floor((size * 80) / 100);
}
