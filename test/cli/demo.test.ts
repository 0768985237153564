import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runHealth } from '../fixtures/cli.js';
import { temporaryFolder } from '../fixtures/repository.js';

it('shows the study on replicas, offline and without git, and says what they are', async () => {
  const cwd = temporaryFolder();
  // Node alone on the path: no git, no browser.
  symlinkSync(process.execPath, join(cwd, 'node'));
  const { code, stdout, stderr } = await runHealth(['demo'], { cwd, env: { PATH: cwd } });
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^Replica: histories made up by this program/);
  expect(stdout).toMatch(/^8\.1 .*corosync +82 +57/m);
  expect(stdout).toMatch(/^8\.2 .*drbd +46 +46/m);
  expect(stdout).toMatch(/^8\.9 .*pacemaker +13 +14\.25/m);
  expect(stdout.trimEnd()).toMatch(/Report of the replica: reports\/demo\.html$/);
  expect(readFileSync(join(cwd, 'reports/demo.html'), 'utf8')).toMatch(/replica/i);
});

it('prints JSON, labelled too, and writes where --out says', async () => {
  const cwd = temporaryFolder();
  const { code, stdout } = await runHealth(['demo', '--json', '--out', 'd.html'], { cwd });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ replica: true, report: 'd.html' });
});

it('is content without a browser', async () => {
  const cwd = temporaryFolder();
  const { code, stderr } = await runHealth(['demo', '--open'], { cwd, env: { PATH: cwd } });
  expect(code).toBe(0);
  expect(stderr).toContain('no browser could be started; open reports/demo.html yourself');
});
