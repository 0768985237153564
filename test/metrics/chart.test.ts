import { describe, expect, test } from 'vitest';
import { parseQuery } from '../../src/metrics/catalogue.js';
import { buildChart, checkCompiles } from '../../src/metrics/chart.js';
import { parseSpec } from '../../src/metrics/spec-file.js';
import { HealthError } from '../../src/model/error.js';
import type { Chart } from '../../src/model/result.js';

type Json = Record<string, unknown>;

const INFO = parseQuery('x/y.sql', '-- title: Something\nSELECT 1');
const FILE = 'queries/x/y.vl.json';
const COLUMNS = ['year', 'commits', 'COUNT(s.id)'];
const BASE: Json = { description: 'Bars.', data: { name: 'rows' } };

function build(spec: Json, compare?: Json): Chart {
  const entry = { file: FILE, spec: { ...BASE, ...spec } };
  const beside = { file: 'queries/x/y.compare.vl.json', spec: { ...BASE, ...compare } };
  return buildChart(INFO, compare ? { ...entry, compare: beside } : entry, COLUMNS);
}

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof HealthError && error.code === 'bad-chart') return error.message;
    throw error;
  }
  return 'taken';
}

const encode = (channel: string, definition: unknown): Json => ({ mark: 'bar', encoding: { [channel]: definition } });
const after = (...transform: Json[]): Json => ({ mark: 'bar', transform, encoding: { x: { field: 'made' } } });

describe('fields that are there', () => {
  test.each<[string, Json]>([
    ['a column, and the project', { mark: 'bar', encoding: { x: { field: 'year' }, row: { field: 'project' } } }],
    ['a column with dots and brackets, escaped', encode('x', { field: 'COUNT(s\\.id)' })],
    ['the same in brackets', encode('x', { field: "['COUNT(s.id)']" })],
    ['counting needs no field', encode('x', { aggregate: 'count' })],
    ['calculate', after({ calculate: "datum['COUNT(s.id)'] + datum.year + 'datum.none'", as: 'made' })],
    ['aggregate', after({ aggregate: [{ op: 'sum', field: 'commits', as: 'made' }], groupby: ['project'] })],
    [
      'aggregate without a name',
      {
        ...after({ aggregate: [{ op: 'sum', field: 'commits' }], groupby: [] }),
        encoding: { x: { field: 'sum_commits' } },
      },
    ],
    ['window', after({ window: [{ op: 'row_number', as: 'made' }], sort: [{ field: 'year' }] })],
    ['joinaggregate', after({ joinaggregate: [{ op: 'max', field: 'commits', as: 'made' }] })],
    ['fold', after({ fold: ['year', 'commits'], as: ['made', 'v'] })],
    ['bin', after({ bin: true, field: 'commits', as: ['made', 'end'] })],
    ['pivot tells its fields only when it runs', after({ pivot: 'project', value: 'commits', groupby: ['year'] })],
    [
      'lookup in the same rows',
      after({ lookup: 'year', from: { data: { name: 'rows' }, key: 'year', fields: ['commits'] }, as: ['made'] }),
    ],
    ['quantile', after({ quantile: 'commits', as: ['made', 'v'] })],
    ['loess', after({ loess: 'commits', on: 'year', as: ['made', 'v'] })],
    [
      'a condition over what the encoding sums up',
      {
        mark: { type: 'bar', opacity: { expr: 'datum.sum_commits > 1 ? 1 : 0.5' } },
        encoding: {
          x: { aggregate: 'sum', field: 'commits' },
          opacity: { condition: { test: 'datum.sum_commits > 1', value: 1 }, value: 0 },
        },
      },
    ],
    [
      'fields of a parent',
      { transform: [{ calculate: '1', as: 'made' }], layer: [{ mark: 'bar', encoding: { x: { field: 'made' } } }] },
    ],
    ['repeat', { repeat: ['year', 'commits'], spec: encode('x', { field: { repeat: 'repeat' } }) }],
  ])('%s', (_, spec) => {
    expect(messageOf(() => build(spec))).toBe('taken');
  });
});

function unescaped(): Chart {
  return build(encode('x', { field: 'COUNT(s.id)' }));
}

