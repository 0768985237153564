import type { Rehearsal, RehearsalStep } from '../../model/cluster.js';
import { awayText, rehearsalLead, rehearsalRemarks, shortNode } from '../deployment-text.js';
import { markup, type Html, type Part } from '../html.js';
import { scrolling, table } from './table.js';

const BAR = 90;

/** A time with its length as a bar; `most` is the longest of all. Away for good has the whole bar, hatched. */
function away(seconds: number | null, most: number): Html {
  const width = seconds === null ? BAR : Math.round((BAR * seconds) / most);
  return markup`${awayText(seconds)}<svg class="away" viewBox="0 0 ${BAR} 6" aria-hidden="true"><rect class="${seconds === null ? 'never' : 'full'}" width="${width}" height="6"/></svg>`;
}

function judged({ ok, violations }: RehearsalStep): Html {
  if (ok) return markup`<span class="yes">yes</span>`;
  return markup`<span class="no">no</span>${violations.map((one) => markup`<span class="remark">${one}</span>`)}`;
}

/** A rehearsal: what each event cost. */
export function rehearsalPart(rehearsal: Rehearsal): Html {
  const times = rehearsal.steps.flatMap(({ addressAway, serviceAway }) => [addressAway ?? 0, serviceAway ?? 0]);
  const most = Math.max(0.001, ...times);
  const caption = 'What was done to a running cluster, and for how long address and service were away';
  const remarks = rehearsalRemarks(rehearsal);
  const rows = rehearsal.steps.map((step): Part[] => [
    markup`<bdi>${step.event}</bdi>`,
    away(step.addressAway, most),
    away(step.serviceAway, most),
    step.servedBy === null ? 'nobody' : markup`<bdi>${shortNode(step.servedBy)}</bdi>`,
    step.fenced.map(shortNode).join(', '),
    judged(step),
  ]);
  const heads = ['Event', 'Address away', 'Service away', 'Served by', 'Fenced', 'As it should'];
  return markup`<h3 id="deployment/rehearsal">Rehearsal</h3>
    <p>${rehearsalLead(rehearsal)}</p>
    <div class="rehearsal">${scrolling(caption, table(caption, heads, rows, []))}</div>
    ${remarks.length > 0 && markup`<ul class="traps">${remarks.map((text) => markup`<li>${text}</li>`)}</ul>`}`;
}
