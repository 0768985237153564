import type { RefChoice } from '../model/history.js';

// What git never allows in a ref's name; the wildcards * ? [ ] stay, for these are patterns.
// oxlint-disable-next-line no-control-regex -- git refuses control characters too
const IMPOSSIBLE = /[\u0000-\u0020\u007f~^:\\]|\.\.|@\{|^-|^\/|\/$|\/\//;
const LONGEST = 200;

/** What keeps a text from being a pattern of ref names; null when nothing does. */
export function refProblem(pattern: string): string | null {
  if (pattern === '') return 'must not be empty';
  if (pattern.length > LONGEST) return `must have at most ${LONGEST} characters`;
  if (IMPOSSIBLE.test(pattern)) return 'is no name or pattern a git ref can have';
  return null;
}

/** `branches`, `default`, or else patterns: what `refs` in health.yaml and `--refs` have in common. */
export function refChoice(words: readonly string[]): RefChoice {
  const [first] = words;
  if (words.length === 1 && (first === 'branches' || first === 'default')) return first;
  return words;
}
