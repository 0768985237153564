import type { Judgement } from '../../model/judgement.js';
import type { ChoiceCheck } from '../../model/scorecard.js';
import { longDay } from '../figure-text.js';
import { markup, type Html, type Part } from '../html.js';
import {
  candidateName,
  checksText,
  layerTitle,
  reasons,
  sideText,
  sortedChecks,
  verdictText,
} from '../selection-text.js';
import { scrolling, table } from './table.js';

const SIGNS: Record<ChoiceCheck['verdict'], string> = { holds: '✓', held: '✗', never: '○', undecided: '?' };
const CLASSES: Record<ChoiceCheck['verdict'], string> = { holds: 'same', held: 'not', never: '', undecided: '' };

function row(judgement: Judgement, check: ChoiceCheck): Part[] {
  const model = judgement.models.find(({ id }) => id === check.model);
  return [
    markup`<bdi>${candidateName(judgement, check.chosen)}</bdi><span class="remark">${layerTitle(judgement, check.layer)}; ${model?.title ?? check.model}</span>`,
    markup`<span class="outcome ${CLASSES[check.verdict]}"><span aria-hidden="true">${SIGNS[check.verdict]}</span> ${verdictText(check)}</span
      >${reasons(check).map((text) => markup`<span class=remark>${text}</span>`)}`,
    sideText(judgement, check, check.before),
    sideText(judgement, check, check.now),
  ];
}

function checkTable(judgement: Judgement, checks: readonly ChoiceCheck[], title: string): Html {
  const [first] = checks;
  const heads = ['Chosen', 'Does it hold?', longDay(first?.before.asOf ?? null), longDay(first?.now.asOf ?? null)];
  const rows = checks.map((check) => row(judgement, check));
  return markup`<div class="matrix checks">${scrolling(title, table(title, heads, rows, []))}</div>`;
}

/** Whether what was chosen still comes first, both days side by side; null where there is nothing to hold it against. */
export function choicePart(judgement: Judgement, ofThesis: boolean): Html | null {
  const { own, others } = sortedChecks(judgement, ofThesis);
  const text = checksText({ checks: own });
  if (text === null) return null;
  const title = ofThesis ? 'Does the thesis’s choice still hold?' : 'Does the choice still hold?';
  const byOthers = checksText({ checks: others });
  return markup`<h3 id="selection/choice" data-find="selection">${title}</h3>
    <p>
      ${text} Models and catalogue are today’s on both days; histories are cut off at each day, and an answer counts from the
      day on which it was given.
    </p>
    ${checkTable(judgement, own, own === judgement.checks ? title : `${title} By the model of the thesis`)}
    ${
      byOthers !== null &&
      markup`<details class="behind-score">
        <summary>By the other models</summary>
        <p>${byOthers}</p>
        ${checkTable(judgement, others, `${title} By the other models`)}
      </details>`
    }`;
}
