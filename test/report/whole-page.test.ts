import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Study } from '../../src/model/project.js';
import { collect } from '../../src/pipeline/collect.js';
import { buildResult, resultJson, since } from '../../src/pipeline/report.js';
import { renderHtml } from '../../src/report/render-html.js';
import { bob, TestRepository } from '../fixtures/repository.js';
import { axeFindings, NO_BROWSER, pageScript, Reader } from './browser.js';

/** A real page with every section there is: three repositories, read twice, one of them rewritten, one succeeded. */
async function wholePage(dir: string, script: string): Promise<string> {
  const [corosync, drbd, next] = ['corosync', 'drbd', 'next'].map((name) => new TestRepository(join(dir, name)));
  for (const [place, repository] of [corosync!, drbd!, next!].entries()) {
    for (let year = 2008; year < 2015; year += 1) {
      const date = `${year}-0${place + 1}-10T12:00:00+0100`;
      const author = year % 2 ? { author: bob } : {};
      repository.commit({ date, files: { 'lib/one': `${year}\n`, [`src/${year}`]: 'x\n' }, ...author });
      repository.git('tag', `v${year - 2007}.0.0`);
    }
  }
  const url = (repository: TestRepository | undefined) =>
    ({ url: repository!.dir, refs: 'branches', layer: null }) as const;
  const study: Study = {
    name: 'Whole',
    projects: [
      { name: 'corosync', ...url(corosync), tags: [] },
      { name: 'drbd', ...url(drbd), tags: [], succeededBy: 'next' },
      { name: 'next', ...url(next), tags: [] },
      { name: 'absent', url: join(dir, 'absent'), refs: 'branches', layer: null, tags: [] },
    ],
    replicates: 'thesis',
    replica: false,
    cluster: { spec: 'zimbra-ha', target: 'rhel6', simulation: null, rehearsal: null },
  };
  const store = join(dir, 'health.sqlite');
  const means = { store, clones: dir, only: [], jobs: 1, allowShallow: false, actions: true, lines: true };
  await collect(study, means);
  const options = { store, study, projects: [], asOf: '2014-12-31' };
  const before = join(dir, 'before.json');
  writeFileSync(before, resultJson(buildResult(options)));
  corosync!.git('reset', '--quiet', '--hard', 'HEAD~2');
  corosync!.commit({ date: '2014-11-01T12:00:00+0000' });
  await collect(study, means);
  return renderHtml(since(before, buildResult(options), { store, study }), { script });
}

describe.skipIf(NO_BROWSER !== '')(`a page with every section${NO_BROWSER}`, () => {
  let reader: Reader;
  let html: string;
  let folder = '';

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'whole-page-'));
    html = await wholePage(folder, await pageScript());
    reader = await Reader.start();
  });

  afterAll(async () => {
    await reader?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('has them all', async () => {
    const { page } = await reader.open(html);
    const ids = await page.locator('main > section').evaluateAll((all) => all.map(({ id }) => id));
    const own = ['corosync', 'drbd', 'next'];
    const sections = [
      'overview',
      'changes',
      'deployment',
      'compare',
      ...own,
      'people',
      'ledger',
      'replication',
      'methods',
    ];
    expect(ids).toEqual(sections);
    await page.context().close();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing in ${colorScheme}, with all of it open`, async () => {
      const { page } = await reader.open(html, { colorScheme, bypassCSP: true });
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
      });
      expect(await axeFindings(page)).toEqual([]);
      await page.context().close();
    });
  }

  test('axe finds nothing in the page as it opens', async () => {
    const { page } = await reader.open(html, { bypassCSP: true });
    expect(await axeFindings(page)).toEqual([]);
    await page.context().close();
  });

  test('finds figures, people, sections and headings, and leads to them', async () => {
    const { page } = await reader.open(html);
    const box = page.locator('#find');
    const found = async (text: string) => {
      await box.fill(text);
      return page.locator('#found a').evaluateAll((all) => all.map((one) => one.textContent));
    };
    expect(await found('burstiness')).toEqual(
      expect.arrayContaining(['Burstiness all projects', 'Burstiness drbd', 'Burstiness how it is counted']),
    );
    expect(await found('ranges')).toContain('Ranges How it was counted');
    expect(await found('its successor')).toEqual(['drbd and its successor What happened to the histories']);
    expect(await found('how it was')).toContain('How it was counted section');
    await found('burstiness drbd');
    await box.press('Enter');
    await expect.poll(() => page.evaluate(() => location.hash)).toBe('#drbd/burstiness');
    expect(await page.locator('[id="drbd/burstiness"]').isVisible()).toBe(true);
    await page.context().close();
  });
});
