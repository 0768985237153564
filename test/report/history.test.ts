import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Result } from '../../src/model/result.js';
import type { RunHistory } from '../../src/model/run-history.js';
import { renderHtml } from '../../src/report/render-html.js';
import { renderMarkdown } from '../../src/report/markdown.js';
import { readResult } from '../../src/report/read-result.js';
import { renderJson, sealed } from '../../src/report/json.js';
import { markup } from '../../src/report/html.js';
import { trend } from '../../src/report/section/trend.js';
import { axeFindings, NO_BROWSER, pageScript, Reader } from './browser.js';
import { HOSTILE, query, sampleResult, UNSEEN } from './fixture.js';
import { sampleHistory } from './history-fixture.js';

function result(change: (history: RunHistory) => void = () => {}, weeks = 52): Result {
  const sample = sampleResult();
  const history = sampleHistory(sample, weeks);
  change(history);
  return { ...sample, history };
}

async function section(of: Result): Promise<string> {
  const page = await renderHtml(of, { script: '' });
  return /<section id="history"[\s\S]*?<\/section>/.exec(page)?.[0] ?? '';
}

/** What a reader sees of markup. */
function plain(html: string): string {
  return html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
}

function path(...values: (number | null)[]): string {
  const points = values.map((value, i) => ({ at: i / Math.max(1, values.length - 1), value }));
  return / d="([^"]*)"\/><\/svg>/.exec(markup`${trend(points, [])}`.text)?.[1] ?? '';
}

describe('a line', () => {
  test('goes from its lowest at the foot to its highest at the top', () => {
    expect(path(10, 20, 15)).toBe('M2,22l118-20l118,10');
  });

  test('stands still without a point for every run, and is in the middle where it never moved', () => {
    expect(path(1, 1, 1, 1, 2)).toBe('M2,22h177l59-20');
    expect(path(7, 7, 7)).toBe('M2,12h236');
  });

  test('has a gap where the figure is not known, and a dash where it is known once', () => {
    expect(path(0, 4, null, 0, 4)).toBe('M2,22l59-20M179,22l59-20');
    expect(path(null, 3, null)).toBe('M119,12h2');
  });

  test('events of one day are one mark', () => {
    const { text } = trend([{ at: 0, value: 1 }], [0.5, 0.5, 1]);
    expect(/class="cut" d="([^"]*)"/.exec(text)?.[1]).toBe('M120,0v24M238,0v24');
  });
});

