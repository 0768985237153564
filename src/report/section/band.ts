import type { FigureRange } from '../../model/result.js';
import { number } from '../figure-text.js';
import { AXIS_TEXT, rangeText, turnText, type Headline } from '../headlines.js';
import { markup, trusted, type Html } from '../html.js';
import { scrolling, table } from './table.js';

const WIDTH = 88;

/** Where bands of figures that are shown together begin and end: 0 is always among it. */
export interface BandScale {
  low: number;
  high: number;
}

export function bandScale(headlines: readonly Headline[]): BandScale {
  const values = headlines.flatMap(({ value, range }) => [value, range?.low ?? null, range?.high ?? null]);
  const known = values.filter((value) => value !== null);
  return { low: Math.min(0, ...known), high: Math.max(0, ...known) };
}

/** A figure's range as a small bar with a mark where the figure stands; nothing where no rule moves it. */
export function band({ value, range }: Headline, scale: BandScale): Html | null {
  if (value === null || range === null || rangeText(range) === null || scale.high <= scale.low) return null;
  const place = (at: number) => Math.round(((at - scale.low) / (scale.high - scale.low)) * (WIDTH - 4) * 10) / 10 + 2;
  const [from, to] = [place(range.low ?? value), place(range.high ?? value)];
  const bar = `<rect class="t" y="4" width="${WIDTH}" height="2"/><rect x="${from}" y="2" width="${Math.max(2, Math.round((to - from) * 10) / 10)}" height="6" rx="2"/><rect class="m" x="${place(value) - 1.5}" width="3" height="10"/>`;
  return markup`<svg class="band" viewBox="0 0 ${WIDTH} 10" aria-hidden="true" focusable="false">${trusted(bar)}</svg>`;
}

/** The range in words: `24 to 31, most by refs`. */
export function bandWords({ range }: Headline): Html | null {
  const text = rangeText(range);
  if (text === null) return null;
  const by = range?.mostMoving ?? null;
  return markup`<span class="range">${text}${by !== null && markup`<span>, most by ${AXIS_TEXT[by]}</span>`}</span>`;
}

const SIGNS = { better: '▲', worse: '▼', up: '↗', down: '↘', same: '=', unknown: '' } as const;

/** How the figure stands against a year before, in words with a sign beside them. */
export function turn(headline: Headline): Html {
  return markup`<span class="turn ${headline.turn}"><span aria-hidden="true">${SIGNS[headline.turn]}</span> ${turnText(headline)}</span>`;
}

function productText({ product, trials }: FigureRange): string {
  if (product === null) return trials.length === 0 ? '' : 'Each rule was tried by itself.';
  const all = product.tried >= product.of ? 'all of them' : `of ${number(product.of)}, those that move it most first`;
  const range =
    product.low === null ? 'none gave a figure' : `they gave ${number(product.low)} to ${number(product.high)}`;
  return `Each rule by itself, then ${number(product.tried)} combinations (${all}): ${range}.`;
}

/** The table behind a band: what each rule alone would make of the figure. */
export function bandTable(headline: Headline, who: string): Html | null {
  const { range, info, value } = headline;
  if (range === null || range.trials.length === 0) return null;
  const caption = `${info.title}, ${who}: under other rules of counting`;
  const rows = [
    [markup`<strong>as shown</strong>`, '', number(value)],
    ...range.trials.map((trial) => [
      trial.choice,
      AXIS_TEXT[trial.axis],
      trial.value === value ? number(trial.value) : markup`<strong>${number(trial.value)}</strong>`,
    ]),
  ];
  const words = rangeText(range);
  return markup`<p class="for">
      ${words === null ? 'No rule of counting moves this figure.' : `Between ${words}, depending on how it is counted.`} ${productText(range)}
    </p>
    ${scrolling(caption, table(caption, ['Rule', 'Of', info.unit], rows, [2]))}`;
}
