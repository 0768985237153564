import type { Judgement } from '../../model/judgement.js';
import type { Criterion, Scale, SelectionModel } from '../../model/selection-model.js';
import { number, UNKNOWN } from '../figure-text.js';
import { markup, type Html, type Part } from '../html.js';
import { safeName, type Anchors } from '../identity.js';
import { inputText, weightText } from '../selection-text.js';
import { leanTable } from './selection-table.js';

/** Id of what is said of a model once for all layers. */
export function methodId(model: string): string {
  return `selection/models/${safeName(model)}`;
}

/** `0; 1 from 3; 2 from 8`, `straight lines through 0: 0, 500: 10`, `none: 0; full: 10`. */
function scaleText(scale: Scale): string {
  if (scale.kind === 'steps') {
    return scale.steps
      .map(({ from, score }) => `${number(score)}${from === null ? '' : ` from ${number(from)}`}`)
      .join('; ');
  }
  if (scale.kind === 'choices') {
    return Object.entries(scale.scores)
      .map(([word, score]) => `${word}: ${number(score)}`)
      .join('; ');
  }
  const points = scale.points.map(([value, score]) => `${number(value)}: ${number(score)}`).join(', ');
  return `${scale.log ? 'by the logarithm' : 'straight lines'} through ${points}`;
}

/** What a criterion rests on, with the way to the SQL where there is one. */
function inputPart(judgement: Judgement, { input }: Criterion, anchors: Anchors, measured: ReadonlySet<string>): Part {
  const text = inputText(input, judgement);
  if (input.kind !== 'metric') return text;
  if (measured.has(input.query)) return markup`<a href="#methods/${anchors.figure(input.query)}">${text}</a>`;
  const own = judgement.queries.some(({ id }) => id === input.query);
  return own ? markup`<a href="#selection/queries/${safeName(input.query)}">${text}</a>` : text;
}

/** A model said once: what it asks, its criteria with weights, scales and sources, and what to beware of. */
export function methodPart(
  judgement: Judgement,
  model: SelectionModel,
  anchors: Anchors,
  measured: ReadonlySet<string>,
): Html {
  const card = judgement.scorecards.find((one) => one.model === model.id);
  const caption = `${model.title}: criteria, and what score of ${model.range[0]} to ${model.range[1]} a value gives`;
  const rows = model.criteria.map((criterion): Part[] => [
    criterion.title,
    card ? weightText(criterion, card) : UNKNOWN,
    inputPart(judgement, criterion, anchors, measured),
    scaleText(criterion.scale),
    criterion.source,
  ]);
  return markup`<details class="fold judged" id="${methodId(model.id)}">
    <summary><h4>${model.title}</h4> <span>${model.question}</span></summary>
    <div class="inside">
      <p class="question">${model.source}</p>
      ${model.traps.length > 0 && markup`<ul class="traps">${model.traps.map((trap) => markup`<li>${trap}</li>`)}</ul>`}
      ${rows.length > 0 && markup`<div class="matrix proof">${leanTable(caption, ['Criterion', 'Weight', 'Rests on', 'Scale', 'Source'], rows)}</div>`}
    </div>
  </details>`;
}
