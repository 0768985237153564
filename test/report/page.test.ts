import { readFileSync } from 'node:fs';
import axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Locator } from 'playwright-core';
import { NO_BROWSER, pageScript, Reader, readThrough, unfold } from './browser.js';
import { renderHtml } from '../../src/report/render-html.js';
import { sampleResult } from './fixture.js';

interface AxeFinding {
  id: string;
  nodes: { html: string; failureSummary?: string }[];
}

const perYear = (scope: string) => `${scope} figure:has(h4:text-is("Commits per year"))`;

async function ticks(figure: Locator): Promise<string> {
  return (await figure.locator('.canvas svg text').allTextContents()).sort().join('|');
}

describe.skipIf(NO_BROWSER !== '')(`the page in a browser${NO_BROWSER}`, () => {
  let reader: Reader;
  let script: string;
  let sample: string;

  beforeAll(async () => {
    script = await pageScript();
    sample = await renderHtml(sampleResult(), { script });
    reader = await Reader.start();
  });

  afterAll(async () => {
    await reader?.stop();
  });

  test('reads through without a complaint, a request or a violated policy', async () => {
    const { page, complaints, requests } = await reader.open(sample);
    await readThrough(page);
    expect(complaints).toEqual([]);
    expect(requests).toEqual([]);
    await page.context().close();
  });

  test('its policy stops what the page does not bring', async () => {
    const { page, complaints } = await reader.open(sample);
    await page.evaluate(() => {
      const image = document.createElement('img');
      image.src = 'http://127.0.0.1:9/x.png';
      const code = document.createElement('script');
      code.textContent = 'document.title = "owned"';
      document.body.append(image, code);
    });
    await expect
      .poll(() => complaints.filter((line) => /Content Security Policy/i.test(line)).length)
      .toBeGreaterThan(1);
    expect(await page.title()).not.toBe('owned');
    await page.context().close();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing in ${colorScheme}`, async () => {
      const { page } = await reader.open(sample, { colorScheme, bypassCSP: true });
      await readThrough(page);
      for (const details of await page.locator('details').all()) {
        await details.evaluate((element) => element.setAttribute('open', ''));
      }
      await page.evaluate(axe.source);
      const findings = await page.evaluate(async () => {
        const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: AxeFinding[] }> } };
        return (await axe.run()).violations.map(({ id, nodes }) => ({
          id,
          first: nodes[0]?.html,
          why: nodes[0]?.failureSummary,
        }));
      });
      expect(findings).toEqual([]);
      await page.context().close();
    });
  }

  test('shows every chart with scripts off', async () => {
    const { page } = await reader.open(sample, { javaScriptEnabled: false });
    const folds = page.locator('details.theme:not([open]) > summary');
    while ((await folds.count()) > 0) await folds.first().click();
    const plots = page.locator('.canvas');
    expect(await plots.count()).toBe(20);
    for (const plot of await plots.all())
      expect((await plot.locator('> svg').boundingBox())?.height).toBeGreaterThan(40);
    expect(await page.locator('#theme').isVisible()).toBe(false);
    expect(await page.locator('.zoom:visible').count()).toBe(0);
    await page.locator(`${perYear('#alpha')} summary`).click();
    expect(await page.locator(`${perYear('#alpha')} table`).isVisible()).toBe(true);
    await page.context().close();
  });

  test('keeps the static charts where the live ones fail', async () => {
    const broken = `document.getElementById('data').textContent='{"projects":[],"charts":[{"spec":{"marks":[{"type":"no such"}]},"zoom":[]}],"tables":[]}';${script}`;
    const { page } = await reader.open(await renderHtml(sampleResult(), { script: broken }));
    await page.waitForTimeout(500);
    expect(await page.locator('.canvas.live').count()).toBe(0);
    expect(await page.locator('#compare .canvas > svg').first().isVisible()).toBe(true);
    await page.context().close();
  });

  test('shows a tooltip that is text, and Escape puts it away', async () => {
    const { page } = await reader.open(sample);
    await unfold(page);
    const plot = page.locator('#alpha figure:has(h4:text-is("Most active people")) .plot');
    await plot.scrollIntoViewIfNeeded();
    await plot.locator('.live').waitFor();
    const bar = plot.locator('svg path[aria-label], svg .mark-rect path').first();
    await bar.hover();
    const tip = page.locator('#tip');
    await tip.waitFor();
    expect(await tip.textContent()).toContain('<script>alert(1)</script>');
    expect(await tip.locator('script').count()).toBe(0);
    await page.keyboard.press('Escape');
    expect(await tip.isVisible()).toBe(false);
    await page.context().close();
  });

  for (const place of ['#beta-disk', '#compare']) {
    test(`zooms by keyboard and by wheel in ${place}`, async () => {
      const { page } = await reader.open(sample);
      await unfold(page);
      const figure = page.locator(perYear(place));
      await figure.scrollIntoViewIfNeeded();
      await figure.locator('.live').waitFor();
      const whole = await ticks(figure);
      await figure.getByRole('button', { name: 'Zoom in' }).focus();
      await page.keyboard.press('Enter');
      await expect.poll(() => ticks(figure)).not.toBe(whole);
      await figure.getByRole('button', { name: 'Reset' }).focus();
      await page.keyboard.press('Space');
      await expect.poll(() => ticks(figure)).toBe(whole);
      const box = await figure.locator('.canvas svg').boundingBox();
      if (!box) throw new Error('no chart');
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      await page.keyboard.down('Control');
      await page.mouse.wheel(0, -400);
      await page.keyboard.up('Control');
      await expect.poll(() => ticks(figure)).not.toBe(whole);
      const before = await page.evaluate(() => scrollY);
      await page.mouse.wheel(0, 300);
      await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(before);
      await page.context().close();
    });
  }

  test('is reached by keyboard from the first Tab on', async () => {
    const { page } = await reader.open(sample);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
    const outline = await page.evaluate(() => {
      const link = document.querySelector<HTMLElement>('nav a');
      link?.focus();
      return link ? getComputedStyle(link).outlineStyle : '';
    });
    expect(outline).not.toBe('');
    await page.context().close();
  });

  test('switches its theme, and the charts with it', async () => {
    const { page } = await reader.open(sample, { colorScheme: 'light' });
    const fill = () =>
      page
        .locator('#compare .canvas svg path[fill="var(--c0)"]')
        .first()
        .evaluate((path) => getComputedStyle(path).fill);
    const light = await fill();
    await page.getByRole('button', { name: 'Dark' }).click();
    expect(await page.getByRole('button', { name: 'Dark' }).getAttribute('aria-pressed')).toBe('true');
    expect(await fill()).not.toBe(light);
    await page.context().close();
  });

  for (const width of [360, 768, 1600]) {
    test(`never scrolls sideways at ${width} px`, async () => {
      const { page } = await reader.open(sample, { viewport: { width, height: 800 } });
      await readThrough(page);
      await page.evaluate(() => document.querySelectorAll('details').forEach((one) => one.setAttribute('open', '')));
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await page.context().close();
    });
  }

  test('hands out CSV and all rows under its own policy', async () => {
    const { page, complaints } = await reader.open(sample);
    await unfold(page);
    const figure = page.locator('#gamma figure:has(h4:text-is("Commits per day"))');
    await figure.locator('summary').click();
    const rows = figure.locator('tbody tr');
    expect(await rows.count()).toBe(300);
    const shown = figure.getByRole('button', { name: /^Show all/ });
    const wanted = Number((await shown.textContent())?.replace(/\D/g, ''));
    await shown.click();
    expect(await rows.count()).toBe(wanted);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      figure.getByRole('button', { name: 'Download CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('activity-commits-per-day-gamma.csv');
    const text = readFileSync(await download.path(), 'utf8');
    expect(text.startsWith('\ufeffday,commits\r\n2001-')).toBe(true);
    expect(text.trimEnd().split('\r\n').length).toBe(wanted + 1);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('leaves hostile names as text', async () => {
    const hostile = sampleResult({ missing: ['<img src=x onerror=alert(3)>'] });
    hostile.study.name = '<script>alert(4)</script>\u202e';
    const { page, complaints } = await reader.open(await renderHtml(hostile, { script }));
    await readThrough(page);
    expect(complaints).toEqual([]);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(2);
    expect(await page.locator('h1').textContent()).toBe('<script>alert(4)</script>\\u{202e}');
    expect(await page.locator('main [onclick], main [onerror], main [onload]').count()).toBe(0);
    await page.context().close();
  });

  test('prints in light colours without its controls', async () => {
    const { page } = await reader.open(sample, { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('nav').isVisible()).toBe(false);
    expect(await page.locator('#compare .canvas svg').first().isVisible()).toBe(true);
    expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe('rgb(24, 33, 43)');
    await page.context().close();
  });
});
