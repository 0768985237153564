import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadStudy } from '../../src/config/study.js';
import { hasTerminal, runHealth, type RunOptions, type RunResult } from '../fixtures/cli.js';

/** A folder without a health.yaml, and one whose selection.yaml adds a hostile candidate. */
let plain = '';
let own = '';

function catalogue(cwd: string, args: string[], options: Partial<RunOptions> = {}): Promise<RunResult> {
  return runHealth(['catalogue', ...args], { cwd, ...options });
}

beforeAll(() => {
  plain = mkdtempSync(join(tmpdir(), 'stack-health-'));
  own = mkdtempSync(join(tmpdir(), 'stack-health-'));
  writeFileSync(join(own, 'health.yaml'), 'study: ours\nprojects:\n  - {name: a, url: b}\n');
  writeFileSync(
    join(own, 'selection.yaml'),
    `sources:
  s: {title: "Evil \\e[31m title", date: 2026-01-01}
candidates:
  - id: evil
    name: "Evil \\e[2J \\u202e name"
    layers: [storage]
    from: s
    licence: MIT
    repository: {is: 'https://example.org/evil.git', holds: "a \\e[31m\\n- name: more"}
    company: "Firm\\twith \\u0007"
    has: [posix]
  - id: drbd-9
    from: s
    company: Someone else
`,
  );
  return () => {
    for (const folder of [plain, own]) rmSync(folder, { recursive: true, force: true });
  };
});

