import type { Alarm } from '../../model/alarm.js';
import { evidenceText } from '../evaluation-text.js';
import { count } from '../figure-text.js';
import { alarmState, MOST_LISTED, NO_ALARMS_TEXT, sortedAlarms } from '../history-text.js';
import { markup, type Html, type Part } from '../html.js';
import { scrolling, table } from './table.js';

const HEADS = ['No.', 'Project', 'What', 'Since', 'Until', 'State'];

function row(alarm: Alarm): Part[] {
  const { id, project, rule, text, firstSeen, lastSeen, closed, note } = alarm;
  return [
    id,
    markup`<bdi>${project}</bdi>`,
    markup`<bdi>${text}</bdi><span class="remark">${rule}, on ${lastSeen}: <bdi>${evidenceText(alarm)}</bdi></span>`,
    markup`<span class="nw">${firstSeen}</span>`,
    closed === null ? 'it holds' : markup`<span class="nw">${closed}</span>`,
    markup`${alarmState(alarm)}${note !== null && markup`<span class="remark"><bdi>${note}</bdi></span>`}`,
  ];
}

function list(title: string, id: string, alarms: readonly Alarm[]): Html {
  const shown = alarms.slice(0, MOST_LISTED);
  const all = count(alarms.length, 'alarm');
  const caption = shown.length < alarms.length ? `The newest ${shown.length} of ${all}` : `${all}, the newest first`;
  return markup`<h3 id="${id}">${title}</h3>
    ${
      shown.length === 0
        ? markup`<p>None.</p>`
        : markup`<div class="alarms">${scrolling(title, table(caption, HEADS, shown.map(row), [0]))}</div>`
    }`;
}

/** Alarms that hold, and past ones, as two tables. `ids` of their headings. */
export function alarmsPart(alarms: readonly Alarm[] | null, ids: { holding: string; past: string }): Html {
  if (alarms === null) return markup`<p>${NO_ALARMS_TEXT}</p>`;
  const { holding, past } = sortedAlarms(alarms);
  return markup`${list('Open alarms', ids.holding, holding)}
    ${list('Past alarms', ids.past, past)}`;
}
