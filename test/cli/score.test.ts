import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Judgement } from '../../src/model/judgement.js';
import { runHealth, type RunResult } from '../fixtures/cli.js';
import { bob, TestRepository } from '../fixtures/repository.js';

let cwd = '';

function score(...args: string[]): Promise<RunResult> {
  return runHealth(['score', ...args], { cwd });
}

const STUDY = `study: test
projects:
  - {name: corosync, url: one}
  - {name: openais, url: two}
stack:
  messaging: {component: corosync, version: 1.4.5}
`;

const SELECTION = `need:
  messaging: {capabilities: [membership]}
answers:
  - {candidate: openais, question: documentation, answer: full, source: "a \\e[31mred book", date: 2020-01-02, expires: 2020-06-01}
`;

/** A model of the user's own: one measured criterion, one answered. */
const MODEL = `model: mine
title: Mine
question: Who is busy?
source: the test
traps: [it is made up]
method: weighted
range: [0, 10]
vary: groups
variants: [loose, strict]
least: {critical: 5, relevant: 1}
groups:
  - {id: work, title: Work, weight: 3}
  - {id: words, title: Words, weight: 1}
criteria:
  - id: commits
    title: Commits
    group: work
    importance: critical
    metric: {query: activity/commits-last-year, column: commits}
    curve: {points: [[0, 0], [10, 10]]}
    source: the test
  - id: manual
    title: Manual
    group: words
    importance: relevant
    answer: documentation
    choices: {none: 0, partial: 5, full: 10}
    source: the test
`;

beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'stack-health-'));
  for (const [name, commits] of [
    ['one', 2],
    ['two', 8],
  ] as const) {
    const repository = new TestRepository(join(cwd, name));
    for (let i = 0; i < commits; i += 1) {
      const date = `${Date.UTC(2020, 0, 5 + i) / 1000} +0000`;
      repository.commit({ files: { [`f${i}`]: `${i}\n` }, author: bob, committer: bob, date });
    }
  }
  writeFileSync(join(cwd, 'health.yaml'), STUDY);
  writeFileSync(join(cwd, 'selection.yaml'), SELECTION);
  writeFileSync(join(cwd, 'mine.yaml'), MODEL);
  writeFileSync(join(cwd, 'bad.yaml'), MODEL.replace('column: commits}', 'column: commits, rows: last}'));
  writeFileSync(join(cwd, 'gone.yaml'), MODEL.replace('activity/commits-last-year', 'activity/comits-last-year'));
  expect((await runHealth(['collect'], { cwd })).code).toBe(0);
  return () => rmSync(cwd, { recursive: true, force: true });
});

