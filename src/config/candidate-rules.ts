import type { CandidateCatalogue, FactSource } from '../model/candidate.js';
import { FACTS, type CandidateText, type CatalogueText } from './candidate-schema.js';
import type { SourceRef } from './fact.js';
import { pathText, type Problem } from './problem.js';
import { instead } from './unknown-word.js';
import type { YamlText } from './yaml.js';

export type Sources = Record<string, FactSource>;

/** What a file's entries may refer to, besides what the file itself holds. */
export interface KnownThings {
  catalogue: CandidateCatalogue;
  sources: Sources;
}

type Path = readonly PropertyKey[];

/** Collects problems at their places. */
export class Complaints {
  readonly problems: Problem[] = [];
  readonly #yaml: YamlText;

  constructor(yaml: YamlText) {
    this.#yaml = yaml;
  }

  say(path: Path, message: string, key?: string): void {
    this.problems.push({ ...this.#yaml.locate(path, key), path: pathText(path), message });
  }

  /** Says so where a word isn't among those known. */
  expect(path: Path, what: string, word: string, known: readonly string[], key?: string): void {
    if (!known.includes(word)) this.say(path, `no ${what} is called '${word}'; ${instead(word, known)}`, key);
  }
}

function twice(complaints: Complaints, list: readonly { id: string }[] | undefined, at: string): void {
  const seen = new Set<string>();
  list?.forEach(({ id }, i) => {
    if (seen.has(id)) complaints.say([at, i, 'id'], `'${id}' is there already`);
    seen.add(id);
  });
}

function checkCapabilities(
  complaints: Complaints,
  candidate: CandidateText,
  at: Path,
  { capabilities, sources }: { capabilities: readonly string[]; sources: readonly string[] },
): void {
  const said = new Map<string, string>();
  const once = (id: string, key: string, path: Path, inner?: string): void => {
    complaints.expect(path, 'capability', id, capabilities, inner);
    const before = said.get(id) ?? key;
    if (before !== key) complaints.say(path, `'${id}' is under ${before} already`, inner);
    said.set(id, before);
  };
  for (const key of ['has', 'lacks'] as const) {
    for (const group of candidate[key] ?? []) {
      const path = [...at, key, ...group.path];
      const [id] = group.from;
      if (typeof id === 'string') complaints.expect([...at, key], 'source', id, sources, id);
      if (id === undefined && candidate.from === undefined) complaints.say(path, NO_SOURCE);
      group.capabilities.forEach((capability, i) => once(capability, key, [...path, i]));
    }
  }
  for (const id of Object.keys(candidate.unclear ?? {})) once(id, 'unclear', [...at, 'unclear'], id);
}

const NO_SOURCE = "says not where it comes from; add 'from', here or for the whole candidate";

function checkSources(complaints: Complaints, refs: readonly SourceRef[], path: Path, known: readonly string[]): void {
  refs.forEach((ref, i) => {
    if (typeof ref === 'string') complaints.expect(refs.length > 1 ? [...path, i] : path, 'source', ref, known);
  });
}

/** What the schema can't see: layers, capabilities, sources that aren't there, facts without a source, ids used twice. */
export function catalogueProblems(complaints: Complaints, text: CatalogueText, known: KnownThings): void {
  const { catalogue } = known;
  const layers = [...catalogue.layers, ...(text.layers ?? [])].map(({ id }) => id);
  const capabilities = [...catalogue.capabilities, ...(text.capabilities ?? [])].map(({ id }) => id);
  const sources = [...Object.keys(text.sources ?? {}), ...Object.keys(known.sources)];
  twice(complaints, text.layers, 'layers');
  twice(complaints, text.capabilities, 'capabilities');
  twice(complaints, text.candidates, 'candidates');
  text.candidates?.forEach((candidate, i) => {
    const at = ['candidates', i];
    const shipped = catalogue.candidates.some(({ id }) => id === candidate.id);
    for (const key of ['name', 'layers'] as const) {
      if (candidate[key] === undefined && !shipped) {
        complaints.say([...at, 'id'], `'${candidate.id}' is in no catalogue, so it needs ${key} too`);
      }
    }
    candidate.layers?.forEach((layer, j) => complaints.expect([...at, 'layers', j], 'layer', layer, layers));
    checkSources(complaints, candidate.from ?? [], [...at, 'from'], sources);
    for (const key of FACTS) {
      const fact = candidate[key];
      if (fact === undefined) continue;
      checkSources(complaints, fact.from, [...at, key, 'from'], sources);
      if (fact.value !== null && fact.from.length === 0 && candidate.from === undefined) {
        complaints.say([...at, key], NO_SOURCE);
      }
    }
    checkCapabilities(complaints, candidate, at, { capabilities, sources });
  });
}
