import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderHtml } from '../../src/report/render-html.js';
import { renderMarkdown } from '../../src/report/markdown.js';
import { readResult } from '../../src/report/read-result.js';
import { renderJson, sealed } from '../../src/report/json.js';
import type { DeployedCluster } from '../../src/model/deployed-cluster.js';
import type { Result } from '../../src/model/result.js';
import { axeFindings, NO_BROWSER, pageScript, Reader } from './browser.js';
import { playedFailure, sampleDeployment } from './deployment-fixture.js';
import { HOSTILE, sampleResult, UNSEEN } from './fixture.js';

function result(change: (deployment: DeployedCluster) => void = () => {}): Result {
  const sample = sampleResult();
  const deployment = sampleDeployment(sample.projects[0]!.name);
  change(deployment);
  return sampleResult({ deployment });
}

async function section(of: Result): Promise<string> {
  const page = await renderHtml(of, { script: '' });
  return /<section id="deployment"[\s\S]*?<\/section>/.exec(page)?.[0] ?? '';
}

/** Every text that a reader sees or hears, in a deployment. */
function hostile(value: unknown, at = 0): unknown {
  if (typeof value === 'string') return HOSTILE[at % HOSTILE.length];
  if (Array.isArray(value)) return value.map((one, i) => hostile(one, at + i));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one], i) => [key, hostile(one, at + i)]));
}

