import type { Judgement } from '../../model/judgement.js';
import type { Result } from '../../model/result.js';
import { count, list } from '../figure-text.js';
import { markup, type Html, type Part } from '../html.js';
import { safeName, type Anchors } from '../identity.js';
import {
  cardName,
  intervalText,
  modelOf,
  notCollected,
  placeText,
  shareText,
  standingText,
  unjudgedText,
} from '../selection-text.js';
import { choicePart } from './selection-choice.js';
import { factsPart } from './selection-facts.js';
import { lazyPart } from './selection-lazy.js';
import { modelPart } from './selection-model.js';
import { candidateTag, layerSheet, scoreBar, type LayerSheet } from './selection-places.js';
import { methodPart } from './selection-method.js';
import { leanTable } from './selection-table.js';

/** All candidates of a layer against all models: interval, place, share of the weightings. */
function overview(sheet: LayerSheet): Html {
  const { judgement, cards } = sheet;
  const caption = `${sheet.title}: place, score, and the share of all weightings in which each wins`;
  const heads = [
    'Candidate',
    ...cards.map((card) => {
      const range = modelOf(judgement, card)?.range;
      return markup`${cardName(judgement, card)}${range && markup`<span class="remark">${range[0]} to ${range[1]}</span>`}`;
    }),
  ];
  const missing = new Set(notCollected(cards).map(({ candidate }) => candidate));
  const rows = sheet.order.map((id): Part[] => [
    markup`${candidateTag(sheet, { candidate: id, name: sheet.name(id) })}${missing.has(id) && markup`<span class="remark">not collected</span>`}`,
    ...cards.map((card) => {
      const one = card.candidates.find(({ candidate }) => candidate === id);
      if (!one) return '';
      const first = one.rank?.best === 1 && one.rank.worst === 1;
      return markup`<span class="place${first && ' first'}">${placeText(one.rank)}</span>${scoreBar(one.total, modelOf(judgement, card)?.range ?? [0, 1], sheet.colour(id))}<span class=range>${intervalText(one.total)}${one.rank !== null && `, wins ${shareText(one.wins)}`}</span>`;
    }),
  ]);
  return markup`<div class="matrix judged-all">${leanTable(caption, heads, rows)}</div>`;
}

function layerPart(sheet: LayerSheet, seen: Map<string, string>): Html {
  const { judgement, layer } = sheet;
  const lazy = judgement.lazyUser.find((card) => card.layer === layer);
  const missing = notCollected(sheet.cards);
  return markup`<div class="layerpart">
    <h3 id="${sheet.id}" data-find="layer of the stack">${sheet.title}</h3>
    <p>${judgement.layers.find(({ id }) => id === layer)?.role} ${standingText(judgement, layer)}</p>
    ${sheet.order.length > 0 && overview(sheet)}
    ${
      missing.length > 0 &&
      markup`<p class="key">
        Not collected, so nothing is measured of them and their scores are wide: ${list(missing.map(({ name }) => name))}.
        <code>health catalogue --study</code> writes a study that collects what can be.
      </p>`
    }
    ${lazy && lazyPart(sheet, lazy)}
    ${sheet.cards.map((card) => modelPart(sheet, card))}
    ${factsPart(sheet, seen)}
  </div>`;
}

function queriesPart({ queries }: Judgement): Html | null {
  if (queries.length === 0) return null;
  return markup`<details class="fold judged">
    <summary><h4>Queries that only the scores rest on</h4></summary>
    <div class="inside">
      ${queries.map(({ id, title, sql }) => markup`<h5 id="selection/queries/${safeName(id)}">${title}</h5><pre tabindex="0" role="region" aria-label="SQL: ${title}"><code>${sql.trim()}</code></pre>`)}
    </div>
  </details>`;
}

/** Candidates judged by models, layer by layer; null where none were. */
export function selectionSection(result: Result, anchors: Anchors): Html | null {
  const { selection } = result;
  if (!selection) return null;
  const queries = new Set(result.queries.map(({ id }) => id));
  // Where the facts of a candidate stand already.
  const seen = new Map<string, string>();
  const sheets = selection.layers.map(({ id }) => layerSheet(selection, id));
  return markup`<section id="selection" aria-labelledby="selection-title">
    <h2 id="selection-title">Selection</h2>
    <p class="lead">
      What is in use against what could be, judged by ${count(selection.models.length, 'model')}: ${selection.models.map(({ title }) => title).join('; ')}.
    </p>
    <p class="key">
      A thick bar is what a candidate scores for sure; the thin bar goes on to what it could score if all that is unknown
      turned out well. Unknown is never taken for zero. The places and wins follow from the same unknowns; how often a
      candidate wins is over all ways to weigh the parts of a model, not over opinions.
    </p>
    ${choicePart(selection, result.study.replicates !== null)}
    ${sheets.map((sheet) => layerPart(sheet, seen))}
    ${unjudgedText(selection) !== null && markup`<p class="key">${unjudgedText(selection)}</p>`}
    <h3 id="selection/models">The models</h3>
    ${selection.models.map((model) => methodPart(selection, model, anchors, queries))}
    ${queriesPart(selection)}
  </section>`;
}
