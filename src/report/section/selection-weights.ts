import type { Scorecard } from '../../model/scorecard.js';
import { list } from '../figure-text.js';
import { escapeHtml, markup, trusted, type Html } from '../html.js';
import { shareText } from '../selection-text.js';
import { regions, stretches, type Stretch } from '../weight-space.js';
import type { LayerSheet } from './selection-places.js';
import { leanTable } from './selection-table.js';

const WIDTH = 240;

function fill(sheet: LayerSheet, winners: readonly string[]): string {
  return sheet.colour(winners[0] ?? '');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Who wins in which share of all weightings, as one bar, largest first; the figures stand in the ranking. */
function winBar(sheet: LayerSheet, { candidates }: Scorecard): Html {
  const winners = candidates.filter(({ wins }) => wins > 0).sort((a, b) => b.wins - a.wins);
  let at = 0;
  const parts = winners.map(({ candidate, wins }) => {
    const from = at;
    at += wins * WIDTH * 2;
    return `<path class=${sheet.colour(candidate)} d="M${round(from)} 0h${round(Math.max(0.5, at - from - 1))}v14h-${round(Math.max(0.5, at - from - 1))}z"/>`;
  });
  return markup`<svg class="wins" viewBox="0 0 ${WIDTH * 2} 14" aria-hidden=true>${trusted(parts.join(''))}</svg>`;
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
  const parts = along.map(({ from, to, winners }) => {
    const wide = round((to - from) * WIDTH);
    return `<path class=${fill(sheet, winners)} d="M${round(from * WIDTH)} 2h${wide}v10h-${wide}z"/>`;
  });
  const mark = `<path class=m d="M${round(weight * WIDTH - 1)} 0h2.5v14h-2.5z"/>`;
  return markup`<svg class="strip" viewBox="0 0 ${WIDTH} 14" aria-hidden=true>${trusted(parts.join('') + mark)}</svg>`;
}

/** `Corosync up to 62 %, Keepalived above`. */
function alongText(sheet: LayerSheet, along: readonly Stretch[]): string {
  return along
    .map((one, i) => `${who(sheet, one)} ${i === along.length - 1 ? 'above' : `up to ${shareText(one.to)}`}`)
    .join(', ');
}

function who(sheet: LayerSheet, { winners }: Stretch): string {
  return list(winners.map((id) => sheet.name(id)));
}

/** Weights that change the winner as strips; those that don't in a sentence. */
function strips(sheet: LayerSheet, card: Scorecard): Html | null {
  const all = card.robustness.dimensions.map((of, i) => ({ ...of, along: stretches(card, i) }));
  const told = all.filter(({ along }) => along.length > 0);
  if (all.length < 2 || told.length === 0) return null;
  const steady = told.filter(({ along }) => along.length === 1);
  const rows = told
    .filter(({ along }) => along.length > 1)
    .map(({ title, weight, along }) => [
      title,
      shareText(weight),
      strip(sheet, along, weight),
      alongText(sheet, along),
    ]);
  const caption =
    'Who comes first as one weight goes from nothing to all, the others in proportion (unknowns at their middle; the mark is the weight as given)';
  const [one] = steady[0]?.along ?? [];
  return markup`<div class="strips">
    ${rows.length > 0 && leanTable(caption, ['Weight of', 'As given', 'From 0 to 100 %', 'Who comes first'], rows, [1])}
    ${one && markup`<p class="key">${who(sheet, one)} ${one.winners.length > 1 ? 'are' : 'is'} first whatever ${list(steady.map(({ title }) => title))} weigh${steady.length > 1 ? '' : 's'} (unknowns at their middle).</p>`}
  </div>`;
}

/** Whether anything tells the candidates apart: with each of them anywhere between first and last, nothing does. */
function tellsApart({ candidates }: Scorecard): boolean {
  const ranked = candidates.flatMap(({ rank }) => rank ?? []);
  return ranked.some(({ best, worst }) => best > 1 || worst < ranked.length);
}

/** How the ranking hangs on the weights: shares of all weightings, and where the winner changes. */
export function weightSpace(sheet: LayerSheet, card: Scorecard): Html | null {
  if (!card.candidates.some(({ wins }) => wins > 0)) return null;
  if (!tellsApart(card)) {
    return markup`<p class="key">Any of them may still be first or last: too much is unknown for this model to tell them apart.</p>`;
  }
  const three = triangle(sheet, card);
  return markup`<div class="weights${three !== null && ' three'}">
    <h5>Who wins over all ways to weigh</h5>
    ${winBar(sheet, card)} ${three} ${strips(sheet, card)}
  </div>`;
}
