import type { Result } from '../model/result.js';

/** Objects with their keys in alphabetical order, all the way down; lists keep their order. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(entries.map(([key, inner]) => [key, ordered(inner)]));
}

/** The whole result: equal results give equal bytes, in whatever order they were put together. */
export function renderJson(result: Result): string {
  return `${JSON.stringify(ordered(result), null, 2)}\n`;
}
