import { shortBranch } from './decorations.js';

/**
 * Tells whether a ref is meant by one of the patterns of a RefChoice. A pattern is a branch name (`main`, `release/*`) or
 * a full ref name; `*` stands for any text, `?` for one character, `[ab]` and `[!ab]` for one of a set.
 */
export function branchMatcher(patterns: readonly string[]): (ref: string) => boolean {
  const tests = patterns.map(expression);
  return (ref) => tests.some((test) => names(ref).some((name) => test.test(name)));
}

/** A remote branch may be named with its remote or without. */
function names(ref: string): string[] {
  return [ref, ref.replace(/^refs\/(heads|remotes)\//, ''), shortBranch(ref)];
}

function expression(pattern: string): RegExp {
  const source = pattern.replace(/\*+|\?|\[(!?)([^\]]+)\]|[\s\S]/gu, (part, not: string | undefined, set: string) => {
    if (part.startsWith('*')) return '[^]*';
    if (part === '?') return '[^]';
    if (part.length > 1 && part.startsWith('[')) return `[${not ? '^' : ''}${set.replace(/[\\\]^[]/g, '\\$&')}]`;
    return part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  });
  return safeExpression(`^(?:${source})$`, pattern);
}

/** A set such as `[z-a]` is no regular expression; then the pattern is taken as a plain name. */
function safeExpression(source: string, pattern: string): RegExp {
  try {
    return new RegExp(source, 'u');
  } catch {
    return new RegExp(`^${pattern.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}$`, 'u');
  }
}
