import type { QueryInfo, Value } from '../model/measurement.js';
import type { FigureRange, PastFigure, Result } from '../model/result.js';
import { byTheme } from '../model/themes.js';
import { number, words } from './figure-text.js';

/** How a figure stands against the one of a year before. */
type Turn = 'better' | 'worse' | 'up' | 'down' | 'same' | 'unknown';

/** A project's headline figure with what can be said of it. */
export interface Headline {
  info: QueryInfo;
  project: string;
  value: number | null;
  range: FigureRange | null;
  past: PastFigure | null;
  turn: Turn;
  /** All columns of its row. */
  row: Record<string, Value>;
}

/** Changes smaller than this share of the larger figure are no change. */
const SAME = 0.05;

function turnOf(better: QueryInfo['better'], value: number | null, before: number | null): Turn {
  if (value === null || before === null) return 'unknown';
  const change = value - before;
  if (Math.abs(change) <= SAME * Math.max(Math.abs(value), Math.abs(before))) return 'same';
  if (better === 'neither') return change > 0 ? 'up' : 'down';
  return change > 0 === (better === 'up') ? 'better' : 'worse';
}

/** `worse: 10, was 14 a year before`, without the figure itself. */
export function turnText({ turn, past, value }: Headline): string {
  if (turn === 'unknown') {
    return past !== null && past.value !== null && value === null
      ? `was ${number(past.value)}, now not known`
      : 'not known';
  }
  const before = number(past?.value ?? null);
  if (turn === 'same') return past?.value === value ? 'the same' : `much the same, was ${before}`;
  return `${turn}, was ${before}`;
}

/** `24 to 31`; null where no rule moves the figure, or nothing is known. */
export function rangeText(range: FigureRange | null): string | null {
  if (range === null || range.low === null || range.high === null || range.low === range.high) return null;
  return `${number(range.low)} to ${number(range.high)}`;
}

export const AXIS_TEXT: Record<FigureRange['trials'][number]['axis'], string> = {
  role: 'author or committer',
  merges: 'merge commits',
  refs: 'refs',
  time: 'time zone',
  mailmap: 'mailmap',
  identity: 'who is one person',
  bots: 'bots',
};

/** A figure of a query as a reader calls it: `12 days`, `70.6 percent of weeks`; without the unit where that is a scale. */
export function withUnit(value: number | null, unit: string): string {
  if (value === null) return 'not known';
  if (/^[\d-]/.test(unit)) return number(value);
  return `${number(value)} ${words(value === 1 ? unit.replace(/^(\p{L}+)s$/u, '$1') : unit)}`;
}

function key(query: string, project: string): string {
  return JSON.stringify([query, project]);
}

/** Headline figures of every project, by the project's name, theme by theme. */
export function headlinesOf(result: Result): Map<string, Headline[]> {
  const ranges = new Map(result.sensitivity.map((one) => [key(one.query, one.project), one]));
  const pasts = new Map(result.past.map((one) => [key(one.query, one.project), one]));
  const measured = new Map(result.measurements.map((one) => [key(one.query, one.scope.project), one]));
  const queries = byTheme(result.queries.filter(({ headline }) => headline !== null)).flatMap(({ metrics }) => metrics);
  return new Map(
    result.projects.map(({ name: project }) => [
      project,
      queries.flatMap((info): Headline[] => {
        const measurement = measured.get(key(info.id, project));
        if (!measurement) return [];
        const cells = measurement.columns.map((column, i) => [column, measurement.rows[0]?.[i] ?? null] as const);
        const row = Object.fromEntries<Value>(cells);
        const found = row[info.headline ?? ''];
        const value = typeof found === 'number' ? found : null;
        const past = pasts.get(key(info.id, project)) ?? null;
        const range = ranges.get(key(info.id, project)) ?? null;
        return [{ info, project, value, range, past, turn: turnOf(info.better, value, past?.value ?? null), row }];
      }),
    ]),
  );
}
