import type { Command } from 'commander';
import { HealthError } from '../model/error.js';
import type { Measurement, QueryInfo } from '../model/measurement.js';
import { visible, visibleLine } from '../model/text.js';
import type { Theme } from '../pipeline/metrics.js';
import { define, type Call } from './define.js';
import type { Printer } from './printer.js';
import { gather, rowsText } from './rows.js';
import { readStudy } from './study.js';
import { tableText } from './table.js';

/** Rows of one project that are shown; the rest is a health query away. */
const SHOWN_ROWS = 25;

const BETTER = { up: 'more is better', down: 'less is better', neither: 'neither more nor less is better' } as const;

function described(info: QueryInfo): Record<string, unknown> {
  const { id, title, question, unit, better, headline, window, params, source, traps, standsFor, sha256 } = info;
  const theme = id.split('/')[0];
  return { id, theme, title, question, unit, better, headline, window, params, source, traps, standsFor, sha256 };
}

function printList(printer: Printer, themes: readonly Theme[]): void {
  const columns = ['id', 'title', 'unit', 'better', 'headline'];
  const width = process.stdout.isTTY ? process.stdout.columns : undefined;
  // One table cut into themes, so that the columns stand below each other throughout.
  const all = themes.flatMap(({ metrics }) => metrics);
  const rows = all.map(({ id, title, unit, better, headline }) => [id, title, unit, better, headline]);
  const [heading = '', ...lines] = tableText(columns, rows, { width }).split('\n');
  printer.result(printer.style('dim', heading));
  for (const { title, metrics } of themes) {
    printer.result(`\n${printer.style('bold', visibleLine(title))}`);
    for (const info of metrics) printer.result(lines[all.indexOf(info)] ?? '');
  }
}

function explanation(printer: Printer, info: QueryInfo): string {
  const params = info.params.map(
    ({ name, default: fallback, help }) => `${name}${fallback === null ? '' : ` = ${fallback}`}: ${help}`,
  );
  const lines: [string, string[]][] = [
    ['Question', [info.question]],
    ['Unit', [`${info.unit}; ${BETTER[info.better]}`]],
    ['Headline', info.headline === null ? [] : [info.headline]],
    ['Covers', info.window === null ? [] : [info.window]],
    ['Source', [info.source]],
    ['Beware', info.traps],
    ['Parameters', params],
  ];
  const text = lines.flatMap(([label, items]) =>
    items.map((item, i) => `${(i === 0 ? label : '').padEnd(12)}${visibleLine(item)}`),
  );
  return [printer.style('bold', visibleLine(`${info.title} (${info.id})`)), ...text].join('\n');
}

function valuesText(printer: Printer, info: QueryInfo, measurements: readonly Measurement[]): string {
  const shown = measurements.map((one) => ({ ...one, rows: one.rows.slice(0, SHOWN_ROWS) }));
  const width = process.stdout.isTTY ? process.stdout.columns : undefined;
  const heading = (line: string): string => printer.style('bold', line);
  const more = measurements
    .filter(({ rows }) => rows.length > SHOWN_ROWS)
    .map(({ scope, rows }) => `${visibleLine(scope.project)}: ${rows.length - SHOWN_ROWS} more`);
  const none = measurements.filter(({ rows }) => rows.length === 0).map(({ scope }) => visibleLine(scope.project));
  return [
    rowsText('table', gather(shown, true), { width, heading }),
    ...(none.length > 0 ? [`no rows: ${none.join(', ')}`] : []),
    ...(more.length > 0 ? [`${more.join('; ')} (health query ${info.id})`] : []),
  ].join('\n');
}

/** What the metric gives for each project; null where nothing was collected yet. */
async function values({ globals, printer }: Call<unknown>, info: QueryInfo): Promise<Measurement[] | null> {
  const study = await readStudy(globals);
  const { store, project: projects, asOf, anonymize } = globals;
  const { query } = await import('../pipeline/query.js');
  const rules = { params: {}, asOf, refs: 'branches', identity: null, mergedBy: null } as const;
  try {
    return query({ store, study, sql: { id: info.id }, projects, anonymize, ...rules });
  } catch (error) {
    if (!(error instanceof HealthError) || error.code !== 'no-store') throw error;
    printer.note(`no values: ${error.message}`);
    return null;
  }
}

async function explain(call: Call<unknown>, id: string): Promise<void> {
  const { printer } = call;
  const { findMetric, headlineOf } = await import('../pipeline/metrics.js');
  const { nearest } = await import('../config/near.js');
  const info = findMetric(id, nearest);
  const measurements = await values(call, info);
  if (printer.json) {
    const measured = measurements?.map((one) => {
      const { scope, params, columns, rows } = one;
      const headline = headlineOf(info, one);
      return { project: scope.project, ...(headline !== undefined && { headline }), params, columns, rows, scope };
    });
    printer.data({ ...described(info), sql: info.sql, values: measured ?? null });
    return;
  }
  printer.result(explanation(printer, info));
  if (measurements) printer.result(`\n${valuesText(printer, info, measurements)}`);
  printer.result(`\n${visible(info.sql.trim())}`);
}

export function addMetrics(program: Command): void {
  define(program, {
    name: 'metrics',
    summary:
      'List the metrics there are, by theme, or explain one: the question it answers, its source, what to beware of, ' +
      'its SQL, and its value for every project.',
    listensTo: ['config', 'store', 'json', 'asOf', 'project', 'anonymize'],
    examples: [
      { line: 'health metrics', does: 'all of them, with units and which way is better' },
      { line: 'health metrics people/absence-factor', does: 'one of them, explained and measured' },
      { line: 'health metrics burstiness --as-of 2014-12-31', does: 'by its name alone, as things stood then' },
      { line: 'health metrics --json', does: 'the catalogue for machines' },
    ],
    shape: (command) => command.argument('[metric]', "a metric's id (theme/name), or its name alone"),
    async run(call) {
      const [id] = call.args;
      if (id !== undefined) {
        await explain(call, id);
        return;
      }
      const { globals, printer } = call;
      if (globals.asOf !== null || globals.project.length > 0 || globals.anonymize) {
        throw new HealthError(
          'bad-usage',
          'which metric? A list has no values, so --as-of, --project and --anonymize say nothing',
          {
            hint: 'health metrics lists them; health metrics ID gives the values of one',
          },
        );
      }
      const { listMetrics } = await import('../pipeline/metrics.js');
      const themes = listMetrics();
      if (printer.json) {
        printer.data(
          themes.map(({ id: theme, title, metrics }) => ({ theme, title, metrics: metrics.map(described) })),
        );
      } else printList(printer, themes);
    },
  });
}
