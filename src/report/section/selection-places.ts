import type { Judgement } from '../../model/judgement.js';
import type { CandidateScore, Interval, Scorecard } from '../../model/scorecard.js';
import { colourClass, safeName } from '../identity.js';
import { markup, trusted, type Html } from '../html.js';
import { candidateName, layerTitle } from '../selection-text.js';

/** What the parts of the section share about one layer: its scorecards, its ids and the colours of its candidates. */
export interface LayerSheet {
  judgement: Judgement;
  layer: string;
  title: string;
  cards: Scorecard[];
  /** Id of the layer's part of the page. */
  id: string;
  /** Candidate of the stack; null: none. */
  chosen: string | null;
  /** Ids of the ranked candidates: the chosen one first, then those that win most over all models. */
  order: string[];
  name(candidate: string): string;
  /** Class that gives an element its candidate's colour. */
  colour(candidate: string): string;
}

export function layerSheet(judgement: Judgement, layer: string): LayerSheet {
  const cards = judgement.scorecards.filter((card) => card.layer === layer);
  const chosen = judgement.stack.find((one) => one.layer === layer)?.candidate ?? null;
  const wins = new Map<string, number>();
  for (const one of cards.flatMap(({ candidates }) => candidates)) {
    wins.set(one.candidate, (wins.get(one.candidate) ?? 0) + one.wins);
  }
  const first = (id: string) => (id === chosen ? 1 : 0);
  const order = [...wins.keys()].sort((a, b) => first(b) - first(a) || (wins.get(b) ?? 0) - (wins.get(a) ?? 0));
  return {
    judgement,
    layer,
    title: layerTitle(judgement, layer),
    cards,
    id: `selection/${safeName(layer)}`,
    chosen,
    order,
    name: (id) => candidateName(judgement, id),
    colour: (id) => colourClass(Math.max(0, order.indexOf(id))),
  };
}

const WIDTH = 160;

/** A score on its model's range: the thick part is sure, the thin one hangs on what is unknown. */
export function scoreBar({ low, high }: Interval, [from, to]: readonly [number, number], colour: string): Html {
  const place = (at: number) => Math.round(((at - from) / (to - from || 1)) * WIDTH);
  const [sure, may] = [place(low), place(high)];
  const thin =
    may > sure ? `<path class=u d="M${sure} 3h${may - sure}v6H${sure}z"/><path d="M${may - 2} 0h2v12h-2z"/>` : '';
  return markup`<svg class="score ${colour}" viewBox="0 0 ${WIDTH} 12" aria-hidden=true>${trusted(`<path d="M0 0h${Math.max(1, sure)}v12H0z"/>${thin}`)}</svg>`;
}

/** The candidate's name, with its colour where it is ranked; the one in use says so. */
export function candidateTag(sheet: LayerSheet, { candidate, name }: Pick<CandidateScore, 'candidate' | 'name'>): Html {
  if (!sheet.order.includes(candidate)) return markup`<bdi>${name}</bdi>`;
  return markup`<span class="dot ${sheet.colour(candidate)}"><bdi>${name}</bdi></span>${candidate === sheet.chosen && markup` <span class="layer">in use</span>`}`;
}
