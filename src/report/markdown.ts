import type { Measurement } from '../model/measurement.js';
import { code, codeBlock, md, mdTable } from '../model/markdown-text.js';
import type { ProjectFacts, Result } from '../model/result.js';
import { changesPart } from './changes-markdown.js';
import { cell, count, longDay, number, words } from './figure-text.js';
import { gather, ofProject, titleOf, type Gathered } from './gathered.js';
import { REPLICA_TEXT } from './replica-text.js';
import { paramLines, refsText, scopeLines } from './scope-text.js';
import { DIFFERENCES_TITLE, differenceRows, differencesLead } from './section/differences.js';
import { ruleLines } from './section/methods.js';
import { collectedText, FLAG_TEXT } from './section/project.js';
import { figureName, outcome, ROUNDING_TEXT } from './section/replication.js';
import { overall, summarize, type ProjectSummary } from './summary.js';

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

function counted(measurements: readonly Measurement[]): string {
  const ways = new Set(
    measurements.map((one) => {
      const lines = scopeLines(one.scope).map(([label, text]) => `${label}: ${md(text)}`);
      const params = paramLines(one).map(md).join('; ');
      return `Counted so: ${lines.join('. ')}.${params === '' ? '' : ` Parameters: ${params}.`}`;
    }),
  );
  return [...ways].join('\n\n');
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

function projectPart(result: Result, summary: ProjectSummary, gathered: readonly Gathered[]): string[] {
  const { project } = summary;
  const own = gathered.map((one) => ({ one, measurements: ofProject(one, project.name) }));
  return [
    `## ${md(project.name)}${result.study.replica ? ' (replica)' : ''}`,
    md(summary.verdict),
    ...project.flags.map((flag) => `> **Warning.** ${FLAG_TEXT[flag]}`),
    factLines(project),
    ...own
      .filter(({ measurements }) => measurements.length > 0)
      .flatMap(({ one, measurements }) => [
        `### ${md(titleOf(one))}`,
        ...(one.info === null ? [] : [`${md(one.info.question)} (${md(one.info.unit)})`]),
        rowsTable(measurements),
        counted(measurements),
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
  const summaries = result.projects.map((project) => summarize(result, project));
  const gathered = gather(result);
  const parts = [
    `# ${md(result.study.name)}`,
    `As of ${longDay(result.asOf)}. ${count(result.projects.length, 'project')}. ${md(`${result.tool.name} ${result.tool.version}`)}.`,
    ...(result.study.replica ? [`> **Replica.** ${REPLICA_TEXT}`] : []),
    '## Summary',
    md(overall(summaries, result.asOf)),
    ...(summaries.length === 0 ? [] : [summaryTable(summaries)]),
    ...(result.missing.length === 0
      ? []
      : [`> **Not in this report**, because not collected: ${result.missing.map(md).join(', ')}.`]),
    ...(result.changes ? changesPart(result.changes) : []),
    ...summaries.flatMap((summary) => projectPart(result, summary, gathered)),
    ...replicationPart(result),
    '## How it was counted',
    ruleLines(result)
      .map(([label, text]) => `- ${label}: ${md(text)}`)
      .join('\n'),
    ...differencesMarkdown(result),
    ...gathered.flatMap(queryPart),
  ];
  return `${parts.join('\n\n')}\n`;
}