describe('the section', () => {
  test('is there where runs were kept, and in the navigation', async () => {
    const page = await renderHtml(result(), { script: '' });
    expect(page).toContain('<a href="#history"');
    expect(await renderHtml(sampleResult(), { script: '' })).not.toContain('id="history"');
  });

  test('has the newest, the first and the range beside each line', async () => {
    const of = result((history) => {
      history.runs = history.runs.slice(-3);
      history.runs.forEach((run, i) => {
        run.figures = [{ query: run.figures[0]!.query, project: 'alpha', value: [1200, 1300, 1250][i]! }];
        run.scores = [];
      });
    });
    const html = await section(of);
    expect(plain(html)).toContain(' 1 250 1 200 1 200 to 1 300 ');
    expect(html.match(/<svg class="trend"/g)).toHaveLength(1);
  });

  test('each figure leads to itself', async () => {
    const page = await renderHtml(result(), { script: '' });
    const links = [...(await section(result())).matchAll(/href="#([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(links).size).toBeGreaterThan(9);
    expect(links.filter((id) => !page.includes(` id="${id}"`))).toEqual([]);
  });

  test('draws the last 60 runs, and says so', async () => {
    const html = await section(result(undefined, 70));
    expect(plain(html)).toContain('70 runs, from 2 September 2013 to 29 December 2014. Shown are the last 60, since');
    expect(plain(await section(result()))).not.toContain('Shown are');
  });

  test('events are marked, and told in words', async () => {
    const html = await section(result());
    expect(plain(html)).toContain('15 December 2014: branch topic was force-pushed');
    const [alpha = '', beta = ''] = html.split('<h3 id="history/').slice(3);
    expect(alpha).toContain('class="cut"');
    expect(beta).not.toContain('class="cut"');
  });

  test('alarms: open and acknowledged ones, then past ones, with evidence, days and note', async () => {
    const text = plain(await section(result()));
    const [open = '', past = ''] = text.slice(text.indexOf('Open alarms')).split('Past alarms');
    expect(open).toMatch(/3 alpha no commit for 218 days.*days silent: 218 days.*2014-12-22 it holds open/);
    expect(open).toMatch(
      /2 alpha a rival is ahead.*2014-06-02 it holds acknowledged 2014-06-03 known, we move in spring/,
    );
    expect(past).toMatch(/1 alpha no commit.*2014-02-03 2014-03-10 closed/);
    const none = await section(result((history) => (history.alarms = [])));
    expect(plain(none)).toMatch(/Open alarms None\. Past alarms None\./);
    const anonymous = await section(result((history) => (history.alarms = null)));
    expect(plain(anonymous)).toContain('Alarms are left out');
  });

  test('three projects, 19 figures and a year of weeks are less than 40 KB', async () => {
    const sample = sampleResult();
    const more = Array.from({ length: 19 }, (_, i) => query(`code/made-up-${i}`, { headline: 'value' }));
    const of = { ...sample, queries: more };
    const html = await section({ ...of, history: sampleHistory(of, 60) });
    expect(html.match(/<svg class="trend"/g)).toHaveLength(60);
    expect(Buffer.byteLength(html)).toBeLessThan(40_000);
  });

  test('texts from outside are only text, and ids are there once', async () => {
    const of = result((history) => {
      const [evil] = HOSTILE;
      for (const run of history.runs) {
        for (const score of run.scores) Object.assign(score, { layer: evil, model: HOSTILE[2], candidate: HOSTILE[5] });
        for (const event of run.events) event.ref = HOSTILE[5];
      }
      history.alarms!.forEach((alarm, i) =>
        Object.assign(alarm, { project: HOSTILE[i], text: HOSTILE[i + 1], note: HOSTILE[i + 2], rule: evil }),
      );
      for (const { evidence } of history.alarms!) evidence.window = HOSTILE[2];
    });
    const page = await renderHtml(of, { script: '' });
    const html = await section(of);
    expect(html).not.toMatch(/<(script|img)\b/);
    expect(html).not.toMatch(UNSEEN);
    const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const text = renderMarkdown(of);
    expect(text).not.toMatch(/(?<!\\)<script/);
    expect(text).not.toMatch(UNSEEN);
  });
});

test('Markdown holds what moved, the events and the alarms', () => {
  const text = renderMarkdown(result());
  for (const part of [
    '## Over time',
    '52 runs',
    'known, we move in spring',
    'Past alarms:',
    'branch topic was force-pushed',
  ]) {
    expect(text).toContain(part);
  }
  expect(renderMarkdown(sampleResult())).not.toContain('## Over time');
});

test('a history that is none is refused in one line', () => {
  const text = renderJson(sealed(result()));
  expect(readResult(text, 'run.json').history?.runs).toHaveLength(52);
  const broken = text.replace('"state": "acknowledged"', '"state": "asleep"');
  expect(() => readResult(broken, 'run.json')).toThrow(/^run\.json: is no run: history\.alarms\[1\]\.state: /);
});

describe.skipIf(NO_BROWSER !== '')(`in a browser${NO_BROWSER}`, () => {
  let reader: Reader;
  let html = '';
  beforeAll(async () => {
    html = await renderHtml(result(), { script: await pageScript() });
    reader = await Reader.start();
  });
  afterAll(async () => reader?.stop());

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing in ${colorScheme}`, async () => {
      const { page } = await reader.open(html, { colorScheme, bypassCSP: true });
      expect(await axeFindings(page, '#history')).toEqual([]);
      await page.context().close();
    });
  }

  test('at 390 pixels nothing is wider than the page, and nothing is asked or complained of', async () => {
    const { page, complaints, requests } = await reader.open(html, { viewport: { width: 390, height: 800 } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    // The newest figure is beside its line without scrolling.
    const box = await page.locator('#history .over td.n').first().boundingBox();
    expect(box!.x + box!.width).toBeLessThan(390);
    expect([complaints, requests]).toEqual([[], []]);
    await page.context().close();
  });

  test('headings are found by searching and by address, and lines are there without scripts', async () => {
    const { page } = await reader.open(html);
    await page.locator('#find').fill('past alarms');
    expect(await page.locator('#found a').allTextContents()).toEqual(['Past alarms Over time']);
    await page.locator('#find').press('Enter');
    await expect.poll(() => page.evaluate(() => location.hash)).toBe('#history/past-alarms');
    await page.context().close();
    const { page: still } = await reader.open(html, { javaScriptEnabled: false });
    expect(await still.locator('#history .trend').first().isVisible()).toBe(true);
    await still.context().close();
  });
});