describe('fields that are not there', () => {
  test.each<[string, Json]>([
    ['an encoding', encode('x', { field: 'foo' })],
    ['a tooltip', encode('tooltip', [{ field: 'year' }, { field: 'foo' }])],
    ['a sort order', encode('x', { field: 'year', sort: { field: 'foo', op: 'sum' } })],
    ['a condition', encode('color', { condition: { test: 'datum.foo > 1', value: 'x' } })],
    ['a field of a condition', encode('color', { condition: { param: 'p', field: 'foo' } })],
    ['the top of an aggregate', encode('x', { aggregate: { argmax: 'foo' }, field: 'year' })],
    ['a layer', { layer: [encode('x', { field: 'year' }), encode('x', { field: 'foo' })] }],
    ['charts beside each other', { hconcat: [encode('x', { field: 'foo' })] }],
    ['charts within charts', { vconcat: [{ concat: [{ layer: [encode('x', { field: 'foo' })] }] }] }],
    ['a facet', { facet: { field: 'foo' }, spec: { mark: 'bar' } }],
    ['a facet of rows', { facet: { row: { field: 'foo' } }, spec: { mark: 'bar' } }],
    ['a facet inside', { facet: { field: 'project' }, spec: encode('x', { field: 'foo' }) }],
    ['a repeat', { repeat: { row: ['year', 'foo'] }, spec: { mark: 'bar' } }],
    ['a selection', { mark: 'bar', params: [{ name: 'p', select: { type: 'point', fields: ['foo'] } }] }],
    ['a property of a mark', { mark: { type: 'bar', width: { expr: "datum['foo'] * 2" } } }],
    ['a calculation', after({ calculate: 'datum.foo', as: 'made' })],
    ['a filter', after({ filter: "year(datum['foo']) > 1" })],
    ['a filter of parts', after({ filter: { and: [{ field: 'year', gt: 1 }, { not: { field: 'foo', equal: 1 } }] } })],
    ['an aggregate', after({ aggregate: [{ op: 'sum', field: 'foo', as: 'made' }], groupby: [] })],
    ['a groupby', after({ aggregate: [{ op: 'count', as: 'made' }], groupby: ['foo'] })],
    ['a fold', after({ fold: ['foo'] })],
    ['a stack', after({ stack: 'foo', groupby: [], as: 'made' })],
    ['an impute', after({ impute: 'commits', key: 'foo' })],
    ['a lookup', after({ lookup: 'foo', from: { data: { name: 'rows' }, key: 'year' } })],
    ['a regression', after({ regression: 'commits', on: 'foo' })],
  ])('%s', (_, spec) => {
    expect(messageOf(() => build(spec))).toBe(
      `${FILE}: field "foo" is not returned by the query (it returns: year, commits, COUNT(s.id))`,
    );
  });

  test('a column that was summed away', () => {
    const spec = {
      ...after({ aggregate: [{ op: 'count', as: 'n' }], groupby: ['project'] }),
      encoding: { x: { field: 'year' } },
    };
    expect(messageOf(() => build(spec))).toMatch(/field "year" is not returned/);
  });

  test('a column with a dot that was not escaped; the hint says how', () => {
    expect(messageOf(unescaped)).toMatch(/field "COUNT\(s\.id\)" is not returned/);
    expect(unescaped).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('"COUNT(s\\\\.id)"') as string }),
    );
  });

  test('the chart for several projects is held against the query too, under its own name', () => {
    const message = messageOf(() => build(encode('x', { field: 'year' }), encode('x', { field: 'foo' })));
    expect(message).toMatch(/^queries\/x\/y\.compare\.vl\.json: field "foo"/);
  });
});

