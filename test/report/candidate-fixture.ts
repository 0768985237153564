import type { Candidate, Fact, FactSource, SupportOffer } from '../../src/model/candidate.js';

export const SOURCE: FactSource = { title: 'A made-up page', url: 'https://example.invalid/page', date: '2014-11-02' };

export function fact<T>(value: T | null, note: string | null = null): Fact<T> {
  return { value, sources: value === null ? [] : [SOURCE], note };
}

export function candidate(id: string, layer: string, extra: Partial<Candidate> = {}): Candidate {
  return {
    id,
    name: id.charAt(0).toUpperCase() + id.slice(1),
    layers: [layer],
    kind: 'free',
    aliases: [],
    thesis: 'table 3.1',
    description: fact(`${id} does what a component of this layer does.`),
    company: fact('Example & Sons'),
    licence: fact('GPL-2.0-only'),
    website: fact(`https://example.invalid/${id}`),
    repository: fact({ url: `https://example.invalid/${id}.git`, holds: null }),
    platforms: fact(['linux']),
    support: fact<SupportOffer[]>(null, 'looked for on its pages'),
    capabilities: { quorum: fact(true), 'join-fast': fact<boolean>(null) },
    ...extra,
  };
}
