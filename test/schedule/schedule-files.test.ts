import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Cron } from 'croner';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { crontabLine } from '../../src/schedule/crontab.js';
import type { Job } from '../../src/schedule/job.js';
import { jobName } from '../../src/schedule/job.js';
import { systemdUnits } from '../../src/schedule/systemd.js';
import { githubWorkflow, gitlabJob } from '../../src/schedule/workflows.js';
import { temporaryFolder } from '../fixtures/repository.js';

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

/** A program in a folder with all that shells, crons and units take for something else; it writes down what it was told. */
function awkward(): { job: Job; told: () => string[]; folder: string } {
  const folder = join(temporaryFolder(), `a b%h $HOME 'q' "d" ;x & \\n #é`);
  mkdirSync(folder);
  const program = join(folder, 'run it');
  writeFileSync(program, '#!/bin/sh\n{ pwd; for word in "$@"; do printf "%s\\n" "$word"; done; } > told.txt\n');
  chmodSync(program, 0o755);
  const options = ['--store', `it's $HOME %n "here"\\`, '--verbose'];
  const command = [program, 'evaluate', ...options];
  const job = { study: 'Our Stack: ü\n%n', cron: '0 6 * * 1', zone: null, folder, command, options, version: '1.2.3' };
  return { job, folder, told: () => readFileSync(join(folder, 'told.txt'), 'utf8').trimEnd().split('\n') };
}

describe('a crontab line', () => {
  test('runs the command where it should, as cron hands it to a shell', () => {
    const { job, told, folder } = awkward();
    const text = crontabLine(job);
    const lines = text.trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^# Health of /);
    const [, schedule = '', rest = ''] = /^((?:\S+ ){5})(.*)$/.exec(lines[1]!) ?? [];
    expect(new Cron(schedule.trim(), { paused: true }).nextRun()).not.toBeNull();
    // crontab(5): an unescaped % is a line break, \% is a %.
    expect(rest.replaceAll('\\%', '')).not.toContain('%');
    execFileSync('/bin/sh', ['-c', rest.replaceAll('\\%', '%')]);
    expect(told()).toEqual([folder, 'evaluate', ...job.options, '--quiet']);
  });

  test('a line break has no place in one', () => {
    const { job } = awkward();
    expect(() => crontabLine({ ...job, folder: '/srv/a\nb' })).toThrow("a crontab can't hold a line break");
    expect(() => systemdUnits({ ...job, command: ['/bin/x', 'a\nb'] })).toThrow("a systemd unit can't hold");
  });
});

describe.skipIf(!hasSystemd)(`systemd units${hasSystemd ? '' : ' (skipped: no systemd-analyze)'}`, () => {
  test.each(['0 6 * * 1', '0 12 1 * 1', '*/20 * * * *'])('pass systemd-analyze verify: %s', (cron) => {
    const { job } = awkward();
    const folder = temporaryFolder();
    const units = systemdUnits({ ...job, cron, zone: 'Europe/Madrid' });
    expect(units.map(({ name }) => name)).toEqual([
      'stack-health-our-stack-n.service',
      'stack-health-our-stack-n.timer',
    ]);
    for (const { name, text } of units) writeFileSync(join(folder, name), text);
    const files = units.map(({ name }) => join(folder, name));
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', ...files], { encoding: 'utf8' });
    expect([
      status,
      stderr.split('\n').filter((line) => line.includes(folder) || line.includes('stack-health')),
    ]).toEqual([0, []]);
  });

  test('a unit with a fault is seen', () => {
    const { job } = awkward();
    const folder = temporaryFolder();
    const [service] = systemdUnits(job);
    writeFileSync(join(folder, 'x.service'), service!.text.replace('Type=oneshot', 'Type=twoshot'));
    const { stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', join(folder, 'x.service')], {
      encoding: 'utf8',
    });
    expect(stderr).toContain('twoshot');
  });
});

