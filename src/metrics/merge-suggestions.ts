import { createHash } from 'node:crypto';
import type { Confidence, MergeEffect, MergeSuggestion, ProjectPeople } from '../model/people.js';
import { absenceFactor } from '../model/absence.js';
import { likenesses } from './likeness.js';
import { pairKey, personNodes, type PersonNode } from './person-nodes.js';

const RANK: Record<Confidence, number> = { low: 0, medium: 1, high: 2 };

interface Draft {
  into: PersonNode;
  alias: PersonNode;
  confidence: Confidence;
  reasons: Set<string>;
}

/**
 * People who may be one, the surest and those with most commits first; at most one suggestion for whoever would become
 * an alias. Bots and web-merge accounts are left alone, and so are two people who both have entries in the identity file.
 *
 * @param projects people as the mailmap and the identity file tell them so far
 * @param entries people of the identity file
 */
export function suggestMerges(
  projects: readonly ProjectPeople[],
  entries: readonly { name: string; email: string }[],
): MergeSuggestion[] {
  const people = personNodes(projects, entries).filter(({ bot }) => bot === null);
  const drafts = new Map<string, Draft>();
  for (const { people: group, reason, confidence, refines } of likenesses(people)) {
    const [into, ...others] = group.toSorted(foremost);
    for (const alias of others) {
      if (alias.isEntry) continue;
      const key = `${pairKey(into!)}${pairKey(alias)}`;
      const draft = drafts.get(key) ?? { into: into!, alias, confidence, reasons: new Set() };
      drafts.set(key, draft);
      if (refines !== undefined) draft.reasons.delete(refines);
      draft.reasons.add(reason);
      draft.confidence = RANK[confidence] > RANK[draft.confidence] ? confidence : draft.confidence;
    }
  }
  for (const draft of drafts.values())
    if (draft.reasons.size > 1 && draft.confidence === 'medium') draft.confidence = 'high';
  return strongest([...drafts.values()]).map(({ into, alias, confidence, reasons }) => ({
    id: suggestionId(into, alias),
    into: { name: into.name, email: into.email },
    alias: { name: alias.name, email: alias.email },
    confidence,
    reasons: [...reasons],
    effects: projects.flatMap((project) => effect(project, into, alias) ?? []),
  }));
}

/** Of the two people's names and addresses, hexadecimal. */
export function suggestionId(into: { name: string; email: string }, alias: { name: string; email: string }): string {
  const text = JSON.stringify([into.name, into.email, alias.name, alias.email]);
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

function hasFullName({ name }: PersonNode): boolean {
  return /\S\s+\S/.test(name);
}

/** Who stays: people of the identity file, then those with a full name, then those with more commits. */
function foremost(a: PersonNode, b: PersonNode): number {
  return (
    Number(b.isEntry) - Number(a.isEntry) ||
    Number(hasFullName(b)) - Number(hasFullName(a)) ||
    b.commits - a.commits ||
    (pairKey(a) < pairKey(b) ? -1 : 1)
  );
}

function strongest(drafts: Draft[]): Draft[] {
  const sorted = drafts.sort(
    (a, b) =>
      RANK[b.confidence] - RANK[a.confidence] ||
      b.reasons.size - a.reasons.size ||
      b.alias.commits - a.alias.commits ||
      (pairKey(a.alias) + pairKey(a.into) < pairKey(b.alias) + pairKey(b.into) ? -1 : 1),
  );
  const seen = new Set<PersonNode>();
  return sorted.filter(({ alias }) => !seen.has(alias) && seen.add(alias));
}

function effect({ project, people }: ProjectPeople, into: PersonNode, alias: PersonNode): MergeEffect | null {
  const find = (node: PersonNode) => people.find((person) => pairKey(person) === pairKey(node));
  const [one, other] = [find(into), find(alias)];
  if (!one || !other) return null;
  const counts = (role: 'authored' | 'committed'): [before: number[], after: number[]] => {
    const rest = people.filter((person) => person !== one && person !== other).map((person) => person[role]);
    return [
      [...rest, one[role], other[role]],
      [...rest, one[role] + other[role]],
    ].map((list) => list.filter((count) => count > 0)) as [number[], number[]];
  };
  const authored = counts('authored');
  const committed = counts('committed');
  return {
    project,
    authors: [authored[0].length, authored[1].length],
    committers: [committed[0].length, committed[1].length],
    absenceFactor: [absenceFactor(authored[0]), absenceFactor(authored[1])],
  };
}