describe('health score', () => {
  it('shows every model over the layers of the stack, as wide as a page', async () => {
    const { code, stdout, stderr } = await score('--as-of', '2020-03-01');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(
      /^Messaging \(messaging\), as of 2020-03-01\. In use is Corosync \(version 1\.4\.5\): of \d+ rankings/,
    );
    expect(stdout).toMatch(/\ncandidate +daffara loose +daffara strict/);
    expect(stdout).toMatch(/\nCorosync \* +1–\d/);
    expect(stdout).toMatch(/\nHeartbeat \? /);
    expect(stdout).toContain(
      '? not collected, so nothing is measured: Heartbeat. To collect what can be: health catalogue',
    );
    expect(stdout).toMatch(/Lazy User Model:\ncandidate +stands/);
    expect(stdout).toContain('Does the choice still hold?\n1 March 2019 against 1 March 2020: ');
    for (const line of stdout.split('\n').slice(0, 12)) expect([...line].length).toBeLessThanOrEqual(160);
  });

  it('shows one model with bars, robustness and the evidence behind each score', async () => {
    const { code, stdout } = await score('--model', 'mine.yaml', '--as-of', '2020-03-01');
    expect(code).toBe(0);
    const lines = stdout.split('\n');
    expect(lines.find((line) => /^1 +OpenAIS/.test(line))).toBeUndefined();
    expect(stdout).toMatch(/\n1–2 +OpenAIS +█{20}·{4} +8\.5 +/);
    expect(stdout).toMatch(/\n\d–3 +Corosync \* +█{4}▒{6}·{14} +1\.5–4 +/);
    expect(stdout.replaceAll('\u00a0', ' ')).toContain(
      '  Commits (75 % of the weight, critical; activity/commits-last-year, commits)\n',
    );
    expect(stdout).toMatch(/\n {4}OpenAIS {3}8 {5}for 8 \(openais, as of 2020-03-01\)\n/);
    expect(stdout).toContain('    not collected: Heartbeat\n');
    expect(stdout).toMatch(/\n {4}unknown: (Corosync, Heartbeat|Heartbeat, Corosync)\n/);
    expect(stdout).toContain('(a \\u{1b}[31mred book, 2020-01-02)');
    expect(stdout).not.toContain('\u001b');
  });

  it('believes no answer past its day', async () => {
    const { stdout } = await score('--model', 'mine.yaml', '--as-of', '2020-06-02');
    expect(stdout).toContain('    the answer is too old: OpenAIS\n');
  });

  it('tells one candidate’s story, by any of its names', async () => {
    const { code, stdout } = await score('--explain', 'OpenAIS', '--model', 'mine.yaml', '--as-of', '2020-03-01');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^OpenAIS, as of 2020-03-01\n\nMessaging, by Mine, loose\n {2}OpenAIS is /);
    expect(stdout).toContain('by Mine, strict');
  });

  it('says it all for machines', async () => {
    const { code, stdout, stderr } = await score('--json', '--as-of', '2020-03-01');
    expect([code, stderr]).toEqual([0, '']);
    const found = JSON.parse(stdout) as Judgement & { asOf: string };
    expect(found.asOf).toBe('2020-03-01');
    expect(found.layers.map(({ id }) => id)).toEqual(['messaging']);
    for (const { candidates, model, variant } of found.scorecards) {
      const won = candidates.reduce((sum, { wins }) => sum + wins, 0);
      if (candidates.some(({ rank }) => rank !== null))
        expect([model, variant, won]).toEqual([model, variant, expect.closeTo(1, 6)]);
    }
    expect(found.lazyUser).toHaveLength(1);
  });

  it('judges a layer that the stack doesn’t name', async () => {
    const { code, stdout } = await score('--layer', 'storage', '--model', 'thesis');
    expect(code).toBe(0);
    expect(stdout).toContain('The study names no component for this layer.');
    expect(stdout).toContain('DRBD 9');
  });

  it('fails with --check where what is in use is out, and only then', async () => {
    const loose = await score('--model', 'mine.yaml', '--check', '--as-of', '2020-03-01');
    expect([loose.code, loose.stderr]).toEqual([0, '']);
    const strict = await score('--model', 'mine.yaml', '--strict', '--check', '--as-of', '2020-03-01');
    expect(strict.code).toBe(1);
    expect(strict.stderr).toBe('health: out for sure, although in use: messaging: corosync\n');
    expect(strict.stdout).toMatch(/\nout +Corosync \* .*Commits: 2, at least 5 is asked/);
  });

  it('prints the schema of model files', async () => {
    const { code, stdout } = await score('--schema');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema' });
  });

  it.each([
    [['--model', 'qsoss'], 'no model is called qsoss (did you mean qsos?)'],
    [['--layer', 'mesaging'], 'no layer is called mesaging (did you mean messaging?)'],
    [['--explain', 'corosinc'], 'no candidate is called corosinc (did you mean corosync?)'],
    [['--explain', 'zzzz'], 'no candidate is called zzzz'],
    [['--model', 'none.yaml'], 'none.yaml: no such file'],
    [['--project', 'one'], "--project has no meaning for 'health score'"],
  ])('refuses %j in one line', async (args, message) => {
    const { code, stdout, stderr } = await score(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.split('\n')[0]).toBe(`health: ${message}`);
    expect(stderr).not.toMatch(/\n +at /);
  });

  it.each([
    ['bad.yaml', /^health: bad\.yaml:\d+:\d+: criteria\[0\]\./],
    ['gone.yaml', /^health: gone\.yaml:\d+:\d+: .*commits-last-year/],
  ])('says where a model file is wrong: %s', async (file, line) => {
    const { code, stderr } = await score('--model', file);
    expect(code).toBe(2);
    expect(stderr).toMatch(line);
  });

  it('says what to do where nothing was collected', async () => {
    const { code, stderr } = await score('--store', join(cwd, 'nothing.sqlite'));
    expect(code).toBe(2);
    expect(stderr).toMatch(/^health: .*\n.*health collect/);
  });
});

describe('a weight in the selection file', () => {
  it.each([
    ['weights: {qsoss: {age: 2}}', /weights\.qsoss: no model is called so \(did you mean qsos\?\)/],
    ['weights: {qsos: {agee: 2}}', /weights\.qsos\.agee: qsos has no such group or criterion \(did you mean age\?\)/],
  ])('is of a model, and of a part of it: %s', async (text, message) => {
    const dir = mkdtempSync(join(tmpdir(), 'stack-health-'));
    writeFileSync(join(dir, 'health.yaml'), `${STUDY}selection: own.yaml\n`);
    writeFileSync(join(dir, 'own.yaml'), `${text}\n`);
    const { code, stderr } = await runHealth(['score', '--store', join(cwd, 'data/health.sqlite')], { cwd: dir });
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    rmSync(dir, { recursive: true });
  });
});
