import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { median, time } from './measure.js';
import type { BenchRepository } from './repositories.js';
import type { BenchRow } from './results.js';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Milliseconds until a page on disk has loaded and is seen, the median of so many fresh openings; null without a browser. */
async function opening(file: string, runs: number): Promise<number | null> {
  if (!existsSync(CHROMIUM)) return null;
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const each: number[] = [];
    for (let run = 0; run < runs; run++) {
      const page = await browser.newPage();
      await page.goto(pathToFileURL(file).href);
      each.push(
        await page.evaluate(async () => {
          // The first paint may come after the page has loaded.
          const seen = await new Promise<number>((resolve) => {
            new PerformanceObserver((list) => resolve(list.getEntries()[0]?.startTime ?? 0)).observe({
              type: 'paint',
              buffered: true,
            });
          });
          const [entry] = performance.getEntriesByType('navigation');
          return Math.max(seen, (entry as PerformanceNavigationTiming).loadEventEnd);
        }),
      );
      await page.close();
    }
    return median(each);
  } finally {
    await browser.close();
  }
}

/** How long a report of so many projects takes, how large it is and how fast it opens. The repositories take turns. */
export async function reportRows(
  folder: string,
  cli: string,
  repositories: readonly BenchRepository[],
  { projects, megabytes, runs }: { projects: number; megabytes: number; runs: number },
): Promise<BenchRow[]> {
  const [config, store, page] = ['yaml', 'sqlite', 'html'].map((end) => join(folder, `report-${projects}.${end}`)) as [
    string,
    string,
    string,
  ];
  const lines = Array.from({ length: projects }, (_, i) => {
    const { name, path } = repositories[i % repositories.length]!;
    return `  - {name: ${name}-${i + 1}, url: ${JSON.stringify(path)}}`;
  });
  writeFileSync(config, `study: bench\nprojects:\n${lines.join('\n')}\n`);
  const files = ['-c', config, '--store', store, '--clones', join(folder, 'clones')];
  await time({ name: 'health collect', command: [process.execPath, cli, 'collect', ...files] });
  const seconds: number[] = [];
  for (let run = 0; run < runs; run++) {
    const command = [process.execPath, cli, 'report', ...files, '--html', '--out', page];
    seconds.push((await time({ name: 'health report', command })).seconds);
  }
  const opened = await opening(page, Math.max(runs, 3));
  const size = statSync(page).size / 1e6;
  const work = `report on ${projects} projects`;
  const made = `${median(seconds).toFixed(1)} s to measure and write`;
  if (!process.env['KEEP']) for (const file of [config, store, page]) rmSync(file, { force: true });
  return [
    { work, against: '', measured: `${size.toFixed(2)} MB`, detail: made, must: `${megabytes} MB`, aim: '' },
    {
      work: `opening it, ${projects} projects`,
      against: '',
      measured: opened === null ? 'no browser' : `${(opened / 1000).toFixed(2)} s`,
      detail: 'Chromium, from disk until loaded and painted',
      must: '1 s',
      aim: '',
    },
  ];
}
