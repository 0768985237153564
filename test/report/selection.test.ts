import axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderCsv } from '../../src/report/csv.js';
import { renderJson } from '../../src/report/json.js';
import { renderMarkdown } from '../../src/report/markdown.js';
import { readResult } from '../../src/report/read-result.js';
import { renderHtml } from '../../src/report/render-html.js';
import { intervalText, placeText, robustnessTexts, shareText, standingText } from '../../src/report/selection-text.js';
import { NO_BROWSER, pageScript, Reader } from './browser.js';
import { HOSTILE, sampleResult, UNSEEN } from './fixture.js';
import { sampleJudgement } from './judgement-fixture.js';

const judged = (extra = {}) => sampleResult({ selection: sampleJudgement(extra) });

describe('what is said of a ranking', () => {
  it('keeps unknown apart from nothing, and a little apart from none', () => {
    expect(['1', '1–3', 'out']).toEqual([{ best: 1, worst: 1 }, { best: 1, worst: 3 }, null].map(placeText));
    expect(intervalText({ low: 0, high: 2 })).toBe('0–2');
    expect(intervalText({ low: 1.25, high: 1.25 })).toBe('1.25');
    expect([0, 0.001, 0.5, 0.9999, 1].map(shareText)).toEqual(
      ['0 %', '<1 %', '50 %', '>99 %', '100 %'].map((text) => text.replace(' ', '\u00a0')),
    );
  });

  it('says how what is in use stands', () => {
    const judgement = sampleJudgement();
    expect(standingText(judgement, 'nest')).toBe(
      'In use is Heron (version 8.4.3): of 5 rankings it is perhaps first in 5.',
    );
    expect(standingText(judgement, 'shell')).toBe('The study names no component for this layer.');
    const stack = [{ layer: 'nest', component: 'ostrich', candidate: null, version: null }];
    expect(standingText({ ...judgement, stack }, 'nest')).toBe('In use is ostrich, which the catalogue does not have.');
  });

  it('says what the ranking hangs on', () => {
    const judgement = sampleJudgement();
    const texts = robustnessTexts(judgement, judgement.scorecards[0]!).join('\n').replaceAll('\u00a0', ' ');
    expect(texts).toBe(
      [
        'Of all ways to weigh, Heron wins 62 % (40 % whatever the unknowns turn out to be, 90 % if they turn out well for it).',
        'The smallest change of weights that has another one win moves 21 % of the weight: then Stork wins (Group age 17 % → 0 %; Group law 33 % → 54 %).',
        'This unknown would decide it: Age of it of Gull: at its worst Heron is first, at its best Gull.',
      ].join('\n'),
    );
  });
});

describe('the other forms', () => {
  it('say it in Markdown, with nothing taken for Markdown', () => {
    const text = renderMarkdown(judged());
    expect(text).toContain('## Selection');
    expect(text).toContain('#### Nests: Ripeness, put to the test, strict');
    expect(text).toContain('| 1–2 | Heron | 1.17 |');
    expect(text).toContain('not collected → 0–2');
    expect(text).toContain('### Does the choice still hold?');
    expect(text).not.toContain(HOSTILE[0]);
    expect(text).not.toMatch(UNSEEN);
    expect(renderMarkdown(sampleResult())).not.toContain('## Selection');
  });

  it('give it as four tables', () => {
    const files = renderCsv(judged());
    const heads = (name: string) => files.get(name)?.split('\r\n').slice(0, 2);
    expect(heads('selection-scores.csv')).toEqual([
      'layer,model,variant,as_of,candidate,name,project,in_use,low,high,best_place,worst_place,wins,wins_surely,wins_possibly',
      expect.stringMatching(/^nest,ripe,loose,2014-12-31,heron,Heron,heron,yes,1\.1\d*,1\.1\d*,1,2,0\.62,0\.4,0\.9$/),
    ]);
    expect(files.get('selection-evidence.csv')).toContain(
      'nest,ripe,loose,2014-12-31,gull,age,not-collected,,0,2,metric,activity/commits-six-months: commits,,2014-12-31',
    );
    expect(files.get('selection-lazy-user.csv')).toContain('heron,Heron,chosen,quorum,,join-fast');
    expect(files.get('selection-choice.csv')).toContain(
      'nest,four,heron,held,2013-12-31,1,1,heron,0.8,2014-12-31,2,3,gull,0.12',
    );
    expect([...renderCsv(sampleResult()).keys()].filter((name) => name.startsWith('selection'))).toEqual([]);
  });

  it('read as a run again, and refuse a judgement that is none', () => {
    const text = renderJson(judged());
    expect(renderJson(readResult(text, 'run.json'))).toBe(text);
    const broken = judged({ scorecards: [{ layer: 'nest' }] });
    expect(() => readResult(renderJson(broken), 'run.json')).toThrow(
      /^run\.json: is no run: selection\.scorecards\[0\]\./,
    );
  });
});

