import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseCatalogue, type Catalogue, type CatalogueFile } from '../metrics/catalogue.js';
import type { QueryInfo } from '../model/measurement.js';

const QUERIES = fileURLToPath(new URL('../../queries/', import.meta.url));

/** Reads the shipped queries and their chart specs. HealthError bad-query or bad-chart names the file at fault. */
export function loadCatalogue(folder: string = QUERIES): Catalogue {
  const files: CatalogueFile[] = [];
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!/\.(sql|vl\.json)$/.test(entry)) continue;
    const path = entry.replaceAll('\\', '/');
    files.push({ path, text: readFileSync(`${folder}/${path}`, 'utf8') });
  }
  return parseCatalogue(files);
}

export function listQueries(): QueryInfo[] {
  return loadCatalogue().queries;
}
