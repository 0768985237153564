import type { Alarm } from '../model/alarm.js';
import type { Evaluation } from '../model/evaluation.js';
import { DEPLOYMENT_HEADS, deploymentRows, libyearsText } from '../model/deployment-text.js';
import { md, mdTable } from '../model/markdown-text.js';
import { changesPart } from './changes-markdown.js';
import { counted, evidenceText, stateText, verdict } from './evaluation-text.js';

/** GitHub takes 65,536 characters in an issue. */
const LONGEST = 60_000;
const MOST = 50;

/** A run as Markdown, fit for an issue or the summary of a job: alarms first, then what changed and what failed. */
export function evaluationMarkdown(evaluation: Evaluation): string {
  const { study, day, run, previous, changes, alarms, failures, projects } = evaluation;
  const since = previous === null ? 'This is the first run.' : `Compared with the run of ${previous.day}.`;
  const sealed = run === null ? 'Nothing could be measured.' : `Sealed as ${run.seal.slice(0, 16)}.`;
  const head = [`# ${plain(`${study}: ${verdict(evaluation).text}`)}`, plain(`As of ${day}. ${since} ${sealed}`)];
  const before = [
    ...alarmsPart('New alarms', alarms.new),
    ...alarmsPart('Still open', alarms.open),
    ...alarmsPart('Closed', alarms.closed),
    ...failuresPart(failures),
  ];
  const after = [...deploymentPart(evaluation.deployment), ...projectsPart(projects)];
  const changed = changes === null ? [] : changesPart(changes).map(quiet);
  const whole = text([...head, ...before, ...changed, ...after]);
  if (whole.length <= LONGEST) return whole;
  const brief = text([...head, ...before, `What changed is too long for here: health diff tells it.`, ...after]);
  return brief.length <= LONGEST ? brief : cut(brief);
}

function alarmsPart(title: string, alarms: readonly Alarm[]): string[] {
  if (alarms.length === 0) return [];
  const items = alarms
    .slice(0, MOST)
    .map(
      (alarm) =>
        `- **${plain(alarm.project)}**, ${plain(alarm.rule)} (no. ${alarm.id}): ${plain(alarm.text)}\n` +
        `  ${plain(`${stateText(alarm)}. ${evidenceText(alarm)}`)}`,
    );
  const rest = alarms.length > MOST ? [`And ${counted(alarms.length - MOST, 'other')}.`] : [];
  return [`## ${title}`, items.join('\n'), ...rest];
}

function failuresPart(failures: Evaluation['failures']): string[] {
  if (failures.length === 0) return [];
  const items = failures
    .slice(0, MOST)
    .map(({ project, code, message, hint }) =>
      plain(`${project === null ? '' : `${project}: `}${message} (${code})${hint === null ? '' : `. ${hint}`}`),
    );
  return ['## What failed', items.map((item) => `- ${item}`).join('\n')];
}

function deploymentPart(deployment: Evaluation['deployment']): string[] {
  if (deployment === null) return [];
  const rows = deploymentRows(deployment)
    .slice(0, MOST)
    .map((row) => row.map(plain));
  return ['## What is deployed', plain(`${libyearsText(deployment)}.`), mdTable(DEPLOYMENT_HEADS, rows)];
}

function projectsPart(projects: Evaluation['projects']): string[] {
  if (projects.length === 0) return [];
  const rows = projects
    .slice(0, 4 * MOST)
    .map(({ project, ok, commits, newCommits, warning }) => [
      plain(project),
      String(commits),
      String(newCommits),
      plain(ok ? (warning ?? 'collected') : 'not collected'),
    ]);
  return ['## Projects', mdTable(['Project', 'Commits', 'New', 'State'], rows, [1, 2])];
}

/** As `md`, and nobody is called and no issue referred to: forges look for both after they have read the Markdown. */
function plain(text: string): string {
  return quiet(md(text));
}

function quiet(markdown: string): string {
  return markdown.replace(/[@#!&~$%](?=[\w-])/g, '$&&#8203;');
}

function text(parts: readonly string[]): string {
  return `${parts.join('\n\n')}\n`;
}

/** At the end of a line, so that no link or entity is cut in two. */
function cut(markdown: string): string {
  const end = markdown.lastIndexOf('\n', LONGEST - 100);
  return `${markdown.slice(0, end)}\n\nThe rest is too long for here.\n`;
}