describe('the page', () => {
  it('has no section where nothing was judged', async () => {
    const page = await renderHtml(sampleResult(), { script: '' });
    expect(page).not.toContain('id="selection"');
    expect(page).not.toContain('#selection"');
  });

  it('lets no text out of its place', async () => {
    const page = await renderHtml(
      judged({
        layers: [
          { id: 'nest', title: HOSTILE[3], role: HOSTILE[4] },
          { id: '"><i class=let-out>', title: HOSTILE[0], role: '' },
        ],
      }),
      { script: '' },
    );
    expect(page).not.toContain('<script>alert(1)');
    expect(page).not.toContain('<i class=let-out');
    expect(page).not.toMatch(UNSEEN);
  });

  it('follows no address but those of the web', async () => {
    const selection = sampleJudgement();
    selection.candidates[0]!.licence.sources = [{ title: 'x', url: 'javascript:alert(1)', date: '2014-01-01' }];
    const page = await renderHtml(sampleResult({ selection }), { script: '' });
    expect(page).not.toContain('javascript:');
  });
});

interface Finding {
  id: string;
  nodes: { html: string; failureSummary?: string }[];
}

describe.skipIf(NO_BROWSER !== '')(`the section in a browser${NO_BROWSER}`, () => {
  let reader: Reader;
  let page: string;

  beforeAll(async () => {
    page = await renderHtml(judged(), { script: await pageScript() });
    reader = await Reader.start();
  });

  afterAll(async () => {
    await reader?.stop();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has nothing for axe to find in ${colorScheme}`, async () => {
      const { page: opened, complaints } = await reader.open(page, { colorScheme, bypassCSP: true });
      await opened.evaluate(() => {
        for (const fold of document.querySelectorAll('#selection details')) fold.setAttribute('open', '');
      });
      await opened.evaluate(axe.source);
      const findings = await opened.evaluate(async () => {
        const { axe: run } = globalThis as unknown as {
          axe: { run(where: string): Promise<{ violations: Finding[] }> };
        };
        return (await run.run('#selection')).violations.map(({ id, nodes }) => [
          id,
          nodes[0]?.html,
          nodes[0]?.failureSummary,
        ]);
      });
      expect(findings).toEqual([]);
      expect(complaints).toEqual([]);
      await opened.context().close();
    });
  }

  it('fits a narrow page with everything open', async () => {
    const { page: opened } = await reader.open(page, { viewport: { width: 360, height: 800 } });
    await opened.evaluate(() => {
      for (const fold of document.querySelectorAll('#selection details')) fold.setAttribute('open', '');
    });
    expect(await opened.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await opened.context().close();
  });

  it('reads without scripts: bars, triangle and strips are in the page', async () => {
    const { page: opened } = await reader.open(page, { javaScriptEnabled: false });
    const section = opened.locator('#selection');
    await section.locator('details[id="selection/nest/ripe"] > summary').click();
    const model = section.locator('details[id="selection/nest/ripe"]');
    expect((await model.locator('svg.triangle').boundingBox())?.height).toBeGreaterThan(100);
    // Two of the three weights change nothing: a sentence says so.
    expect(await model.locator('svg.strip').count()).toBe(1);
    expect(await model.locator('.strips').textContent()).toContain(
      'Heron is first whatever Group age and Group manual weigh',
    );
    expect(await model.locator('.triangle polygon').count()).toBe(2);
    expect(await section.locator('.judged-all').first().locator('svg.score').count()).toBe(20);
    await opened.context().close();
  });

  it('is reached by address and by search, and its links lead somewhere', async () => {
    const { page: opened } = await reader.open(page);
    await opened.evaluate(() => (location.hash = '#selection/nest/strict-one-strict'));
    await opened.locator('details[id="selection/nest/strict-one-strict"][open]').waitFor();
    await opened.locator('#find').fill('nests');
    await opened.locator('#found a', { hasText: 'Nests' }).first().click();
    expect(new URL(opened.url()).hash).toBe('#selection/nest');
    const dead = await opened.evaluate(() =>
      [...document.querySelectorAll<HTMLAnchorElement>('#selection a[href^="#"]')]
        .map((link) => decodeURIComponent(link.hash.slice(1)))
        .filter((id) => !document.getElementById(id)),
    );
    expect(dead).toEqual([]);
    await opened.context().close();
  });
});
