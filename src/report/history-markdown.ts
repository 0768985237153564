import type { Alarm } from '../model/alarm.js';
import { md, mdTable } from '../model/markdown-text.js';
import type { Result } from '../model/result.js';
import type { PastRun } from '../model/run-history.js';
import { evidenceText } from './evaluation-text.js';
import { longDay } from './figure-text.js';
import {
  alarmState,
  courseCells,
  coursesOf,
  drawnRuns,
  historyLead,
  MOST_LISTED,
  NO_ALARMS_TEXT,
  runEvents,
  sortedAlarms,
} from './history-text.js';

function alarmsTable(title: string, alarms: readonly Alarm[]): string[] {
  if (alarms.length === 0) return [`${title}: none.`];
  const rows = alarms.slice(0, MOST_LISTED).map((alarm) => {
    const { id, project, text, firstSeen, closed, note } = alarm;
    const state = `${alarmState(alarm)}${note === null ? '' : `: ${note}`}`;
    return [String(id), project, text, evidenceText(alarm), firstSeen, closed ?? 'it holds', state].map(md);
  });
  const rest = alarms.length - rows.length;
  return [
    `${title}:`,
    mdTable(['No.', 'Project', 'What', 'Evidence', 'Since', 'Until', 'State'], rows, [0]),
    ...(rest > 0 ? [`And ${rest} before.`] : []),
  ];
}

/** Figures that moved; the others are told by the part about the project. */
function projectPart(result: Result, runs: readonly PastRun[], project: string): string[] {
  const courses = coursesOf(result, runs, project);
  const moved = courses
    .map((course) => ({ ...course, ...courseCells(course) }))
    .filter(({ low, high }) => low !== high);
  const events = runEvents(runs, project).slice(0, MOST_LISTED);
  if (courses.length === 0 && events.length === 0) return [];
  const rows = moved.map(({ title, first, newest, range, unit }) => [title, first, newest, range, unit].map(md));
  return [
    `### ${md(project)}: over time`,
    rows.length === 0
      ? 'No figure changed.'
      : mdTable(['Figure', 'First', 'Newest', 'Lowest to highest', 'Unit'], rows, [1, 2, 3]),
    ...(events.length === 0 ? [] : [events.map(({ run, text }) => `- ${longDay(run.day)}: ${md(text)}`).join('\n')]),
  ];
}

/** Figures, scores and alarms over the kept runs, as parts of a Markdown text. */
export function historyPart(result: Result): string[] {
  const { history, projects } = result;
  if (!history) return [];
  const runs = drawnRuns(history);
  const alarms = history.alarms === null ? null : sortedAlarms(history.alarms);
  return [
    '## Over time',
    md(historyLead(history)),
    ...(alarms === null
      ? [NO_ALARMS_TEXT]
      : [...alarmsTable('Open alarms', alarms.holding), ...alarmsTable('Past alarms', alarms.past)]),
    ...projects.flatMap(({ name }) => projectPart(result, runs, name)),
  ];
}
