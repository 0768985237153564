import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runHealth, type RunResult } from '../fixtures/cli.js';
import { temporaryFolder, TestRepository } from '../fixtures/repository.js';

const EVERY_SECOND = ['watch', '--cron', '* * * * * *', '--tz', 'UTC'];

function study(url = 'one'): string {
  const cwd = temporaryFolder();
  new TestRepository(join(cwd, 'one')).commit({ files: { a: 'a' } });
  writeFileSync(join(cwd, 'health.yaml'), `study: x\nprojects:\n  - {name: one, url: "${url}"}\n`);
  return cwd;
}

/** Runs until stderr says something, then sends a signal. */
async function stoppedAfter(args: string[], cwd: string, said: string, signal: NodeJS.Signals): Promise<RunResult> {
  return runHealth(args, {
    cwd,
    started: (child) => {
      // Where the test gives up, it must not go on for ever.
      onTestFinished(() => void child.kill('SIGKILL'));
      let heard = '';
      child.stderr!.on('data', (chunk: string) => {
        if (heard.includes(said)) return;
        heard += chunk;
        if (heard.includes(said)) child.kill(signal);
      });
    },
  });
}

describe('health watch', () => {
  test('evaluates when it is time, and hands on what follows --', { timeout: 60_000 }, async () => {
    const cwd = study();
    const args = [...EVERY_SECOND, '--', '--json'];
    const { stdout, stderr } = await stoppedAfter(args, cwd, 'evaluate ended with exit code 0', 'SIGTERM');
    expect(stderr).toMatch(/^next run: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/m);
    const ended = stdout.indexOf('\n}\n') + 3;
    expect(JSON.parse(stdout.slice(0, ended))).toMatchObject({ study: 'x', projects: [{ project: 'one', ok: true }] });
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('%s ends the wait with 0', { timeout: 30_000 }, async (signal) => {
    const result = await stoppedAfter(['watch', '--cron', '0 0 1 1 *'], study(), 'next run', signal);
    expect([result.code, result.stdout]).toEqual([0, '']);
    expect(result.stderr.trimEnd().split('\n').at(-1)).toBe('stopped');
  });

  test('SIGTERM while it evaluates lets that give up in order', { timeout: 60_000 }, async () => {
    let child: ChildProcess | null = null;
    // A server that takes the request of the collect, and never answers it.
    const server = createServer(() => child?.kill('SIGTERM'));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const cwd = study(`http://127.0.0.1:${(server.address() as AddressInfo).port}/silent`);
    onTestFinished(() => void child?.kill('SIGKILL'));
    const result = await runHealth(EVERY_SECOND, { cwd, started: (started) => (child = started) });
    expect(result.code).toBe(130);
    expect(result.stderr).toContain('interrupted; the store keeps its last complete state');
    expect(result.stderr).toContain('evaluate ended with exit code 130');
  });

  test.each([
    [['--cron', '0 6 * *'], 'health: --cron "0 6 * *"'],
    [['--cron', '0 6 * * 1', '--tz', 'Mars/Base'], 'health: --tz "Mars/Base" is no time zone'],
    [['-c', 'none.yaml'], 'none.yaml'],
  ])('%j is refused at once', async (args, said) => {
    const { code, stderr } = await runHealth(['watch', ...args], { cwd: study() });
    expect(code).toBe(2);
    expect(stderr).toContain(said);
  });
});

describe('health schedule', () => {
  test('says what runs this very program, here', async () => {
    const cwd = study();
    const cron = await runHealth(['schedule', 'cron', '--store', 'my store.sqlite', '--', '--no-collect'], { cwd });
    expect(cron.code).toBe(0);
    expect(cron.stdout).toMatch(
      /^0 6 \* \* 1 cd \S+ && \S+ \S+cli\.cjs evaluate --store 'my store\.sqlite' --no-collect --quiet$/m,
    );
    const written = await runHealth(['schedule', 'github', '--out', '.github/workflows'], { cwd });
    expect(written.stdout).toBe('.github/workflows/stack-health-x.yml\n');
  });

  test.each([
    [['cron', '--tz', 'UTC'], '--tz has no meaning for cron'],
    [['github', '--install'], '--install is for systemd only'],
    [['systemd', '--install', '--out', '.'], '--install and --out cannot go together'],
    [['systemd', '--cron', '0 6 L * *'], '"L" is no day of the month'],
    [['launchd'], 'launchd'],
  ])('%j is refused', async (args, said) => {
    const { code, stderr } = await runHealth(['schedule', ...args], { cwd: study() });
    expect([code, stderr.includes(said)]).toEqual([2, true]);
  });
});
