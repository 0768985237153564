import { createHash } from 'node:crypto';
import type { Result } from '../model/result.js';

/** As JSON has it, objects with their keys in alphabetical order, all the way down; lists keep their order. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  // JSON knows no endless numbers and no negative zero.
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : null;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(entries.map(([key, inner]) => [key, ordered(inner)]));
}

/** The whole result: equal results give equal bytes, in whatever order they were put together. */
export function renderJson(result: Result): string {
  return jsonText(result);
}

/** Anything as JSON, keys in alphabetical order. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(ordered(value), null, 2)}\n`;
}

/**
 * A result as it is after being written and read again, with its seal: what is drawn from it is the same then, byte for
 * byte.
 */
export function sealed(result: Omit<Result, 'seal'>): Result {
  const plain = ordered(result) as Omit<Result, 'seal'>;
  return ordered({ ...plain, seal: sealOf(plain) }) as Result;
}

/** sha256 of a result without its seal, hexadecimal. */
export function sealOf(result: Omit<Result, 'seal'>): string {
  const { seal: _, ...rest } = ordered(result) as Result;
  return createHash('sha256').update(JSON.stringify(rest)).digest('hex');
}
