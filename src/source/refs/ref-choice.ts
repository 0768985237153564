import { HealthError } from '../../model/error.js';
import type { RefChoice } from '../../model/history.js';
import type { RefRecord } from '../../model/record.js';

const NAMED = 20;

/** `*` any text, `?` any character, `[abc]` one of them, as in git's own patterns for branches. */
function globExpression(pattern: string): RegExp {
  const source = pattern.replace(/\*+|\?|\[!?[^\]]+\]|[^*?[]+|\[/g, (part) => {
    if (part.startsWith('*')) return '.*';
    if (part === '?') return '.';
    if (part.length > 2 && part.startsWith('[')) {
      return part
        .replace(/\\/g, '\\\\')
        .replace(/^\[!/, '[^')
        .replace(/^\[(?!\^)/, '[');
    }
    return part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  });
  return new RegExp(`^${source}$`, 'su');
}

/** The names a pattern may mean a ref by: in full; a branch also short, a remote branch with or without its remote. */
function names(ref: RefRecord): string[] {
  const short = ref.name.replace(/^refs\/(heads|remotes)\//, '');
  if (ref.kind === 'tag') return [ref.name];
  if (ref.kind === 'branch') return [ref.name, short];
  return [ref.name, short, short.slice(short.indexOf('/') + 1)];
}

function branchNames(refs: readonly RefRecord[]): string {
  const short = refs.filter((ref) => ref.kind !== 'tag').map((ref) => ref.name.replace(/^refs\/(heads|remotes)\//, ''));
  const more = short.length > NAMED ? ` and ${short.length - NAMED} more` : '';
  return short.length === 0 ? 'there are no branches' : `branches: ${short.slice(0, NAMED).join(', ')}${more}`;
}

function matching(refs: readonly RefRecord[], patterns: readonly string[]): RefRecord[] {
  const chosen = new Set<RefRecord>();
  for (const pattern of patterns) {
    const expression = globExpression(pattern);
    const found = refs.filter((ref) => names(ref).some((name) => expression.test(name)));
    if (found.length === 0) {
      throw new HealthError('bad-usage', `no branch or tag matches ${pattern}`, { hint: branchNames(refs) });
    }
    for (const ref of found) chosen.add(ref);
  }
  return refs.filter((ref) => chosen.has(ref));
}

/**
 * The refs a choice means, in the order given. Tags whose commit the chosen ones reach come along: they add no history.
 * `reached`: the revs reached from refs.
 */
export function chooseRefs(
  refs: readonly RefRecord[],
  head: string | null,
  choice: RefChoice,
  reached: (from: readonly RefRecord[]) => ReadonlySet<string>,
): RefRecord[] {
  if (choice === 'branches') return [...refs];
  let chosen: RefRecord[];
  if (choice === 'default') {
    chosen = refs.filter((ref) => ref.name === head);
    if (chosen.length === 0) {
      throw new HealthError('bad-usage', 'the repository names no default branch (HEAD is no branch)', {
        hint: `choose by name: ${branchNames(refs)}`,
      });
    }
  } else chosen = matching(refs, choice);
  const revs = reached(chosen);
  return refs.filter((ref) => chosen.includes(ref) || (ref.kind === 'tag' && revs.has(ref.commit)));
}