test('a systemd unit quotes what means something to systemd', () => {
  const { job } = awkward();
  const [service] = systemdUnits({
    ...job,
    folder: '/srv/50% a',
    command: ['/opt/a b/$x', 'evaluate', '$HOME', '%h', 'a"b\\', 'plain'],
  });
  expect(service!.text).toContain('\nWorkingDirectory=/srv/50%% a\n');
  expect(service!.text).toContain('\nExecStart=/usr/bin/env "/opt/a b/$$x" evaluate $$HOME %%h "a\\"b\\\\" plain\n');
});

describe('a GitHub workflow', () => {
  test('has the shape of one', () => {
    const { job } = awkward();
    const workflow = parse(githubWorkflow({ ...job, cron: '0 6 * * 7' })) as Record<string, never>;
    expect(Object.keys(workflow)).toEqual(['name', 'on', 'permissions', 'concurrency', 'jobs']);
    expect(workflow).toMatchObject({
      on: { schedule: [{ cron: '0 6 * * 0' }], workflow_dispatch: {} },
      permissions: { contents: 'read' },
      jobs: { evaluate: { 'runs-on': 'ubuntu-latest' } },
    });
    const { steps } = (workflow as unknown as { jobs: { evaluate: { steps: Record<string, string>[] } } }).jobs
      .evaluate;
    for (const step of steps) {
      expect(Object.keys(step).filter((key) => key === 'uses' || key === 'run')).toHaveLength(1);
      if (step['uses']) expect(step['uses']).toMatch(/^actions\/[\w/-]+@v\d+$/);
    }
    const run = steps.find((step) => 'run' in step)!['run']!;
    expect(words(run, { GITHUB_STEP_SUMMARY: '/srv/s' })).toEqual([
      '--yes',
      '--package',
      'stack-health@1.2.3',
      'health',
      'evaluate',
      ...job.options,
      '--summary',
      '/srv/s',
    ]);
    // The secret is in no line of the file.
    expect(JSON.stringify(steps)).toContain('${{ secrets.HEALTH_WEBHOOK_SECRET }}');
  });
});

describe('a GitLab job', () => {
  test('has the shape of one', () => {
    const { job } = awkward();
    const text = gitlabJob({ ...job, zone: 'Europe/Madrid' });
    expect(text).toContain('custom: 0 6 * * 1, time zone Europe/Madrid');
    const jobs = parse(text) as Record<string, Record<string, unknown> & { script: string[] }>;
    const one = jobs[jobName(job)]!;
    expect(Object.keys(jobs)).toHaveLength(1);
    const KEYS = ['image', 'rules', 'resource_group', 'interruptible', 'cache', 'script', 'allow_failure', 'artifacts'];
    expect(Object.keys(one)).toEqual(KEYS);
    expect(one).toMatchObject({
      rules: [{ if: '$CI_PIPELINE_SOURCE == "schedule"' }],
      allow_failure: { exit_codes: [1] },
    });
    expect(words(one.script[0]!).slice(3)).toEqual([
      'health',
      'evaluate',
      ...job.options,
      '--summary',
      'health.md',
      '--junit',
      'health.xml',
    ]);
  });
});

test('where a file was named, it is that one', () => {
  const { job } = awkward();
  const own = { ...job, options: ['--summary', 'my own.md', '--junit=a.xml'] };
  expect(githubWorkflow(own)).not.toContain('GITHUB_STEP_SUMMARY');
  const one = (parse(gitlabJob(own)) as Record<string, { script: string[]; artifacts: unknown }>)[jobName(own)]!;
  expect(words(one.script[0]!).slice(5)).toEqual(own.options);
  expect(one.artifacts).toEqual({ when: 'always', paths: ['my own.md'], reports: { junit: 'a.xml' } });
});

/** The arguments npx would get, by a real shell. */
function words(line: string, env: Record<string, string> = {}): string[] {
  const script = `npx() { for word in "$@"; do printf '%s\\n' "$word"; done; }\n${line}`;
  return execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8', env: { ...process.env, ...env } })
    .trimEnd()
    .split('\n');
}
