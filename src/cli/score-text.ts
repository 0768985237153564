import type { Judgement } from '../model/judgement.js';
import type { ChoiceCheck, Evidence, Interval, LazyUserCard, Scorecard } from '../model/scorecard.js';
import type { SelectionModel } from '../model/selection-model.js';
import { visibleLine } from '../model/text.js';
import {
  candidateName,
  checksText,
  eliminationTexts,
  inputText,
  intervalText,
  layerTitle,
  lazyText,
  modelOf,
  notCollected,
  placeText,
  reasons,
  robustnessTexts,
  shareText,
  shortCardName,
  sideText,
  standingText,
  STANDINGS,
  verdictText,
  weightText,
} from '../pipeline/score.js';
import { tableText, textWidth } from './table.js';

type Heading = (line: string) => string;

const BAR = 24;

/** `██████▒▒▒░░░░`: what is sure, what hangs on unknowns, and the rest of the range. */
function barText({ low, high }: Interval, [from, to]: readonly [number, number]): string {
  const place = (at: number) => Math.round(((at - from) / (to - from || 1)) * BAR);
  const sure = place(low);
  const may = high > low ? Math.max(place(high), sure + 1) : sure;
  return `${'█'.repeat(sure)}${'▒'.repeat(Math.max(0, Math.min(BAR, may) - sure))}${'·'.repeat(Math.max(0, BAR - may))}`;
}

function starred(name: string, isChosen: boolean): string {
  return `${visibleLine(name)}${isChosen ? ' *' : ''}`;
}

function wide(column: readonly string[]): number {
  return Math.max(...column.map(textWidth));
}

/** Models side by side in blocks that fit so many columns; a candidate is in the same line of each. */
export function overviewText(
  judgement: Judgement,
  cards: readonly Scorecard[],
  width: number,
  heading: Heading,
): string {
  const chosen = cards[0]?.chosen ?? null;
  const wins = (id: string) =>
    cards.reduce((sum, card) => sum + (card.candidates.find(({ candidate }) => candidate === id)?.wins ?? 0), 0);
  const ids = [...new Set(cards.flatMap(({ candidates }) => candidates.map(({ candidate }) => candidate)))];
  const first = (id: string) => (id === chosen ? 1 : 0);
  const order = ids.sort((a, b) => first(b) - first(a) || wins(b) - wins(a));
  const missing = new Set(notCollected(cards).map(({ candidate }) => candidate));
  const names = [
    'candidate',
    ...order.map((id) => `${starred(candidateName(judgement, id), id === chosen)}${missing.has(id) ? ' ?' : ''}`),
  ];
  const columns = cards.map((card) => {
    const cells = order.map((id) => {
      const one = card.candidates.find(({ candidate }) => candidate === id);
      if (!one) return '';
      return one.rank === null
        ? `out  ${intervalText(one.total)}`
        : `${placeText(one.rank).padEnd(5)}${intervalText(one.total)}  ${shareText(one.wins)}`;
    });
    return [shortCardName(judgement, card), ...cells];
  });
  const blocks: string[][][] = [];
  let room = 0;
  for (const column of columns) {
    room -= wide(column) + 2;
    if (room < 0 || blocks.length === 0) {
      blocks.push([]);
      room = width - wide(names) - wide(column) - 2;
    }
    blocks.at(-1)?.push(column);
  }
  return blocks
    .map((block) => {
      const all = [names, ...block];
      const rows = names.slice(1).map((_, i) => all.map((column) => column[i + 1] ?? ''));
      return tableText(
        all.map(([head = '']) => head),
        rows,
        { heading },
      );
    })
    .join('\n\n');
}

/** A ranking with its intervals as bars. */
export function rankingText(judgement: Judgement, card: Scorecard, heading: Heading): string {
  const model = modelOf(judgement, card);
  const range = model?.range ?? [0, 1];
  const rows = card.candidates.map((one) => [
    placeText(one.rank),
    starred(one.name, one.candidate === card.chosen),
    barText(one.total, range),
    intervalText(one.total),
    one.rank === null ? '' : shareText(one.wins),
    one.rank === null || one.winsSurely === one.winsPossibly
      ? ''
      : `${shareText(one.winsSurely)} to ${shareText(one.winsPossibly)}`,
    [one.project === null ? 'not collected' : '', ...eliminationTexts(one, model)].filter(Boolean).join('; '),
  ]);
  const heads = ['place', 'candidate', `${range[0]} to ${range[1]}`, 'score', 'wins', 'surely to possibly', 'note'];
  return [tableText(heads, rows, { heading }), ...robustnessTexts(judgement, card).map((text) => `  ${text}`)].join(
    '\n',
  );
}

