import { gzipSync } from 'node:zlib';
import { trusted, type Html } from './html.js';

const LEVEL = 9;

/**
 * Data for the page's script, as gzip in base64: rows are most of a page, and a quarter of their size so. Nothing in
 * base64 can end the element it stands in.
 */
export function packedData(data: unknown): Html {
  return trusted(gzipSync(JSON.stringify(data), { level: LEVEL }).toString('base64'));
}
