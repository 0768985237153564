import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Measurement, Value } from '../../src/model/measurement.js';
import type { Chart, Result } from '../../src/model/result.js';
import { renderHtml } from '../../src/report/render-html.js';
import { facts, query, sampleResult, scope } from './fixture.js';
import { pageScript } from './browser.js';

const script = 'void 0;';

function bare(extra: Partial<Result> = {}): Result {
  return sampleResult({
    queries: [],
    measurements: [],
    charts: [],
    sensitivity: [],
    past: [],
    people: [],
    replication: [],
    missing: [],
    ...extra,
  });
}

function hash(text: string | undefined): string {
  return createHash('sha256')
    .update(text ?? '')
    .digest('base64');
}

function named(id: string, rows: Value[][]): Measurement {
  return { query: id, scope: scope('alpha'), params: {}, columns: ['name', 'n'], rows };
}

function drawn(id: string, spec: Record<string, unknown>): Chart {
  return { query: id, title: id, description: 'd', spec, compare: spec };
}

test('one file under 1.8 MB, the same each time, with nothing the policy would stop', async () => {
  const code = await pageScript();
  const page = await renderHtml(sampleResult(), { script: code });
  expect(Buffer.byteLength(page)).toBeLessThan(1_800_000);
  expect(await renderHtml(sampleResult(), { script: code })).toBe(page);
  const markup = page.replace(/<(script|style)[^>]*>[\s\S]*?<\/\1>/g, '');
  expect(markup).not.toMatch(/<[^>]+\s(style|on\w+)=/i);
  expect(markup).not.toMatch(/<(img|iframe|object|embed|link|base|form)\b/i);
  expect(page).not.toMatch(/unsafe-(inline|eval)/);
});

test('the policy names the script and the style that are there', async () => {
  const page = await renderHtml(bare(), { script: 'const x = "</script><!--";\r\nvoid x;' });
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]?.replaceAll('&#39;', "'");
  const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1];
  const code = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1];
  expect(policy).toBe(
    `default-src 'none'; script-src 'sha256-${hash(code)}'; style-src 'sha256-${hash(style)}'; img-src data:; base-uri 'none'; form-action 'none'`,
  );
  expect(code).toBe('const x = "<\\/script><\\!--";\nvoid x;');
});

test('headings never skip a level', async () => {
  const page = await renderHtml(sampleResult(), { script });
  let last = 0;
  for (const [, level] of page.matchAll(/<h([1-6])[ >]/g)) {
    expect(Number(level)).toBeLessThanOrEqual(last + 1);
    last = Number(level);
  }
});

test('ids are there once each', async () => {
  const page = await renderHtml(sampleResult({ projects: [facts('a'), facts('A'), facts('a b')] }), { script });
  const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('one project: nothing is put side by side', async () => {
  const page = await renderHtml(sampleResult({ projects: [facts('alpha')] }), { script });
  expect(page).not.toContain('id="compare"');
  expect(page).toContain('id="alpha"');
});

test('twelve projects, no measurement, no replication', async () => {
  const projects = Array.from({ length: 12 }, (_, i) => facts(`p${i}`));
  const page = await renderHtml(bare({ projects }), { script });
  expect(page).toContain('id="p11"');
  expect(page).not.toContain('id="replication"');
  expect(page).toContain('is not known');
  expect(page).not.toMatch(/<strong>0<\/strong>/);
});

test('no project at all', async () => {
  const page = await renderHtml(bare({ projects: [], missing: ['alpha'] }), { script });
  expect(page).toContain('Nothing has been collected yet.');
  expect(page).toContain('<bdi>alpha</bdi>');
});

test('charts without rows, rows without a chart, a chart that cannot be drawn, nulls', async () => {
  const spec = { data: { name: 'rows' }, mark: 'bar', encoding: { x: { field: 'n', type: 'quantitative' } } };
  const page = await renderHtml(
    bare({
      projects: [facts('alpha'), facts('beta')],
      queries: [query('x/empty'), query('x/plain'), query('x/broken'), query('x/null')],
      measurements: [
        named('x/empty', []),
        named('x/plain', [
          ['a', 1],
          ['b', 2],
        ]),
        named('x/broken', [['a', 1]]),
        named('x/null', [
          [null, null],
          ['a', null],
        ]),
        named('x/undescribed', [['a', 12_345]]),
      ],
      charts: [drawn('x/empty', spec), drawn('x/broken', { mark: 'no such mark' }), drawn('x/null', spec)],
    }),
    { script },
  );
  expect(page).toContain('There is nothing to draw: the query gave no rows.');
  expect(page).toContain('This chart could not be drawn; its rows are below.');
  expect(page).toContain('x/undescribed');
  expect(page).toContain('12\u202f345');
});

test('addresses that are no web pages are not links', async () => {
  const urls = ['javascript:alert(1)', '/srv/git/x', 'https://e.invalid/\u202egit', 'https://e.invalid/ok'];
  const page = await renderHtml(bare({ projects: urls.map((url, i) => facts(`p${i}`, { url })) }), { script });
  expect([...page.matchAll(/href="([^#"][^"]*)"/g)].map(([, href]) => href)).toEqual(['https://e.invalid/ok']);
});

test('everything from a replica is labelled', async () => {
  const result = sampleResult();
  result.study.replica = true;
  const page = await renderHtml(result, { script });
  expect(page).toContain('<title>Replica: ');
  expect(page).toContain('<strong>Replica.</strong>');
  expect(page.match(/<span class="tag">replica<\/span>/g)?.length).toBeGreaterThanOrEqual(result.projects.length * 2);
});