function origin({ origin: of, value }: Evidence): string {
  const raw = typeof value === 'number' ? String(Math.round(value * 1000) / 1000) : visibleLine(value ?? '');
  if (of.kind === 'metric') return `${raw} (${visibleLine(of.project ?? '')}, as of ${of.asOf})`;
  if (of.kind === 'answer') return `${raw} (${visibleLine(of.source ?? 'no source')}, ${of.date ?? 'no date'})`;
  const [source] = of.sources;
  return source ? `${raw} (${visibleLine(source.title)}, ${source.date})` : raw;
}

const STATES: Partial<Record<Evidence['state'], string>> = {
  unknown: 'unknown',
  expired: 'the answer is too old',
  'not-collected': 'not collected',
  unmeasured: 'the metric gives nothing',
};

/** What stands behind each score: a line for each candidate of which something is known, one for all the others. */
export function evidenceTexts(judgement: Judgement, card: Scorecard, model: SelectionModel): string[] {
  return model.criteria.flatMap((criterion) => {
    const among = card.candidates.flatMap(({ name, evidence }) => {
      const one = evidence.find((own) => own.criterion === criterion.id);
      return one ? [{ name: visibleLine(name), one }] : [];
    });
    const known = among.filter(({ one }) => one.state === 'known');
    const room = Math.max(0, ...known.map(({ name }) => textWidth(name)));
    const others = Object.entries(STATES).flatMap(([state, text]) => {
      const names = among.filter(({ one }) => one.state === state).map(({ name }) => name);
      return names.length === 0 ? [] : [`    ${text}: ${names.join(', ')}`];
    });
    return [
      `  ${visibleLine(criterion.title)} (${weightText(criterion, card)}; ${inputText(criterion.input, judgement)})`,
      ...known.map(
        ({ name, one }) => `    ${name.padEnd(room)}  ${intervalText(one.score).padEnd(5)} for ${origin(one)}`,
      ),
      ...others,
    ];
  });
}

/** The Lazy User Model's way from the need to the choice. */
export function lazyTexts(judgement: Judgement, card: LazyUserCard, heading: Heading): string {
  const title = (id: string) => visibleLine(judgement.capabilities.find((one) => one.id === id)?.title ?? id);
  const names = (ids: readonly string[]) => ids.map(title).join(', ');
  const rows = card.candidates.map((one) => [
    starred(one.name, one.candidate === card.chosen),
    STANDINGS[one.standing],
    one.effort.total === null ? 'not known' : intervalText(one.effort.total, 1),
    [
      one.lacks.length > 0 ? `lacks ${names(one.lacks)}` : '',
      one.unknown.length > 0 ? `not known: ${names(one.unknown)}` : '',
      ...one.limits.map(({ text, sure }) => `${visibleLine(text)}${sure ? '' : ' (not known)'}`),
    ]
      .filter(Boolean)
      .join('; '),
  ]);
  const need = card.need.capabilities.length === 0 ? 'nothing in particular' : names(card.need.capabilities);
  return [
    tableText(['candidate', 'stands', 'effort', 'why'], rows, { heading }),
    `  Need: ${need}. ${lazyText(judgement, card)}`,
    ...card.relaxations.map(
      ({ text, candidates, sure }) =>
        `  Given up, ${visibleLine(text)}: ${candidates.map((id) => candidateName(judgement, id)).join(', ')}${sure ? '' : ', if what is unknown turns out well'}.`,
    ),
  ].join('\n');
}

/** Whether the choice still holds, a line for each layer and model. */
export function checkTexts(judgement: Judgement, checks: readonly ChoiceCheck[]): string[] {
  const text = checksText({ checks: [...checks] });
  if (text === null) return [];
  return [
    text,
    ...checks.flatMap((check) => {
      const model = judgement.models.find(({ id }) => id === check.model)?.title ?? check.model;
      const sides = `${sideText(judgement, check, check.before)} → ${sideText(judgement, check, check.now)}`;
      return [
        `  ${layerTitle(judgement, check.layer)}, ${visibleLine(model)}: ${candidateName(judgement, check.chosen)} ${verdictText(check)} (${sides})`,
        ...reasons(check).map((why) => `    ${visibleLine(why)}`),
      ];
    }),
  ];
}

/** The line above a layer's tables. */
export function layerHead(judgement: Judgement, layer: string, asOf: string): string {
  return `${layerTitle(judgement, layer)} (${visibleLine(layer)}), as of ${asOf}. ${standingText(judgement, layer)}`;
}
