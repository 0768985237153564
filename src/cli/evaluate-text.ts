import type { Alarm } from '../model/alarm.js';
import { DEPLOYMENT_HEADS, deploymentRows, libyearsText } from '../model/deployment-text.js';
import type { Evaluation } from '../model/evaluation.js';
import type { Replay, ReplayedAlarm, ReplayedRule } from '../model/replay.js';
import type { AlarmList } from '../pipeline/history.js';
import { visibleLine } from '../model/text.js';
import { counted } from './amount.js';
import { tableText, type Cell } from './table.js';

function part(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${visibleLine(line)}`)];
}

/** All alarms of a study, by what became of them. */
export function alarmsText({ study, open, acknowledged, closed }: AlarmList): string {
  return [
    visibleLine(`${study}: ${open.length} open, ${acknowledged.length} acknowledged, ${closed.length} past`),
    ...part('Open:', open.map(alarmLine)),
    ...part('Acknowledged:', acknowledged.map(alarmLine)),
    ...part('Past:', closed.map(pastLine)),
  ].join('\n');
}

function pastLine({ id, project, rule, text, firstSeen, closed, note }: Alarm): string {
  return `${id}  ${project}: ${text} (${rule}, ${firstSeen} to ${closed ?? ''}${note === null ? '' : `: ${note}`})`;
}

function alarmLine({ id, project, rule, text, state, firstSeen, note }: Alarm): string {
  const since = ` (${rule}, since ${firstSeen}${state === 'acknowledged' ? ', acknowledged' : ''}${note === null ? '' : `: ${note}`})`;
  return `${id}  ${project}: ${text}${since}`;
}

function closedLine({ id, project, rule, text, firstSeen, closed }: Alarm): string {
  return `${id}  ${project}: no longer: ${text} (${rule}, ${firstSeen} to ${closed ?? ''})`;
}

/** The date of what is used tells a person less than how far behind it is. */
function shown(cells: readonly string[]): string[] {
  return cells.filter((_, i) => i !== 2).map(visibleLine);
}

function deployed(deployment: Evaluation['deployment']): string[] {
  if (deployment === null) return [];
  const table = tableText(shown(DEPLOYMENT_HEADS), deploymentRows(deployment).map(shown));
  return ['', `What is deployed: ${libyearsText(deployment)}`, ...table.split('\n').map((line) => `  ${line}`)];
}

/** What an evaluate found, for a person. `figures`: those that got worse or better, as lines. */
export function evaluationText(evaluation: Evaluation, figures: readonly string[]): string {
  const { study, day, run, previous, changes, alarms, projects, failures, deployment } = evaluation;
  const fresh = projects.filter(({ newCommits }) => newCommits > 0);
  const compared =
    previous === null
      ? 'the first run'
      : changes === null
        ? `the run of ${previous.day} can't be read, so nothing is compared`
        : `${counted(changes.figures.length, 'figure')} changed since the run of ${previous.day}`;
  const others = (changes?.figures.length ?? 0) - figures.length;
  const rest = `and ${counted(others, 'figure')} of which neither can be said`;
  return [
    visibleLine(
      `${study}, as of ${day}: ${counted(alarms.new.length, 'new alarm')}, ${alarms.open.length} open; ${compared}`,
    ),
    ...part('New alarms:', alarms.new.map(alarmLine)),
    ...part('Closed:', alarms.closed.map(closedLine)),
    ...part('Still open:', alarms.open.map(alarmLine)),
    ...part(
      'New commits:',
      fresh.map(({ project, newCommits }) => `${project}: ${counted(newCommits, 'commit')}`),
    ),
    ...part('Why figures changed:', changes?.causes.map(({ text }) => text) ?? []),
    ...part('Figures that got worse or better, then → now:', others > 0 ? [...figures, rest] : figures),
    ...part(
      'Not collected:',
      failures.map(({ project, message }) => (project === null ? message : `${project}: ${message}`)),
    ),
    ...deployed(deployment),
    ...(run === null ? [] : ['', visibleLine(`Run: ${run.file}`)]),
  ].join('\n');
}

function rate({ falseRate }: Pick<ReplayedRule, 'falseRate'>): string {
  return falseRate === null ? '–' : `${Math.round(100 * falseRate)} %`;
}

function tallyCells(name: string, rule: Omit<ReplayedRule, 'rule' | 'kind'>): Cell[] {
  return [name, rule.alarms, rule.right, rule.false, rule.undecided, rule.facts, rate(rule)];
}

function alarmCells({ project, rule, opened, closed, verdict, text }: ReplayedAlarm): Cell[] {
  return [opened, closed ?? 'still', project, rule, verdict, text];
}

/** A replay as two tables: the rules, and every alarm they would have raised. */
export function replayText({ from, to, days, projects, rules, total, alarms, notReplayed }: Replay): string {
  const summary = tableText(
    ['rule', 'alarms', 'lasted', 'false', 'undecided', 'events', 'false alarms'],
    [...rules.map((rule) => tallyCells(rule.rule, rule)), tallyCells('all', total)],
  );
  const list = tableText(['raised', 'ended', 'project', 'rule', 'verdict', 'what it said'], alarms.map(alarmCells));
  return [
    `From ${from} to ${to}, ${counted(days, 'day')} judged, a month apart: ${visibleLine(projects.join(', '))}.`,
    "False: what it warned of was gone before the rule's lasts_days were over. Events are facts, and count in neither.",
    '',
    summary,
    ...(alarms.length === 0 ? [] : ['', list]),
    ...part(
      'Not replayed:',
      notReplayed.map(({ rule, why }) => `${rule}: ${why}`),
    ),
  ].join('\n');
}
