import type { Value } from '../model/measurement.js';
import type { Scale } from '../model/selection-model.js';

// Logarithms may differ in their last bit from one machine to the next; a score may not.
const DIGITS = 1e12;

function onCurve(points: readonly [number, number][], value: number, log: boolean): number {
  const place = (x: number): number => (log ? Math.log1p(Math.max(0, x)) : x);
  const next = points.findIndex(([x]) => x >= value);
  const [lastX, lastY] = points[next < 0 ? points.length - 1 : next] ?? [0, 0];
  const before = points[next - 1];
  if (next <= 0 || before === undefined || lastX === value) return lastY;
  const [x, y] = before;
  const share = (place(value) - place(x)) / (place(lastX) - place(x));
  return Math.round((y + share * (lastY - y)) * DIGITS) / DIGITS;
}

/** The score a value gets; null where the scale has none for it (no value, a word it doesn't know, text for a number). */
export function scoreOf(scale: Scale, value: Value): number | null {
  if (value === null) return null;
  if (scale.kind === 'choices') return Object.hasOwn(scale.scores, value) ? (scale.scores[value] ?? null) : null;
  if (typeof value !== 'number' || !Number.isFinite(value)) return null;
  if (scale.kind === 'curve') return onCurve(scale.points, value, scale.log);
  return scale.steps.findLast(({ from }) => from === null || value >= from)?.score ?? null;
}
