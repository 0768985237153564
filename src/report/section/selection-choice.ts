import type { Judgement } from '../../model/judgement.js';
import type { ChoiceCheck } from '../../model/scorecard.js';
import { longDay } from '../figure-text.js';
import { markup, type Html, type Part } from '../html.js';
import { candidateName, checksText, layerTitle, sideText, VERDICTS } from '../selection-text.js';
import { scrolling, table } from './table.js';

const SIGNS: Record<ChoiceCheck['verdict'], string> = { holds: '✓', held: '✗', never: '○', undecided: '?' };
const CLASSES: Record<ChoiceCheck['verdict'], string> = { holds: 'same', held: 'not', never: '', undecided: '' };

function row(judgement: Judgement, check: ChoiceCheck): Part[] {
  const model = judgement.models.find(({ id }) => id === check.model);
  return [
    markup`<bdi>${candidateName(judgement, check.chosen)}</bdi><span class="remark">${layerTitle(judgement, check.layer)}; ${model?.title ?? check.model}</span>`,
    markup`<span class="outcome ${CLASSES[check.verdict]}"><span aria-hidden="true">${SIGNS[check.verdict]}</span> ${VERDICTS[check.verdict]}</span
      >${check.why.length > 0 && markup`<span class="remark">${check.why.join(' ')}</span>`}`,
    sideText(judgement, check, check.before),
    sideText(judgement, check, check.now),
  ];
}

/** Whether what was chosen still comes first, both days side by side; null where there is nothing to hold it against. */
export function choicePart(judgement: Judgement, ofThesis: boolean): Html | null {
  const text = checksText(judgement);
  const [check] = judgement.checks;
  if (text === null || !check) return null;
  const title = ofThesis ? 'Does the thesis’s choice still hold?' : 'Does the choice still hold?';
  const heads = ['Chosen', 'Does it hold?', longDay(check.before.asOf), longDay(check.now.asOf)];
  return markup`<h3 id="selection/choice" data-find="selection">${title}</h3>
    <p>${text} Both days are measured by today’s models, catalogue and answers: only the histories differ.</p>
    <div class="matrix">${scrolling(
      title,
      table(
        title,
        heads,
        judgement.checks.map((one) => row(judgement, one)),
        [],
      ),
    )}</div>`;
}
