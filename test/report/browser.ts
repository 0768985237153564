import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { build } from 'esbuild';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Why the tests with a browser don't run, for a test's title; empty where they do. */
export const NO_BROWSER = existsSync(CHROMIUM) ? '' : ` (skipped: no browser at ${CHROMIUM}; set CHROMIUM)`;

/** The page's script, bundled as the build does it. */
export async function pageScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../../src/report/page/main.ts', import.meta.url))],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    charset: 'ascii',
    legalComments: 'none',
  });
  return outputFiles[0]?.text ?? '';
}

export interface Opened {
  page: Page;
  /** Errors, warnings and violations the page reported. */
  complaints: string[];
  /** Addresses it asked for, its own file aside. */
  requests: string[];
}

/** What axe finds wrong with a page, or with a part of it. */
export async function axeFindings(page: Page, part = 'html'): Promise<unknown[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async (where) => {
    const { axe: run } = globalThis as unknown as { axe: typeof axe };
    const { violations } = await run.run(where, { resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => ({ id, first: nodes[0]?.html, why: nodes[0]?.failureSummary }));
  }, part);
}

/** A browser over a folder of pages made for the tests. */
export class Reader {
  readonly #folder = mkdtempSync(join(tmpdir(), 'report-'));
  readonly #browser: Browser;

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async start(): Promise<Reader> {
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];
    return new Reader(
      await chromium.launch({ executablePath: CHROMIUM, args: [...args, '--disable-sync', '--no-first-run'] }),
    );
  }

  /** Opens a page from disk. */
  async open(html: string, options: BrowserContextOptions = {}): Promise<Opened> {
    const file = join(this.#folder, 'report.html');
    writeFileSync(file, html);
    const context = await this.#browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
    const page = await context.newPage();
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    const own = pathToFileURL(file).href;
    page.on('request', (request) => {
      if (!request.url().startsWith(own)) requests.push(request.url());
    });
    await page.goto(own);
    // Its rows are unpacked after it was loaded. Without scripts, or with one of a test's own, nothing comes of it.
    const isOwn = options.javaScriptEnabled !== false && html.includes('enlivened');
    if (isOwn) await page.locator('html.enlivened').waitFor({ state: 'attached' });
    return { page, complaints, requests };
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Unfolds all that is folded by theme or project. */
export async function unfold(page: Page, within = 'body'): Promise<void> {
  await page.evaluate((scope) => {
    for (const fold of document.querySelectorAll(`${scope} details.fold`)) fold.setAttribute('open', '');
  }, within);
}

/** Unfolds the page and scrolls through it until every chart is live. */
export async function readThrough(page: Page): Promise<void> {
  await unfold(page);
  const all = await page.locator('.plot[data-chart]').count();
  for (let i = 0; i < all; i += 1) {
    const plot = page.locator('.plot[data-chart]').nth(i);
    await plot.scrollIntoViewIfNeeded();
    await plot.locator('.canvas.live').waitFor({ timeout: 15_000 });
  }
}