describe('what a chart may not do', () => {
  const bar = encode('x', { field: 'year' });
  test.each<[string, Json, RegExp]>([
    ['data from elsewhere', { ...bar, data: { url: 'data.csv' } }, /must draw \{"data": \{"name": "rows"\}\}/],
    [
      'data from elsewhere, inside',
      { layer: [{ ...bar, data: { url: 'data.csv' } }] },
      /layer\[0\]\.data: a chart can draw/,
    ],
    ['data of its own', { ...bar, datasets: { a: [] } }, /datasets: a chart can draw/],
    [
      'a lookup elsewhere',
      { ...bar, transform: [{ lookup: 'year', from: { data: { url: 'x' }, key: 'a' } }] },
      /a chart can draw/,
    ],
    ['links', encode('href', { field: 'project' }), /encoding\.href: a chart may not load or link/],
    ['links of a mark', { mark: { type: 'bar', href: 'https://example.org' } }, /mark\.href: a chart may not/],
    ['images', { mark: { type: 'image' } }, /mark: a chart may not show images/],
    ['images, in short', { mark: 'image' }, /mark: a chart may not show images/],
    ['addresses of images', encode('url', { field: 'project' }), /encoding\.url: a chart may not/],
    ['colours from a file', { mark: { type: 'bar', fill: 'URL (#x)' } }, /mark\.fill: a chart may not/],
    ['no description', { ...bar, description: ' ' }, /needs a "description"/],
    ['an unknown way to compare', { ...bar, usermeta: { compare: 'pie' } }, /usermeta\.compare must be/],
  ])('%s', (_, spec, message) => {
    expect(messageOf(() => build(spec))).toMatch(message);
  });

  test('be nested without end', () => {
    let spec: Json = bar;
    for (let i = 0; i < 5000; i++) spec = { layer: [spec] };
    expect(messageOf(() => build(spec))).toMatch(/nested too deeply/);
  });
});

describe('the chart for several projects', () => {
  const bar = { height: 200, params: [{ name: 'p' }], ...encode('x', { field: 'year' }) };

  test('is a row of charts on one scale unless the spec says otherwise', () => {
    const { compare } = build({
      ...bar,
      usermeta: { compareHeight: 90, compareResolve: { scale: { y: 'independent' } } },
    });
    expect(compare).toMatchObject({
      ...BASE,
      facet: { row: { field: 'project', title: null } },
      resolve: { scale: { y: 'independent' } },
      spec: { height: 90, mark: 'bar', params: [{ name: 'p' }] },
    });
    expect(compare).not.toHaveProperty('mark');
    expect(build(bar).compare).toMatchObject({ spec: { height: 200 } });
  });

  test('tells projects apart by colour where it says so, in layers too', () => {
    const usermeta = { compare: 'color' };
    expect(build({ ...bar, usermeta }).compare).toMatchObject({
      encoding: { x: { field: 'year' }, xOffset: { field: 'project' }, color: { field: 'project' } },
    });
    const line = { mark: 'line', encoding: { x: { field: 'year' } } };
    expect(build({ layer: [line], usermeta }).compare).toMatchObject({
      layer: [{ encoding: { color: { field: 'project' } } }],
    });
    const shared = build({ layer: [{ mark: 'line' }], encoding: { x: { field: 'year' } }, usermeta }).compare;
    expect(shared).toMatchObject({ encoding: { color: { field: 'project' } }, layer: [{ mark: 'line' }] });
  });

  test('is the same chart, or one of its own', () => {
    const same = build({ ...bar, usermeta: { compare: 'same' } });
    expect(same.compare).toBe(same.spec);
    expect(build(bar, encode('y', { field: 'year' })).compare).toMatchObject(encode('y', { field: 'year' }));
  });
});

async function check(spec: Json): Promise<void> {
  await checkCompiles(build(spec), { file: FILE, spec });
}

describe('checkCompiles', () => {
  test('passes on what Vega-Lite says, its warnings too', async () => {
    await expect(check(encode('x', { field: 'year', type: 'quantitative' }))).resolves.toBeUndefined();
    await expect(check({ mark: 'nonsense' })).rejects.toThrow(/^queries\/x\/y\.vl\.json: Vega-Lite says: /);
    await expect(check(encode('x', { field: 'year', type: 'nonsense' }))).rejects.toThrow(
      /Vega-Lite says: Invalid field type/,
    );
    await expect(check({ layer: 'x' })).rejects.toThrow(/Vega-Lite says/);
  });
});

test('a chart that is no JSON is refused with its file', () => {
  expect(messageOf(() => parseSpec(FILE, '{\n  "mark": bar\n}'))).toMatch(
    /^queries\/x\/y\.vl\.json(:2)?: is not JSON: /,
  );
  expect(messageOf(() => parseSpec(FILE, '[]'))).toBe(`${FILE}: must be a JSON object`);
});
