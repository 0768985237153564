import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildChart, checkCompiles } from '../../src/metrics/chart.js';
import { measure, queryColumns } from '../../src/metrics/run.js';
import type { Measurement, QueryInfo } from '../../src/model/measurement.js';
import { chartRows } from '../../src/model/result.js';
import type { Readable } from '../../src/store/readable.js';
import { shippedCatalogue } from './catalogue-files.js';
import { sampleStore, scopeOf } from './sample-store.js';

const PROJECTS = ['alpha', 'beta'];
const AS_OF = '2015-03-01';

const catalogue = shippedCatalogue();
let folder: string;
let readable: Readable;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stack-health-'));
  readable = await sampleStore(folder);
});
afterAll(() => {
  readable.close();
  rmSync(folder, { recursive: true, force: true });
});

function measured(info: QueryInfo): Measurement[] {
  return PROJECTS.map((project) => measure(readable, catalogue, info, scopeOf(project), { as_of: AS_OF }));
}

function golden(measurement: Measurement): string {
  const { columns, rows, params, scope } = measurement;
  const lines = [columns, ...rows].map((row) => row.map((cell) => (cell === null ? 'NULL' : String(cell))).join(' | '));
  return `${scope.project} ${JSON.stringify(params)}\n${lines.join('\n')}\n`;
}

describe.each(catalogue.queries.map((info) => [info.id, info] as const))('%s', (id, info) => {
  test('gives on the sample repositories what it gave before', async () => {
    const measurements = measured(info);
    for (const { columns } of measurements) expect(columns).toEqual(queryColumns(readable, catalogue, info));
    await expect(measurements.map(golden).join('\n')).toMatchFileSnapshot(`golden/${id}.txt`);
  });

  test('says what it is for and what to beware of', () => {
    expect(info.question).toMatch(/\?$/);
    expect(info.traps.length).toBeGreaterThan(0);
    expect(info.sql).not.toMatch(/repository_id|health_(?!(contributions|people|identities|releases|lines|actions)\b)/);
  });

  test('gives its headline in the only row, and never asks what time it is', () => {
    expect(info.sql).not.toMatch(/'now'|CURRENT_|DATETIME\(\)|DATE\(\)/i);
    if (info.headline === null) return;
    expect(queryColumns(readable, catalogue, info)).toContain(info.headline);
    for (const { rows } of measured(info)) expect(rows.length).toBeLessThanOrEqual(1);
    expect(info.window).not.toBeNull();
  });

  test('knows nothing before the first commit: no rows, no figure, or none to count', () => {
    const scope = scopeOf('alpha', { asOf: '1999-12-31' });
    const { columns, rows } = measure(readable, catalogue, info, scope, {});
    const figures = rows.map((row) => (info.headline === null ? null : row[columns.indexOf(info.headline)]));
    for (const figure of figures) expect([null, 0]).toContain(figure);
  });
});

describe.each([...catalogue.specs])('the chart of %s', (id, entry) => {
  const info = catalogue.query(id);

  test('names only what the query returns, and compiles without a warning', async () => {
    const chart = buildChart(info, entry, queryColumns(readable, catalogue, info));
    await checkCompiles(chart, entry);
  });

  test('brings no colours, fonts or widths of its own, and says what it shows in one sentence', () => {
    // A legend's symbol may have the shape of a line, which Vega-Lite calls so.
    const text = JSON.stringify(entry.spec).replaceAll('"symbolType":"stroke"', '');
    expect(text).not.toMatch(/#[0-9a-f]{3}|rgb|"(font|fill|stroke|color|width|config|background)"/i);
    expect(entry.spec['description']).toMatch(/^[A-Z][^.]*\.$/);
    expect(text).toContain('"tooltip"');
    if (text.includes('"temporal"')) {
      expect(text).toContain('wheel![event.ctrlKey || event.shiftKey]');
      expect(text).not.toMatch(/"timeUnit":"(?!utc)/);
    }
  });

  test.each(['spec', 'compare'] as const)('draws something for every project (%s)', async (kind) => {
    const projects = kind === 'spec' ? PROJECTS.slice(0, 1) : PROJECTS;
    const drawn = measured(info).filter(({ scope, rows }) => projects.includes(scope.project) && rows.length > 0);
    // A chart of no rows is not drawn at all.
    if (drawn.length === 0) return;
    expect((await marksOf(info, kind, projects)).length).toBeGreaterThanOrEqual(drawn.length);
  });
});

/** The marks of a drawn chart, as Vega names them for screen readers. */
async function marksOf(info: QueryInfo, kind: 'spec' | 'compare', projects: string[]): Promise<string[]> {
  const [{ compile }, { parse, View }] = await Promise.all([import('vega-lite'), import('vega')]);
  const entry = catalogue.specs.get(info.id);
  if (!entry) throw new Error(`${info.id} has no chart`);
  const chart = buildChart(info, entry, queryColumns(readable, catalogue, info));
  const { spec } = compile(chart[kind] as unknown as Parameters<typeof compile>[0]);
  const view = new View(parse(spec), { renderer: 'none' });
  const shown = measured(info).filter(({ scope }) => projects.includes(scope.project));
  view.data('rows', shown.flatMap(chartRows));
  const svg = await view.toSVG();
  view.finalize();
  expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  return [...svg.matchAll(/aria-label="([^"]*)" role="graphics-symbol" aria-roledescription="[^"]*(?:bar|mark)"/g)].map(
    ([, label]) => label ?? '',
  );
}

test('bars stand for one row each, and says in words what it shows', async () => {
  const bars = await marksOf(catalogue.query('activity/commits-per-year'), 'spec', ['alpha']);
  expect(bars).toEqual([
    'alpha, 2011: 1 commit',
    'alpha, 2013: 2 commits',
    'alpha, 2014: 5 commits',
    'alpha, 2015: 1 commit',
  ]);
});

test('the calendar has a square for each month with commits', async () => {
  const calendar = catalogue.query('thesis/commits-per-day');
  const squares = await marksOf(calendar, 'spec', ['alpha']);
  expect(squares).toHaveLength(7);
  expect(squares).toContain('alpha, May 2013: 2 commits');
  expect(await marksOf(calendar, 'compare', PROJECTS)).toHaveLength(12);
});

function rowsOf(id: string, project: string, asOf: string | null = null): unknown[][] {
  return measure(readable, catalogue, catalogue.query(id), scopeOf(project, { asOf }), {}).rows;
}

test('the six months up to the end of 2014 are those the thesis asks for', () => {
  for (const project of PROJECTS) {
    const ours = rowsOf('activity/commits-six-months', project, '2014-12-31');
    expect(ours).toEqual(rowsOf('thesis/six-month-commits', project, '2014-12-31'));
  }
  expect(rowsOf('activity/commits-six-months', 'alpha', '2014-12-31')).toEqual([[4]]);
});

test("committers of a year are the thesis's, counted in one go; commits of a year are its days added up", () => {
  for (const project of PROJECTS) {
    expect(rowsOf('activity/committers-per-year', project)).toEqual(rowsOf('thesis/active-committers', project));
    const days = rowsOf('thesis/commits-per-day', project);
    for (const [year, commits] of rowsOf('activity/commits-per-year', project)) {
      const added = days.filter(([y]) => y === year).reduce((sum, day) => sum + Number(day[3]), 0);
      expect(commits, `${project} ${String(year)}`).toBe(added);
    }
  }
});
