import type { Scorecard } from '../../model/scorecard.js';
import { list } from '../figure-text.js';
import { escapeHtml, markup, trusted, type Html } from '../html.js';
import { shareText } from '../selection-text.js';
import { regions, stretches, type Stretch } from '../weight-space.js';
import type { LayerSheet } from './selection-places.js';
import { scrolling, table } from './table.js';

const WIDTH = 240;

function fill(sheet: LayerSheet, winners: readonly string[]): string {
  return sheet.colour(winners[0] ?? '');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Who wins in which share of all weightings, as one bar, largest first. */
function winBar(sheet: LayerSheet, { candidates }: Scorecard): Html {
  const winners = candidates.filter(({ wins }) => wins > 0).sort((a, b) => b.wins - a.wins);
  let at = 0;
  const parts = winners.map(({ candidate, wins }) => {
    const from = at;
    at += wins * WIDTH * 2;
    return `<rect class="${sheet.colour(candidate)}" x="${round(from)}" width="${round(Math.max(0.5, at - from - 1))}" height="14"/>`;
  });
  return markup`<svg class="wins" viewBox="0 0 ${WIDTH * 2} 14" aria-hidden="true" focusable="false">${trusted(parts.join(''))}</svg>
    <ul class="legend">
      ${winners.map(({ candidate, name, wins }) => markup`<li><span class="dot ${sheet.colour(candidate)}"><bdi>${name}</bdi></span> ${shareText(wins)}</li>`)}
    </ul>`;
}

const [SIDE, TOP, HEIGHT] = [220, 34, 190] as const;

/** Three weights as a triangle: a corner is all weight on one, the middle an equal share of each. */
function triangle(sheet: LayerSheet, card: Scorecard): Html | null {
  const { dimensions } = card.robustness;
  const found = regions(card);
  if (found.length === 0) return null;
  const place = ([first, , third]: readonly number[]) => {
    const [x, y] = [(third ?? 0) * SIDE + ((first ?? 0) * SIDE) / 2, (1 - (first ?? 0)) * HEIGHT];
    return `${round(x + 70)},${round(y + TOP)}`;
  };
  const areas = found.map(
    ({ winners, corners }) => `<polygon class="${fill(sheet, winners)}" points="${corners.map(place).join(' ')}"/>`,
  );
  const [x, y] = place(dimensions.map(({ weight }) => weight)).split(',');
  const labels = [
    [180, TOP - 12, 'middle', 0],
    [70, TOP + HEIGHT + 20, 'middle', 1],
    [290, TOP + HEIGHT + 20, 'middle', 2],
  ] as const;
  const texts = labels.map(
    ([left, top, anchor, i]) =>
      `<text x="${left}" y="${top}" text-anchor="${anchor}">${escapeHtml(dimensions[i]?.title ?? '')}</text>`,
  );
  const label = `Who wins where, over the weights of ${list(dimensions.map(({ title }) => title))}; the same stands in the table beside it.`;
  return markup`<svg class="triangle" viewBox="0 0 360 252" role="img" aria-label="${label}">${trusted(`${areas.join('')}<circle cx="${x}" cy="${y}" r="5"/>${texts.join('')}`)}</svg>`;
}

/** One dimension's weight from nothing to all, and who wins along the way. */
function strip(sheet: LayerSheet, along: readonly Stretch[], weight: number): Html {
  const parts = along.map(
    ({ from, to, winners }) =>
      `<rect class="${fill(sheet, winners)}" x="${round(from * WIDTH)}" y="2" width="${round((to - from) * WIDTH)}" height="10"/>`,
  );
  const mark = `<rect class="m" x="${round(weight * WIDTH - 1)}" width="2.5" height="14"/>`;
  return markup`<svg class="strip" viewBox="0 0 ${WIDTH} 14" aria-hidden="true" focusable="false">${trusted(parts.join('') + mark)}</svg>`;
}

/** `Corosync up to 62 %, above it Keepalived`. */
function alongText(sheet: LayerSheet, along: readonly Stretch[]): string {
  const who = ({ winners }: Stretch) => list(winners.map((id) => sheet.name(id)));
  if (along.length === 1 && along[0]) return `${who(along[0])}, whatever it weighs`;
  return along
    .map((one, i) => (i === along.length - 1 ? `${who(one)} above` : `${who(one)} up to ${shareText(one.to)}`))
    .join(', ');
}

function strips(sheet: LayerSheet, card: Scorecard): Html | null {
  const { dimensions } = card.robustness;
  const rows = dimensions.flatMap(({ title, weight }, i) => {
    const along = stretches(card, i);
    return along.length === 0 ? [] : [[title, shareText(weight), strip(sheet, along, weight), alongText(sheet, along)]];
  });
  if (dimensions.length < 2 || rows.length === 0) return null;
  const caption =
    'Who comes first as one weight goes from nothing to all, the others in proportion (unknowns at their middle; the mark is the weight as given)';
  return markup`<div class="strips">${scrolling(caption, table(caption, ['Weight of', 'As given', 'From 0 to 100 %', 'Who comes first'], rows, [1]))}</div>`;
}

/** How the ranking hangs on the weights: shares of all weightings, and where the winner changes. */
export function weightSpace(sheet: LayerSheet, card: Scorecard): Html | null {
  if (!card.candidates.some(({ wins }) => wins > 0)) return null;
  const three = triangle(sheet, card);
  return markup`<div class="weights${three !== null && ' three'}">
    <h5>Who wins over all ways to weigh</h5>
    ${winBar(sheet, card)}
    ${three} ${strips(sheet, card)}
  </div>`;
}
