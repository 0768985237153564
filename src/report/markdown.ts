import type { Measurement } from '../model/measurement.js';
import { code, codeBlock, md, mdTable } from '../model/markdown-text.js';
import type { ProjectContributors, ProjectFacts, Result } from '../model/result.js';
import { changesPart } from './changes-markdown.js';
import { deploymentPart } from './deployment-markdown.js';
import { cell, count, longDay, number, words } from './figure-text.js';
import { QUESTIONS } from './answers.js';
import { gather, ofProject, themesOf, titleOf, type Gathered } from './gathered.js';
import { AXIS_TEXT, rangeText, turnText, type Headline } from './headlines.js';
import { historyPart } from './history-markdown.js';
import { eventText, eventTime, isEventful, seamText, vanishedTexts } from './ledger-text.js';
import { REPLICA_TEXT } from './replica-text.js';
import { paramLines, refsText, scopeLines } from './scope-text.js';
import { DIFFERENCES_TITLE, differenceRows, differencesLead } from './section/differences.js';
import { ruleLines } from './section/methods.js';
import { collectedText, FLAG_TEXT } from './section/project.js';
import { figureName, outcome, ROUNDING_TEXT } from './section/replication.js';
import { selectionPart } from './selection-markdown.js';
import { sheetOf, type Sheet } from './sheet.js';
import { overall, staleText, type ProjectSummary } from './summary.js';

/** Rows a table shows before it refers to the other forms of the report. */
const MOST_ROWS = 100;

function rowsTable(measurements: readonly Measurement[]): string {
  const columns = measurements[0]?.columns ?? [];
  const rows = measurements.flatMap((one) => one.rows);
  if (rows.length === 0) return 'The query gave no rows.';
  const numeric = columns.flatMap((_, i) => (rows.some((row) => typeof row[i] === 'number') ? [i] : []));
  const cells = rows.slice(0, MOST_ROWS).map((row) => columns.map((column, i) => md(cell(row[i] ?? null, column))));
  const rest = rows.length - cells.length;
  const note = rest > 0 ? `\n\nAnd ${count(rest, 'more row')}: see the CSV or JSON form of this report.` : '';
  return (
    mdTable(
      columns.map((column) => md(words(column))),
      cells,
      numeric,
    ) + note
  );
}

/** The rules of counting, once for all figures that share them. */
function counted(result: Result): string {
  const ways = new Map<string, Set<string>>();
  for (const { scope } of result.measurements) {
    const text = scopeLines(scope)
      .map(([label, words]) => `${label}: ${md(words)}`)
      .join('. ');
    ways.set(text, (ways.get(text) ?? new Set()).add(scope.project));
  }
  return [...ways]
    .map(([text, projects]) => `- Counted so for ${[...projects].map(md).join(', ')}: ${text}.`)
    .join('\n');
}

/** Parameters of the measurements but for the day, which all share. */
function params(measurements: readonly Measurement[]): string[] {
  const lines = new Set(
    measurements.map((one) =>
      paramLines(one)
        .filter((line) => !line.startsWith('as_of = '))
        .map(md)
        .join('; '),
    ),
  );
  return [...lines].filter((line) => line !== '').map((line) => `Parameters: ${line}.`);
}

function summaryTable(summaries: readonly ProjectSummary[]): string {
  return mdTable(
    [
      'Project',
      'Commits, six months',
      'Commits in all',
      'Committers a year',
      'First commit',
      'Last commit',
      'Activity',
    ],
    summaries.map((one) => [
      md(one.project.name),
      number(one.sixMonths),
      number(one.commits),
      number(one.committersPerYear, 1),
      one.firstCommit ?? number(null),
      one.lastCommit ?? number(null),
      md(one.verdict),
    ]),
    [1, 2, 3],
  );
}

