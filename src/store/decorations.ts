import type { RefRecord } from '../model/record.js';
import { byteOrder } from './ref-order.js';

/** What git log would print beside one commit, as far as CVSAnalY looks at it. */
export interface Decoration {
  /** The branch the commit's decoration names; null: none, tags only. */
  branch: string | null;
  /** Tags in the printed order. */
  tags: string[];
}

const HEADS = 'refs/heads/';
const ORIGIN = 'refs/remotes/origin/';
const TAGS = 'refs/tags/';

/**
 * Decorations by commit. git prints HEAD's branch first and then every ref in reverse order of its name; CVSAnalY takes
 * the first `origin/X` of them, else the first local branch. In a repository without remote branches (a bare one) the
 * branches play the part of `origin/X`, as they would in a clone of it.
 */
export function decorations(refs: readonly RefRecord[], head: string | null): Map<string, Decoration> {
  const isClone = refs.some((ref) => isOrigin(ref.name));
  const printed = refs.toSorted((a, b) => {
    if (a.name === head || b.name === head) return a.name === head ? -1 : 1;
    return byteOrder(b.name, a.name);
  });
  const found = new Map<string, Decoration & { origin: string | null; local: string | null }>();
  const at = (rev: string) => {
    const known = found.get(rev) ?? { branch: null, tags: [], origin: null, local: null };
    found.set(rev, known);
    return known;
  };
  for (const ref of printed) {
    const decoration = at(ref.commit);
    if (ref.kind === 'tag') decoration.tags.push(withoutPrefix(ref.name, TAGS));
    else if (isOrigin(ref.name)) decoration.origin ??= ref.name.slice(ORIGIN.length);
    else if (ref.name.startsWith(HEADS)) decoration.local ??= ref.name.slice(HEADS.length);
  }
  if (!isClone) {
    // origin/X comes in plain reverse order: HEAD goes first only as a local branch.
    for (const ref of refs.toSorted((a, b) => byteOrder(b.name, a.name))) {
      if (ref.name.startsWith(HEADS)) at(ref.commit).origin ??= ref.name.slice(HEADS.length);
    }
  }
  for (const decoration of found.values()) decoration.branch = decoration.origin ?? decoration.local;
  return found;
}

/** A branch's name without `refs/heads/` or `refs/remotes/origin/`. */
export function shortBranch(name: string): string {
  return withoutPrefix(withoutPrefix(name, HEADS), ORIGIN);
}

function isOrigin(name: string): boolean {
  // origin/HEAD says which branch is the default one; it is no branch.
  return name.startsWith(ORIGIN) && name !== `${ORIGIN}HEAD`;
}

function withoutPrefix(name: string, prefix: string): string {
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}