describe('the section', () => {
  test('is there where a study names a cluster, and in the navigation', async () => {
    const page = await renderHtml(result(), { script: '' });
    expect(page).toContain('<a href="#deployment">');
    expect(await renderHtml(sampleResult(), { script: '' })).not.toContain('id="deployment"');
  });

  test('draws what the spec says, and says it in words', async () => {
    const html = await section(result());
    const drawing = /<svg class="topology"[\s\S]*?<\/svg>/.exec(html)?.[0] ?? '';
    const texts = [...drawing.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text);
    expect(texts).toEqual(
      expect.arrayContaining([
        'mail 192.0.2.100',
        'lan 192.0.2.0/24',
        'back 198.51.100.0/24',
        'north',
        'eth1 198.51.100.11',
        'DRBD 9, store',
        'west.example.org',
        'fence-south',
        'fence_pve, after 5 s',
      ]),
    );
    expect(drawing).toMatch(/aria-label="Cluster: post: Mail on two nodes[^"]*Quorum: a third vote from west/);
  });

  test('says how far behind a component is, and why it is not known of another', async () => {
    const html = (await section(result())).replaceAll('\u202f', ' ');
    expect(html).toContain('11 releases, 602 days, 1 234 commits behind 2.3.4');
    expect(html).toContain('in its series: 2 releases, 516 days, 40 commits behind 1.4.7');
    expect(html).toContain('not known: no project of this report stands for it');
  });

  test('a chart: bars end where a node is switched off, and begin where the service goes', async () => {
    const html = await section(result(({ simulations }) => simulations?.splice(1)));
    const chart = /<svg class="timeline"[\s\S]*?<\/svg>/.exec(html)?.[0] ?? '';
    const rows = chart.split('<text x="0"').slice(1);
    expect(
      rows.map((row) => [
        />([^<]*)</.exec(row)?.[1],
        [...row.matchAll(/class="(active|second)"/g)].map(([, role]) => role),
      ]),
    ).toEqual([
      ['disk north', ['second', 'active']],
      ['disk south', ['second', 'active']],
      ['mail north', ['active']],
      ['mail south', ['active']],
    ]);
    const bar = (row: number) => /class="active" x="(\d+)"[^>]*width="(\d+)"/.exec(rows[row]!)!.slice(1).map(Number);
    const [[northFrom = 0, northFor = 0], [southFrom = 0]] = [bar(0), bar(1)];
    expect(northFrom + northFor).toBeLessThanOrEqual(southFrom);
    // Two resources of the north.
    expect(chart.match(/class="off"/g)).toHaveLength(2);
  });

  test('ours beside the thesis’s, with what went wrong', async () => {
    const html = await section(result());
    expect(html).toContain('this cluster: all 2 steps as expected');
    expect(html).toContain('own configuration: 1 of 2 steps as expected');
    expect(html).toContain('north is online, and should be offline');
    expect(html).toContain('mail runs nowhere, and should run on south');
  });

  test('a rehearsal, with what failed in it, what stood in, what was left', async () => {
    const html = await section(result());
    for (const text of ['for good', '10:20:31 two nodes hold the address', 'ocf:pacemaker:Stateful', 'process 4242']) {
      expect(html).toContain(text);
    }
    const widths = [...html.matchAll(/class="(full|never)" width="(\d+)"/g)].map(([, , width]) => Number(width));
    expect(widths).toEqual([23, 45, 90, 90]);
  });

  test('texts from files are only text', async () => {
    const of = result();
    const { target, quorum } = of.deployment!.cluster;
    const bad = hostile(of.deployment) as DeployedCluster;
    const kept = { ...bad.cluster, target, quorum: { ...bad.cluster.quorum, kind: quorum.kind } };
    const simulations = bad.simulations!.map((one) => ({ ...one, configuration: 'ours' as const }));
    const lint = bad.lint.map((one) => ({ ...one, severity: 'note' as const }));
    const evil = { ...of, deployment: { ...bad, cluster: kept, lint, simulations } };
    const html = await section(evil);
    expect(html.length).toBeGreaterThan(5000);
    expect(html).not.toMatch(/<(script|img|i)\b/);
    expect(html).not.toMatch(UNSEEN);
    const text = renderMarkdown(evil);
    expect(text).not.toMatch(/(?<!\\)<script/);
    expect(text).not.toMatch(UNSEEN);
  });

  test('each id is there once, whatever components and scenarios are called', async () => {
    const page = await renderHtml(
      result((deployment) => {
        const [one] = deployment.components;
        deployment.components.push(one!, { ...one!, name: 'lint' }, { ...one!, name: 'Corosync' });
        deployment.simulations?.push({ ...playedFailure('ours'), scenario: 'failed stop' });
      }),
      { script: '' },
    );
    const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

test('Markdown holds what the page holds', () => {
  const text = renderMarkdown(result()).replaceAll('\u202f', ' ');
  for (const part of ['## Deployment', '11 releases, 602 days', '1 warning.', '**Not as expected:**', '| for good |']) {
    expect(text).toContain(part);
  }
});

test('a result that says something else of a cluster than there can be is refused in one line', () => {
  const text = renderJson(sealed(result()));
  expect(readResult(text, 'run.json').deployment?.cluster.name).toBe('post');
  const broken = text.replace('"drbd": 9', '"drbd": "<script>"');
  expect(() => readResult(broken, 'run.json')).toThrow(/^run\.json: is no run: deployment\.cluster\.storage\.drbd: /);
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
    test(`axe finds nothing in ${colorScheme}, with all of it open`, async () => {
      const { page } = await reader.open(html, { colorScheme, bypassCSP: true });
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
      });
      expect(await axeFindings(page, '#deployment')).toEqual([]);
      await page.context().close();
    });
  }

  test('at 390 pixels nothing is wider than the page, and nothing is asked or complained of', async () => {
    const { page, complaints, requests } = await reader.open(html, { viewport: { width: 390, height: 800 } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect([complaints, requests]).toEqual([[], []]);
    await page.context().close();
  });

  test('no text of the drawing is outside of it, however long', async () => {
    const long = result(({ cluster }) => {
      cluster.service = 'Mail and calendars '.repeat(15);
      cluster.networks[0]!.id = 'W'.repeat(64);
      for (const node of cluster.nodes) node.name = 'n'.repeat(63);
      cluster.fencing[1]!.agent = `fence_${'x'.repeat(80)}`;
      cluster.fencing[1]!.node = 'n'.repeat(63);
    });
    const { page } = await reader.open(await renderHtml(long, { script: '' }));
    const outside = await page.evaluate(() => {
      const svg = document.querySelector('.topology')!;
      const { left, right, bottom } = svg.getBoundingClientRect();
      return [...svg.querySelectorAll('text, rect')]
        .map((one) => ({ text: one.textContent, box: one.getBoundingClientRect() }))
        .filter(({ box }) => box.left < left || box.right > right || box.bottom > bottom)
        .map(({ text }) => text);
    });
    expect(outside).toEqual([]);
    await page.context().close();
  });

  test('is found by searching and by address, and its words are there without scripts', async () => {
    const { page } = await reader.open(html);
    await page.locator('#find').fill('unmounted');
    const links = page.locator('#found a');
    expect(await links.allTextContents()).toEqual(['The file system can not be unmounted simulated failover']);
    await page.locator('#find').press('Enter');
    await expect.poll(() => page.evaluate(() => location.hash)).toBe('#deployment/simulation/failed-stop');
    await page.context().close();
    const { page: still } = await reader.open(html, { javaScriptEnabled: false });
    expect(await still.locator('#deployment .timeline').first().isVisible()).toBe(true);
    await still.locator('#deployment summary').first().click();
    expect(await still.locator('#deployment .rules').first().innerText()).toContain(
      'a third vote from west.example.org',
    );
    await still.context().close();
  });
});
