import type { Candidate, Fact, FactSource } from '../model/candidate.js';
import type { Sources } from './candidate-rules.js';
import type { CandidateText, CapabilityGroup } from './candidate-schema.js';
import type { FactText, SourceRef } from './fact.js';

const UNKNOWN = { value: null, sources: [], note: null };

function found(refs: readonly SourceRef[], sources: Sources): FactSource[] {
  return refs.flatMap((ref) => (typeof ref === 'string' ? (sources[ref] ?? []) : ref));
}

/**
 * A candidate as the program uses it. `shipped`: the entry of the same id it adds to; what the text says takes the place
 * of what that one says, a capability at a time, and the rest stays.
 */
export function toCandidate(text: CandidateText, sources: Sources, shipped: Candidate | undefined): Candidate {
  const own = found(text.from ?? [], sources);
  const sourced = (refs: readonly SourceRef[]): FactSource[] => (refs.length > 0 ? found(refs, sources) : own);
  function fact<T>(said: FactText<T> | undefined, before: Fact<T> | undefined): Fact<T> {
    if (said === undefined) return before ?? UNKNOWN;
    // Where nothing was found, the candidate's own source says nothing about it.
    const from = said.value === null && said.from.length === 0 ? [] : sourced(said.from);
    return { value: said.value, sources: from, note: said.note };
  }
  const capabilities: Record<string, Fact<boolean>> = {};
  const add = (groups: readonly CapabilityGroup[], value: boolean): void => {
    for (const group of groups) {
      for (const id of group.capabilities) {
        const before = capabilities[id]?.sources ?? [];
        capabilities[id] = { value, sources: [...before, ...sourced(group.from)], note: null };
      }
    }
  };
  add(text.has ?? [], true);
  add(text.lacks ?? [], false);
  for (const [id, note] of Object.entries(text.unclear ?? {})) {
    capabilities[id] = { value: null, sources: [], note: note.trim() };
  }
  return {
    id: text.id,
    name: text.name?.trim() ?? shipped?.name ?? text.id,
    layers: text.layers ?? shipped?.layers ?? [],
    kind: text.kind ?? shipped?.kind ?? 'free',
    aliases: text.aliases ?? shipped?.aliases ?? [],
    thesis: text.thesis?.trim() ?? shipped?.thesis ?? null,
    description: fact(text.description, shipped?.description),
    company: fact(text.company, shipped?.company),
    licence: fact(text.licence, shipped?.licence),
    website: fact(text.website, shipped?.website),
    repository: fact(text.repository, shipped?.repository),
    platforms: fact(text.platforms, shipped?.platforms),
    support: fact(text.support, shipped?.support),
    capabilities: { ...shipped?.capabilities, ...capabilities },
  };
}