function factLines(project: ProjectFacts): string {
  return [
    `- Repository: ${code(project.url)}`,
    project.layer === null ? null : `- Layer: ${md(project.layer)}`,
    project.tags.length === 0 ? null : `- Tags given: ${md(project.tags.join(', '))}`,
    `- Counted refs: ${md(refsText(project.refs))}`,
    `- Default branch: ${project.head === null ? 'none' : code(project.head)}, at ${project.tip === null ? 'none' : code(project.tip)}`,
    `- Collected: ${md(collectedText(project))}`,
  ]
    .filter((line) => line !== null)
    .join('\n');
}

/** The four answers about each project. */
function answersTable(sheet: Sheet): string {
  return mdTable(
    ['Project', ...QUESTIONS],
    sheet.summaries.map(({ project }, i) => [
      md(project.name),
      ...(sheet.answers[i] ?? []).map(({ short, text }) => `**${md(short)}.** ${md(text)}`),
    ]),
  );
}

/** Headline figures with their ranges, and a year before. */
function headlineTable(headlines: readonly Headline[]): string {
  return mdTable(
    ['Figure', 'Value', 'Unit', 'Range', 'Moved most by', 'Against a year before'],
    headlines.map((one) => [
      md(one.info.title),
      one.value === null ? 'not known' : number(one.value),
      md(one.info.unit),
      rangeText(one.range) ?? '',
      one.range === null || one.range.mostMoving === null ? '' : AXIS_TEXT[one.range.mostMoving],
      md(turnText(one)),
    ]),
    [1],
  );
}

function share(part: number, whole: number): string {
  return whole === 0 ? number(null) : `${number((100 * part) / whole, 1)} %`;
}

function peopleTable({ top, recentCommits, commits }: ProjectContributors): string {
  return mdTable(
    ['Person', '12 months', 'Share', 'Ever', 'Share', 'Applied', 'First', 'Last', 'Organisation', 'Bot', 'Identities'],
    top.map((one) => [
      md(one.name),
      number(one.recent),
      share(one.recent, recentCommits),
      number(one.commits),
      share(one.commits, commits),
      number(one.applied),
      one.first ?? number(null),
      one.last ?? number(null),
      one.organization === null ? 'not known' : md(one.organization),
      one.bot ?? '',
      number(one.identities),
    ]),
    [1, 2, 3, 4, 5, 10],
  );
}

function ledgerPart({ ledger, successions }: Result): string[] {
  const eventful = ledger.filter(isEventful);
  if (eventful.length === 0 && successions.length === 0) return [];
  return [
    '## What happened to the histories',
    ...eventful.flatMap((one) => [
      `### ${md(one.project)}: its history`,
      [
        ...one.events.map((event) => `${eventText(event)} (${eventTime(event)})`),
        ...vanishedTexts(one).map((text) => `gone: ${text}`),
      ]
        .map((text) => `- ${md(text)}`)
        .join('\n'),
    ]),
    ...successions.map((one) => `${md(seamText(one))}.`),
  ];
}

function projectPart(sheet: Sheet, index: number, gathered: readonly Gathered[]): string[] {
  const { result } = sheet;
  const summary = sheet.summaries[index]!;
  const { project } = summary;
  const people = result.people.find((one) => one.project === project.name);
  const headlines = sheet.headlines[index] ?? [];
  const own = themesOf(gathered).flatMap(({ title, among }) => {
    const parts = among
      .map((one) => ({ one, measurements: ofProject(one, project.name) }))
      .filter(({ measurements }) => measurements.length > 0);
    return parts.length === 0 ? [] : [{ title, parts }];
  });
  return [
    `## ${md(project.name)}${result.study.replica ? ' (replica)' : ''}`,
    md(summary.verdict),
    ...project.flags.map((flag) => `> **Warning.** ${FLAG_TEXT[flag]}`),
    (sheet.answers[index] ?? [])
      .map(({ question, short, text }) => `- ${question} **${md(short)}.** ${md(text)}`)
      .join('\n'),
    factLines(project),
    ...(headlines.length === 0 ? [] : [`### ${md(project.name)}: headline figures`, headlineTable(headlines)]),
    ...(people === undefined || people.top.length === 0
      ? []
      : [`### ${md(project.name)}: people`, peopleTable(people)]),
    ...own.flatMap(({ title, parts }) => [
      `### ${md(project.name)}: ${title.toLowerCase()}`,
      ...parts.flatMap(({ one, measurements }) => [
        `#### ${md(titleOf(one))}`,
        ...(one.info === null ? [] : [`${md(one.info.question)} (${md(one.info.unit)})`]),
        rowsTable(measurements),
        ...params(measurements),
      ]),
    ]),
  ];
}

