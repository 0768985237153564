import { markup, trusted, type Html } from '../html.js';

const WIDTH = 240;
const HEIGHT = 24;
/** Room for the line's own width. */
const EDGE = 2;

/** A figure in one run. `at` is from 0 (the first run) to 1 (the last); null: not known, which leaves a gap. */
interface TrendPoint {
  at: number;
  value: number | null;
}

/** One step of a path, as short as it can be said. */
function step(right: number, down: number): string {
  if (down === 0) return `h${right}`;
  if (right === 0) return `v${down}`;
  return `l${right}${down < 0 ? '' : ','}${down}`;
}

function line(points: readonly (readonly [x: number, y: number])[]): string {
  const [first, ...others] = points;
  if (!first) return '';
  // What lies between two points of the same height needs no point.
  const turns = others.filter(([, y], i) => y !== points[i]![1] || y !== others[i + 1]?.[1]);
  let [x, y] = first;
  const steps = turns.map(([nextX, nextY]) => {
    const text = step(nextX - x, nextY - y);
    [x, y] = [nextX, nextY];
    return text;
  });
  // A point alone is a dash.
  return steps.length === 0 ? `M${first[0] - 1},${first[1]}h2` : `M${first[0]},${first[1]}${steps.join('')}`;
}

/** The part between two unknown ones, each by itself. */
function known(points: readonly TrendPoint[]): { at: number; value: number }[][] {
  const parts: { at: number; value: number }[][] = [[]];
  for (const { at, value } of points) {
    if (value === null) parts.push([]);
    else parts.at(-1)!.push({ at, value });
  }
  return parts;
}

/**
 * A figure over the runs as one line, from its lowest at the foot to its highest at the top; `marks` (as `at`) are dashed
 * lines. It says nothing that the text beside it doesn't.
 */
export function trend(points: readonly TrendPoint[], marks: readonly number[]): Html {
  const values = points.flatMap(({ value }) => (value === null ? [] : [value]));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = (at: number): number => EDGE + Math.round(at * (WIDTH - 2 * EDGE));
  const y = (value: number): number =>
    high === low ? HEIGHT / 2 : HEIGHT - EDGE - Math.round(((value - low) / (high - low)) * (HEIGHT - 2 * EDGE));
  const drawn = known(points).map((part) => line(part.map(({ at, value }) => [x(at), y(value)] as const)));
  const cuts = [...new Set(marks.map(x))].map((place) => `M${place},0v${HEIGHT}`).join('');
  return markup`<svg class="trend" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">${trusted(
    `${cuts === '' ? '' : `<path class="cut" d="${cuts}"/>`}<path d="${drawn.join('')}"/>`,
  )}</svg>`;
}