describe('health catalogue', () => {
  it('lists the candidates by layer', async () => {
    const { code, stdout, stderr } = await catalogue(plain, []);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^id +name +licence +company +repo +support +has\nCommercial suites \(suite\)\n/);
    expect(stdout).toMatch(
      /\n\nCluster storage \(storage\)\ndrbd-8\.4 +DRBD 8\.4 +GPL-2\.0-or-later +LINBIT +yes +LINBIT +\d+\n/,
    );
    expect(stdout).toMatch(
      /\nlinux-cluster-manager +Linux Cluster Manager +GPL-1\.0-or-later +unknown +no +unknown +0\n/,
    );
    expect(stdout.match(/^pacemaker /gm)).toHaveLength(2);
  });

  it.skipIf(!hasTerminal)('fits a terminal', async () => {
    for (const columns of [80, 120]) {
      const { stdout } = await catalogue(plain, ['--no-color'], { tty: { columns, rows: 40 } });
      const lines = stdout.replaceAll('\r', '').split('\n');
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
      expect(lines.find((line) => line.startsWith('corosync '))).toMatch(/ yes .* 5$/);
    }
  });

  it('lists one layer', async () => {
    const { stdout } = await catalogue(plain, ['--layer', 'messaging']);
    const ids = stdout.split('\n').map((line) => line.split(' ')[0]);
    expect(ids).toEqual(['id', 'Messaging', 'corosync', 'openais', 'heartbeat', '']);
  });

  it('shows one, by another name of it, with the sources and dates of every fact and what is unknown', async () => {
    const { code, stdout } = await catalogue(plain, ['drbd']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^DRBD 8\.4 \(drbd-8\.4\)\nDescription {3}A block device .*\. \[1\]\n/);
    expect(stdout).toMatch(/\nLicence {7}GPL-2\.0-or-later \[1\]\n/);
    expect(stdout).toMatch(/\nHas {11}Two nodes \(two-node\) \[\d+\]\n/);
    expect(stdout).toMatch(/\nLacks {9}Quorum \(quorum\) \[1\]\n/);
    expect(stdout).toMatch(/\nUnclear {7}Concurrent writers \(concurrent-mount\): /);
    expect(stdout).toMatch(/\nNothing said {2}active-active, /);
    expect(stdout).toMatch(
      /\nSources {7}\[1\] LINBIT\/drbd-8\.4: .* \(2022-11-21\) https:\/\/github\.com\/LINBIT\/drbd-8\.4\n/,
    );
    // Every number that is cited is in the list.
    const cited = new Set(
      [...stdout.matchAll(/\[(\d+(?:, \d+)*)\]$/gm)].flatMap(([, list]) => (list ?? '').split(', ')),
    );
    const listed = [...stdout.matchAll(/^(?:Sources)? +\[(\d+)\] /gm)].map(([, number]) => number);
    expect(listed).toEqual(listed.map((_, i) => String(i + 1)));
    expect([...cited].sort()).toEqual([...listed].sort());
  });

  it('says why a repository is not to be had', async () => {
    const { stdout } = await catalogue(plain, ['cman']);
    expect(stdout).toMatch(/\nRepository {4}none to collect: No repository of its makers was found\. /);
  });

  it('is there for machines', async () => {
    const { stdout } = await catalogue(plain, ['corosync', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      id: 'corosync',
      licence: { value: 'BSD-3-Clause', sources: [{ date: '2026-08-19' }, { title: 'Thesis, chapter 6', url: null }] },
      capabilities: { quorum: { value: true }, fencing: { value: null } },
    });
    const all = JSON.parse((await catalogue(plain, ['--layer', 'suite', '--json'])).stdout) as {
      candidates: { id: string }[];
      layers: { id: string }[];
    };
    expect(all.layers.map(({ id }) => id)).toEqual(['suite']);
    expect(all.candidates.map(({ id }) => id)).toEqual(['hp-serviceguard', 'red-hat-cluster-suite', 'suse-ha']);
  });

  it('writes a study of those that can be collected, which loads', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'stack-health-'));
    for (const [args, names] of [
      [
        ['--layer', 'messaging'],
        ['corosync', 'openais', 'heartbeat'],
      ],
      [['drbd'], ['drbd-8.4']],
    ] as const) {
      const { stdout } = await catalogue(plain, [...args, '--study']);
      writeFileSync(join(cwd, 'health.yaml'), stdout);
      expect(loadStudy({ config: null, cwd }).study.projects.map(({ name }) => name)).toEqual(names);
    }
    rmSync(cwd, { recursive: true });
    const { code, stderr } = await catalogue(plain, ['--layer', 'suite', '--study']);
    expect([code, stderr]).toEqual([2, 'health: none of these candidates has a repository to collect\n']);
  });

  it("adds the user's own, and shows their text harmlessly", async () => {
    const { code, stdout } = await catalogue(own, ['--layer', 'storage']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/\nevil +Evil \\u\{1b\}\[2J \\u\{202e\} name +MIT +Firm with \\u\{7\} +yes +unknown +1\n/);
    expect(stdout).toMatch(/\ndrbd-9 +DRBD 9 +GPL-2\.0-only +Someone else /);
    const one = (await catalogue(own, ['evil'])).stdout;
    expect(one).toContain('[1] Evil \\u{1b}[31m title (2026-01-01)');
    const study = (await catalogue(own, ['evil', '--study'])).stdout;
    writeFileSync(join(plain, 'evil.yaml'), study);
    expect(loadStudy({ config: 'evil.yaml', cwd: plain }).study.projects).toHaveLength(1);
    const json = (await catalogue(own, ['evil', '--json'])).stdout;
    // oxlint-disable-next-line no-control-regex -- what must not be there
    for (const text of [stdout, one, study, json]) expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });

  it('prints JSON Schema of its files', async () => {
    const { code, stdout } = await catalogue(plain, ['--schema']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      catalogue: { type: 'object' },
      selection: { properties: { answers: { type: 'array' } } },
    });
  });

  it('says what is wrong in one line', async () => {
    for (const [args, line] of [
      [['--layer', 'storge'], "no layer is called 'storge'; did you mean 'storage'?"],
      [['drdb'], "no candidate is called 'drdb'; did you mean 'drbd'?"],
      [['--study', '--json'], '--study writes YAML, so --json has no meaning beside it'],
      [['--as-of', '2014-12-31'], "--as-of has no meaning for 'health catalogue'"],
    ] as const) {
      const { code, stdout, stderr } = await catalogue(plain, [...args]);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr.split('\n')[0]).toBe(`health: ${line}`);
    }
    expect(existsSync(join(plain, 'data'))).toBe(false);
  });
});