function replicationPart(result: Result): string[] {
  if (result.replication.length === 0) return [];
  const table = mdTable(
    ['Figure', 'Project', 'Published', 'Ours', 'How they compare'],
    result.replication.map((one) => [
      md(figureName(one)),
      md(one.project),
      number(one.published),
      number(one.ours),
      md(`${outcome(one).text}.${one.note === null ? '' : ` ${one.note}`}`),
    ]),
    [2, 3],
  );
  const trials = result.replication.flatMap((one) => [
    `### ${md(figureName(one))}, ${md(one.project)}: every count tried`,
    mdTable(
      ['Rule', 'Before rounding', 'Rounding', 'Gives', 'Equal'],
      one.trials.map((trial) => [
        md(trial.rule),
        number(trial.value, 3),
        ROUNDING_TEXT[trial.rounding],
        number(trial.rounded),
        trial.equal ? 'yes' : 'no',
      ]),
      [1, 3],
    ),
  ]);
  return ['## Replication', table, ...trials];
}

function queryPart({ info }: Gathered): string[] {
  if (info === null) return [];
  return [
    `### ${md(info.title)}: the query`,
    `${code(info.id)}, sha256 ${code(info.sha256)}. Source: ${md(info.source)}.`,
    ...(info.traps.length === 0 ? [] : [info.traps.map((trap) => `- ${md(trap)}`).join('\n')]),
    codeBlock(info.sql, 'sql'),
  ];
}

function differencesMarkdown(result: Result): string[] {
  if (result.projects.length === 0 || result.faults.length === 0) return [];
  const rows = differenceRows(result);
  return [
    `### ${DIFFERENCES_TITLE}`,
    md(differencesLead(result)),
    mdTable(
      ['Fault', 'Counted', ...result.projects.map(({ name }) => md(name))],
      rows.map(({ title, counted, cells }) => [md(title), counted, ...cells]),
      result.projects.map((_, i) => i + 2),
    ),
    rows.map(({ title, text }) => `- ${md(title)}: ${md(text)}`).join('\n'),
  ];
}

/** The report as Markdown: all that the page says, with tables in place of charts. */
export function renderMarkdown(result: Result): string {
  const sheet = sheetOf(result);
  const { summaries } = sheet;
  const stale = staleText(summaries, result.asOf);
  const gathered = gather(result);
  const parts = [
    `# ${md(result.study.name)}`,
    `As of ${longDay(result.asOf)}. ${count(result.projects.length, 'project')}. ${md(`${result.tool.name} ${result.tool.version}`)}.`,
    ...(result.study.replica ? [`> **Replica.** ${REPLICA_TEXT}`] : []),
    '## Overview',
    md(overall(summaries, result.asOf)),
    ...(stale === null ? [] : [`> **Old copies?** ${md(stale)}`]),
    ...(summaries.length === 0 ? [] : [answersTable(sheet), summaryTable(summaries)]),
    ...(result.missing.length === 0
      ? []
      : [`> **Not in this report**, because not collected: ${result.missing.map(md).join(', ')}.`]),
    ...(result.changes ? changesPart(result.changes) : []),
    ...historyPart(result),
    ...selectionPart(result),
    ...deploymentPart(result),
    ...summaries.flatMap((_, index) => projectPart(sheet, index, gathered)),
    ...ledgerPart(result),
    ...replicationPart(result),
    '## How it was counted',
    ruleLines(result)
      .map(([label, text]) => `- ${label}: ${md(text)}`)
      .join('\n'),
    ...differencesMarkdown(result),
    ...(result.measurements.length === 0 ? [] : [counted(result)]),
    ...gathered.flatMap(queryPart),
  ];
  return `${parts.join('\n\n')}\n`;
}
