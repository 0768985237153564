import { stringify } from 'yaml';
import type { Candidate } from '../model/candidate.js';

function comment(text: string): string {
  return `    # ${text.replace(/\s+/g, ' ').trim()}`;
}

/** A health.yaml of the candidates that can be collected; null where none can. The text is not made safe for a terminal. */
export function candidateStudy(name: string, candidates: readonly Candidate[], layer: string | null): string | null {
  const entries = candidates.flatMap(({ id, layers, repository }) => {
    if (repository.value === null) return [];
    const { url, holds } = repository.value;
    const fields = stringify({ name: id, url, layer: layer ?? layers[0] }, { lineWidth: 0 })
      .trimEnd()
      .split('\n');
    const text = fields.map((field, i) => `${i === 0 ? '  - ' : '    '}${field}`);
    return [[...text, ...(holds === null ? [] : [comment(`It holds ${holds}.`)])].join('\n')];
  });
  if (entries.length === 0) return null;
  return `${stringify({ study: name })}\nprojects:\n${entries.join('\n')}\n`;
}
