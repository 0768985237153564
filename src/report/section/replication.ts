import type { Replication, ReplicationTrial, Result } from '../../model/result.js';
import { count, number } from '../figure-text.js';
import { markup, type Html } from '../html.js';
import { scrolling, table } from './table.js';

export const ROUNDING_TEXT: Record<ReplicationTrial['rounding'], string> = {
  exact: 'none needed',
  truncated: 'cut off after the point',
  rounded: 'to the nearest whole',
};

/** `Figure 8.1: Commits, July to December 2014`. */
export function figureName({ figure, title }: Replication): string {
  return `Figure ${figure}: ${title}`;
}

/** How a published figure came out, in plain words. */
export function outcome(one: Replication): { mark: 'same' | 'found' | 'not'; text: string } {
  const by = one.reproducedBy;
  if (by === null) {
    return { mark: 'not', text: `Not reproduced. Nearest: ${number(one.nearest.rounded)}, with ${one.nearest.rule}` };
  }
  return { mark: one.ours === one.published ? 'same' : 'found', text: `Reproduced with ${by.rule}` };
}

function trials(one: Replication): Html {
  const caption = `Every count tried for \u201c${figureName(one)}\u201d, ${one.project}: published ${number(one.published)}`;
  const rows = one.trials.map((trial) => [
    markup`<bdi>${trial.rule}</bdi>`,
    number(trial.value, 3),
    ROUNDING_TEXT[trial.rounding],
    number(trial.rounded),
    trial.equal ? markup`<span class="yes">✓ yes</span>` : 'no',
  ]);
  return markup`<details class="trials">
    <summary>${figureName(one)}, <bdi>${one.project}</bdi>: ${count(one.trials.length, 'way')} of counting</summary>
    <div class="inside">
      ${scrolling(caption, table(caption, ['Rule', 'Before rounding', 'Rounding', 'Gives', 'Equal'], rows, [1, 3]))}
    </div>
  </details>`;
}

/** Published figures beside ours; nothing where the study replicates none. */
export function replicationSection(result: Result): Html | null {
  if (result.replication.length === 0) return null;
  const found = result.replication.filter((one) => one.reproducedBy !== null).length;
  const all = result.replication.length;
  const rows = result.replication.map((one) => {
    const { mark, text } = outcome(one);
    const sign = mark === 'not' ? '\u2717' : '\u2713';
    return [
      figureName(one),
      markup`<bdi class="nw">${one.project}</bdi>`,
      number(one.published),
      number(one.ours),
      markup`<span class="outcome ${mark}"><span aria-hidden="true">${sign}</span> ${text}</span
        >${one.note !== null && markup`<span class="remark">${one.note}</span>`}`,
    ];
  });
  const caption = 'Published figures and what this report counts';
  return markup`<section id="replication" aria-labelledby="replication-title">
    <h2 id="replication-title">Replication</h2>
    <p class="lead">
      ${found === all ? `All ${count(all, 'published figure')} can be reproduced` : `${found} of ${count(all, 'published figure')} can be reproduced`}
      on today’s histories; the table says by which way of counting.
    </p>
    <p>“Ours” is the plainest count: every branch, people by name and address, today’s history.</p>
    ${scrolling(caption, table(caption, ['Figure', 'Project', 'Published', 'Ours', 'How they compare'], rows, [2, 3]))}
    <h3>Every count that was tried</h3>
    ${result.replication.map(trials)}
  </section>`;
}
