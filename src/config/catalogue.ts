import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CandidateCatalogue } from '../model/candidate.js';
import { catalogueProblems, Complaints, type KnownThings, type Sources } from './candidate-rules.js';
import { catalogueSchema, type CatalogueText } from './candidate-schema.js';
import { toCandidate } from './candidate.js';
import { loadDocument } from './document.js';

const FOLDER = new URL('../../data/catalogue/', import.meta.url);
/** The file that must be read first: the others speak of its layers, capabilities and sources. */
const FIRST = 'layers.yaml';

/** A catalogue together with what a further file may refer to, and the texts its hash is made of. */
export interface OpenCatalogue extends KnownThings {
  hashed: string[];
}

/** The catalogue with what one more file adds. An entry of an id that is there adds to that entry. */
export function extend(known: OpenCatalogue, text: CatalogueText, bytes: string): OpenCatalogue {
  const { catalogue } = known;
  const own: Sources = Object.fromEntries(
    Object.entries(text.sources ?? {}).map(([id, { title, url, date }]) => [
      id,
      { title: title.trim(), url: url ?? null, date },
    ]),
  );
  const sources = { ...known.sources, ...own };
  const candidates = new Map(catalogue.candidates.map((candidate) => [candidate.id, candidate]));
  for (const candidate of text.candidates ?? []) {
    candidates.set(candidate.id, toCandidate(candidate, sources, candidates.get(candidate.id)));
  }
  const hashed = [...known.hashed, bytes];
  const hash = createHash('sha256');
  for (const one of hashed) hash.update(createHash('sha256').update(one).digest());
  return {
    sources,
    hashed,
    catalogue: {
      layers: byId([...catalogue.layers, ...(text.layers ?? [])]),
      capabilities: byId([...catalogue.capabilities, ...(text.capabilities ?? [])]),
      candidates: [...candidates.values()],
      sha256: hash.digest('hex'),
    },
  };
}

/** Of several of one id the last, in the place of the first. */
function byId<T extends { id: string }>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}

const NOTHING: OpenCatalogue = {
  sources: {},
  hashed: [],
  catalogue: { layers: [], capabilities: [], candidates: [], sha256: '' },
};

let shipped: OpenCatalogue | null = null;

/** The catalogue that ships with this program, read once. HealthError bad-config, were one of its files damaged. */
export function shippedCatalogue(): OpenCatalogue {
  shipped ??= readShipped();
  return shipped;
}

function readShipped(): OpenCatalogue {
  const files = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.yaml') && name !== FIRST)
    .sort();
  return [FIRST, ...files].reduce((known, name) => {
    const file = fileURLToPath(new URL(name, FOLDER));
    const text = loadDocument(file, process.cwd(), catalogueSchema, [
      (yaml, data) => {
        const complaints = new Complaints(yaml);
        if (data !== null) catalogueProblems(complaints, data, known);
        return complaints.problems;
      },
    ]);
    // A source of one file means nothing in the next, so that each can be read by itself.
    const next = extend(known, text, readFileSync(file, 'utf8'));
    return name === FIRST ? next : { ...next, sources: known.sources };
  }, NOTHING);
}

/** A candidate by its id or one of its aliases. */
export function findCandidate(catalogue: CandidateCatalogue, name: string): CandidateCatalogue['candidates'][0] | null {
  const { candidates } = catalogue;
  return candidates.find(({ id }) => id === name) ?? candidates.find(({ aliases }) => aliases.includes(name)) ?? null;
}

/** What a candidate may be called. */
export function candidateNames(catalogue: CandidateCatalogue): string[] {
  return catalogue.candidates.flatMap(({ id, aliases }) => [id, ...aliases]);
}
