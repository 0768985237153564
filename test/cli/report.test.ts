import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runHealth, type RunResult } from '../fixtures/cli.js';
import { TestRepository, temporaryFolder } from '../fixtures/repository.js';

let cwd = '';

function report(...args: string[]): Promise<RunResult> {
  return runHealth(['report', ...args], { cwd });
}

beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'stack-health-'));
  const one = new TestRepository(join(cwd, 'one'));
  for (const year of [2012, 2013, 2014]) one.commit({ date: `${Date.UTC(year, 6, 1) / 1000} +0000` });
  writeFileSync(
    join(cwd, 'health.yaml'),
    'study: Our <own> stack!\nprojects:\n  - {name: one, url: one}\n  - {name: two, url: two}\n',
  );
  expect((await runHealth(['collect', 'one'], { cwd })).code).toBe(0);
  return () => rmSync(cwd, { recursive: true, force: true });
});

describe('health report', () => {
  it('writes HTML named after the study, and prints its path alone', async () => {
    const { code, stdout, stderr } = await report();
    expect(stderr).toBe('not collected yet, and not in the report: two; run: health collect\n');
    expect([code, stdout]).toEqual([0, `${join('reports', 'Our-own-stack.html')}\n`]);
    expect(readFileSync(join(cwd, 'reports/Our-own-stack.html'), 'utf8')).toMatch(/^<!doctype html>/i);
  });

  it('writes several forms at once, into the folders named', async () => {
    const { code, stdout } = await report('--html', '--md', '--out', 'out', '--csv', 'rows', '--svg', 'charts');
    expect(code).toBe(0);
    const paths = stdout.trimEnd().split('\n');
    expect(paths.slice(0, 2)).toEqual(['out/Our-own-stack.html', 'out/Our-own-stack.md']);
    expect(paths.every((path) => existsSync(join(cwd, path)))).toBe(true);
    expect(readdirSync(join(cwd, 'rows')).length).toBeGreaterThan(0);
    expect(readdirSync(join(cwd, 'charts')).length).toBeGreaterThan(0);
  });

  it('prints the result with --json, and nothing else; the same bytes as the file', async () => {
    const { code, stdout } = await report('--json', '--as-of', '2013-12-31');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ format: 1, asOf: '2013-12-31', asOfGiven: true, missing: ['two'] });
    const file = await report('--json', '--as-of', '2013-12-31', '--out', 'result.json');
    expect(JSON.parse(file.stdout)).toEqual({ written: ['result.json'] });
    expect(readFileSync(join(cwd, 'result.json'), 'utf8')).toBe(stdout);
  });

  it('says what to do where nothing was collected', async () => {
    const empty = await runHealth(['report'], { cwd: temporaryFolder() });
    expect([empty.code, empty.stdout]).toEqual([2, '']);
    expect(empty.stderr).toContain('health collect');
    const other = await report('--project', 'two');
    expect(other.code).toBe(2);
    expect(other.stderr).toContain('health collect');
    expect((await report('--project', 'tow')).stderr).toMatch(/^health: .*tow/);
  });

  it('says plainly where it cannot write', async () => {
    writeFileSync(join(cwd, 'file'), '');
    const { code, stderr } = await report('--out', 'file/x.html', '--quiet');
    expect(code).toBe(4);
    expect(stderr).toMatch(/^health: .*file\/x\.html.*\n( {2}.*\n)*$/);
  });
});
