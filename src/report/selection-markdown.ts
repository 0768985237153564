import type { Judgement } from '../model/judgement.js';
import { code, codeBlock, md, mdTable } from '../model/markdown-text.js';
import type { LazyUserCard, Scorecard } from '../model/scorecard.js';
import type { Result } from '../model/result.js';
import { count, list, longDay, number } from './figure-text.js';
import {
  candidateName,
  cardName,
  checksText,
  eliminationTexts,
  evidenceText,
  inputText,
  intervalText,
  layerTitle,
  lazyText,
  modelOf,
  notCollected,
  placeText,
  robustnessTexts,
  shareText,
  sideText,
  standingText,
  STANDINGS,
  unjudgedText,
  verdictText,
  weightText,
} from './selection-text.js';

function bullets(texts: readonly string[]): string {
  return texts.map((text) => `- ${md(text)}`).join('\n');
}

function choicePart(judgement: Judgement): string[] {
  const text = checksText(judgement);
  const [first] = judgement.checks;
  if (text === null || !first) return [];
  const rows = judgement.checks.map((check) =>
    [
      candidateName(judgement, check.chosen),
      layerTitle(judgement, check.layer),
      judgement.models.find(({ id }) => id === check.model)?.title ?? check.model,
      verdictText(check),
      sideText(judgement, check, check.before),
      sideText(judgement, check, check.now),
      check.why.join(' '),
    ].map((cell) => md(cell)),
  );
  const heads = [
    'Chosen',
    'Layer',
    'Model',
    'Does it hold?',
    longDay(first.before.asOf),
    longDay(first.now.asOf),
    'Why',
  ];
  return ['### Does the choice still hold?', md(text), mdTable(heads, rows)];
}

function cardPart(judgement: Judgement, card: Scorecard): string[] {
  const model = modelOf(judgement, card);
  const name = `${layerTitle(judgement, card.layer)}: ${cardName(judgement, card)}`;
  const ranking = card.candidates.map((one) => [
    placeText(one.rank),
    md(one.name),
    intervalText(one.total),
    one.rank === null ? '' : shareText(one.wins),
    one.rank === null ? '' : `${shareText(one.winsSurely)} to ${shareText(one.winsPossibly)}`,
    md(eliminationTexts(one, model).join('; ')),
  ]);
  const range = model === null ? '' : ` (${number(model.range[0])} to ${number(model.range[1])})`;
  const evidence = (model?.criteria ?? []).map((criterion) => [
    md(criterion.title),
    md(`${weightText(criterion, card)}; ${inputText(criterion.input, judgement)}`),
    ...card.candidates.map((one) => {
      const found = one.evidence.find((own) => own.criterion === criterion.id);
      return found ? md(evidenceText(found)) : number(null);
    }),
  ]);
  return [
    `#### ${md(name)}`,
    ...(model === null ? [] : [md(`${model.question} ${model.source}.`)]),
    mdTable(['Place', 'Candidate', `Score${range}`, 'Wins', 'Surely to possibly', 'Put out by'], ranking, [2, 3]),
    bullets(robustnessTexts(judgement, card)),
    ...(evidence.length === 0
      ? []
      : [mdTable(['Criterion', 'Rests on', ...card.candidates.map((one) => md(one.name))], evidence)]),
  ];
}

function lazyPart(judgement: Judgement, card: LazyUserCard): string[] {
  const title = (id: string) => judgement.capabilities.find((one) => one.id === id)?.title ?? id;
  const rows = card.candidates.map((one) =>
    [
      one.name,
      STANDINGS[one.standing],
      list(one.lacks.map(title)),
      list(one.unknown.map(title)),
      one.limits.map(({ text, sure }) => `${text}${sure ? '' : ' (not known)'}`).join('; '),
      one.effort.time === null ? 'not known' : `${intervalText(one.effort.time, 0)} h`,
    ].map((cell) => md(cell)),
  );
  return [
    `#### ${md(layerTitle(judgement, card.layer))}: least effort that meets the need`,
    md(`Need: ${list(card.need.capabilities.map(title)) || 'nothing in particular'}. ${lazyText(judgement, card)}`),
    ...(rows.length === 0
      ? []
      : [mdTable(['Candidate', 'Stands', 'Lacks', 'Not known', 'Against the means', 'Time'], rows)]),
    ...(card.relaxations.length === 0
      ? []
      : [
          bullets(
            card.relaxations.map(
              ({ text, candidates, sure }) =>
                `given up, ${text}: ${list(candidates.map((id) => candidateName(judgement, id)))}${sure ? '' : ', if what is unknown turns out well'}`,
            ),
          ),
        ]),
  ];
}

function factsPart(judgement: Judgement, layer: string): string[] {
  const rows = judgement.candidates
    .filter(({ layers }) => layers.includes(layer))
    .map((one) =>
      [
        `${one.name}${one.kind === 'suite' ? ' (commercial suite, not ranked)' : ''}`,
        one.licence.value,
        one.company.value,
        one.platforms.value === null ? null : list(one.platforms.value),
        one.support.value === null ? null : list(one.support.value.map(({ by, what }) => `${by}: ${what}`)),
        one.repository.value?.url ?? one.repository.note,
      ].map((cell) => (cell === null || cell === '' ? 'not known' : md(cell))),
    );
  if (rows.length === 0) return [];
  return [mdTable(['Candidate', 'Licence', 'Behind it', 'Runs on', 'Support on offer', 'Repository'], rows)];
}

/** Candidates judged by models, as parts of a Markdown text. */
export function selectionPart({ selection }: Result): string[] {
  if (!selection) return [];
  return [
    '## Selection',
    md(
      `Judged by ${count(selection.models.length, 'model')}: ${selection.models.map(({ title }) => title).join('; ')}. A score of two ends is as wide as what is unknown of it; unknown is never zero. Wins are the share of all ways to weigh a model's parts.`,
    ),
    ...choicePart(selection),
    ...selection.layers.flatMap(({ id, title }) => {
      const cards = selection.scorecards.filter(({ layer }) => layer === id);
      const lazy = selection.lazyUser.find(({ layer }) => layer === id);
      const missing = notCollected(cards);
      return [
        `### ${md(title)}`,
        md(standingText(selection, id)),
        ...(missing.length === 0 ? [] : [md(`Not collected: ${list(missing.map(({ name }) => name))}.`)]),
        ...(lazy ? lazyPart(selection, lazy) : []),
        ...cards.flatMap((card) => cardPart(selection, card)),
        ...factsPart(selection, id),
      ];
    }),
    ...(unjudgedText(selection) === null ? [] : [md(unjudgedText(selection) ?? '')]),
    ...selection.queries.flatMap(({ id, sql }) => [`Query ${code(id)}:`, codeBlock(sql, 'sql')]),
  ];
}
