import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseCatalogue, type Catalogue, type CatalogueFile } from '../../src/metrics/catalogue.js';

const QUERIES = fileURLToPath(new URL('../../queries/', import.meta.url));

/** Every file under queries/, as the program reads them. */
function shippedFiles(): CatalogueFile[] {
  return readdirSync(QUERIES, { withFileTypes: true })
    .filter((theme) => theme.isDirectory())
    .flatMap((theme) => readdirSync(join(QUERIES, theme.name)).map((name) => `${theme.name}/${name}`))
    .map((path) => ({ path, text: readFileSync(join(QUERIES, path), 'utf8') }));
}

export function shippedCatalogue(): Catalogue {
  return parseCatalogue(shippedFiles());
}
