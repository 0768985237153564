import type { CandidateScore, Scorecard } from '../../model/scorecard.js';
import type { SelectionModel } from '../../model/selection-model.js';
import { list, number } from '../figure-text.js';
import { markup, type Html, type Part } from '../html.js';
import { safeName } from '../identity.js';
import {
  cardName,
  eliminationTexts,
  evidenceText,
  intervalText,
  modelOf,
  placeText,
  robustnessTexts,
  shareText,
  weightText,
} from '../selection-text.js';
import { candidateTag, scoreBar, type LayerSheet } from './selection-places.js';
import { weightSpace } from './selection-weights.js';
import { methodId } from './selection-method.js';
import { leanTable } from './selection-table.js';
import { scrolling } from './table.js';

const RANGE = [0, 1] as const;

function winsCell({ rank, wins, winsSurely, winsPossibly }: CandidateScore): Part {
  if (rank === null) return '';
  if (winsSurely === winsPossibly) return shareText(wins);
  return markup`${shareText(wins)}<span class="remark">${shareText(winsSurely)} to ${shareText(winsPossibly)}</span>`;
}

function ranking(sheet: LayerSheet, card: Scorecard, model: SelectionModel | null, name: string): Html {
  const range = model?.range ?? RANGE;
  const caption = `${name}: scores from ${range[0]} to ${range[1]}, places, and the share of all weightings in which each wins`;
  const rows = card.candidates.map((one): Part[] => {
    const why = eliminationTexts(one, model);
    return [
      placeText(one.rank),
      markup`${candidateTag(sheet, one)}${why.length > 0 && markup`<span class="remark">${why.join('; ')}</span>`}`,
      markup`${scoreBar(one.total, range, sheet.colour(one.candidate))}<span class=range>${intervalText(one.total)}</span>`,
      winsCell(one),
    ];
  });
  return leanTable(caption, ['Place', 'Candidate', 'Score', 'Wins'], rows, [3]);
}

/** What was found for a criterion, candidate by candidate; one cell where nobody knows anything of any. */
function evidenceCells({ candidates }: Scorecard, criterion: string): Html {
  const found = candidates.map(({ evidence }) => evidence.find((own) => own.criterion === criterion));
  const [first] = found;
  const texts = found.map((one) => (one ? evidenceText(one) : number(null)));
  if (first && found.every((one) => one?.state === first.state) && first.state !== 'known') {
    return markup`<td class="soft" colspan="${found.length}">${texts[0]}${found.length > 1 && ', all of them'}`;
  }
  return markup`${found.map((one, i) => (one?.state === 'known' ? markup`<td>${texts[i]}` : markup`<td class=soft>${texts[i]}`))}`;
}

function evidenceTable(card: Scorecard, model: SelectionModel, name: string): Html {
  const caption = `${name}: what was found, and the score from ${model.range[0]} to ${model.range[1]} it gives`;
  const rows = model.criteria.map(
    (criterion) =>
      markup`<tr><th scope=row>${criterion.title}<span class=remark>${weightText(criterion, card)}</span>${evidenceCells(card, criterion.id)}`,
  );
  return markup`<div class="matrix proof">${scrolling(
    caption,
    markup`<table><caption>${caption}</caption>
<thead><tr><th scope=col>Criterion${card.candidates.map(({ name: own }) => markup`<th scope=col><bdi>${own}</bdi>`)}</thead>
<tbody>${rows}</tbody></table>`,
  )}</div>`;
}

/** Id of a card's part of the page. */
function cardId(sheet: LayerSheet, card: Scorecard): string {
  const several = (modelOf(sheet.judgement, card)?.variants.length ?? 0) > 1;
  return `${sheet.id}/${safeName(card.model)}${several ? `-${card.variant}` : ''}`;
}

/** One model on one layer: the ranking, how much it hangs on weights and unknowns, and the evidence. */
export function modelPart(sheet: LayerSheet, card: Scorecard): Html {
  const { judgement } = sheet;
  const model = modelOf(judgement, card);
  const name = cardName(judgement, card);
  const first = card.candidates.filter(({ rank }) => rank?.best === 1).map((one) => one.name);
  const shown = `${list(first.slice(0, 4))}${first.length > 4 ? ` and ${first.length - 4} more` : ''}`;
  const lead = first.length === 0 ? 'nobody is left' : `${shown} ${first.length === 1 ? 'first' : 'may be first'}`;
  const own = sheet.cards.find((one) => one.model === card.model) ?? card;
  return markup`<details class="fold judged" id="${cardId(sheet, card)}">
    <summary><h4>${name}</h4> <span>${lead}</span></summary>
    <div class="inside">
      ${model && markup`<p class="question">${model.question} <a href="#${methodId(model.id)}">Criteria, scales and sources<span class="vh"> of ${name}, ${sheet.title}</span></a></p>`}
      ${ranking(sheet, card, model, name)}
      <ul class="robust">${robustnessTexts(judgement, card).map((text) => markup`<li>${text}</li>`)}</ul>
      ${weightSpace(sheet, card)}
      ${
        model &&
        (own === card
          ? markup`<details class="behind-score">
              <summary>Evidence behind every score<span class="vh">: ${name}, ${sheet.title}</span></summary>
              ${evidenceTable(card, model, name)}
            </details>`
          : markup`<p class="soft">The evidence is that of <a href="#${cardId(sheet, own)}">${cardName(judgement, own)}<span class="vh">, ${sheet.title}</span></a>.</p>`)
      }
    </div>
  </details>`;
}
