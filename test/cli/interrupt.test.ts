import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { interruptible } from '../../src/cli/interrupt.js';
import { Printer } from '../../src/cli/printer.js';
import { runHealth } from '../fixtures/cli.js';
import { temporaryFolder, TestRepository } from '../fixtures/repository.js';

/** A server that takes requests and never answers; `asked` runs when one comes. */
async function silentServer(asked: () => void): Promise<string> {
  const server: Server = createServer(asked);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/silent`;
}

afterEach(() => vi.restoreAllMocks());

it.each(['SIGINT', 'SIGTERM'] as const)('%s ends a collect in good order, and the store stays', async (signal) => {
  const cwd = temporaryFolder();
  const one = new TestRepository(join(cwd, 'one'));
  one.commit({ files: { a: 'a' } });
  let child: ChildProcess | null = null;
  const url = await silentServer(() => child?.kill(signal));
  writeFileSync(
    join(cwd, 'health.yaml'),
    `study: x\nprojects:\n  - {name: one, url: one}\n  - {name: two, url: "${url}"}\n`,
  );
  expect((await runHealth(['collect', 'one'], { cwd })).code).toBe(0);

  const start = performance.now();
  const result = await runHealth(['collect'], { cwd, started: (started) => (child = started) });
  expect(result).toEqual({
    code: 130,
    stdout: '',
    stderr: 'stopping; once more to stop at once\nhealth: interrupted; the store keeps its last complete state\n',
  });
  expect(performance.now() - start).toBeLessThan(10_000);
  const rows = await runHealth(['query', '-', '--project', 'one', '--format', 'csv'], {
    cwd,
    input: 'SELECT COUNT(*) AS n FROM scmlog',
  });
  expect(rows).toEqual({ code: 0, stdout: 'n\r\n1\r\n', stderr: '' });
});

it('a second signal ends the program at once', async () => {
  const exit = vi.spyOn(process, 'exit').mockImplementation((code) => {
    throw new Error(`exit ${String(code)}`);
  });
  const printer = new Printer({ json: false, quiet: true, verbose: false, color: false });
  const work = interruptible(printer, 'stopped', async (signal) => {
    process.emit('SIGINT', 'SIGINT');
    expect(signal.aborted).toBe(true);
    expect(() => process.emit('SIGINT', 'SIGINT')).toThrow('exit 130');
  });
  await expect(work).rejects.toMatchObject({ code: 'interrupted', message: 'stopped', exitCode: 130 });
  expect(exit).toHaveBeenCalledOnce();
});

it('work that ends by itself keeps its result and its errors', async () => {
  const printer = new Printer({ json: false, quiet: true, verbose: false, color: false });
  const before = process.listenerCount('SIGINT');
  await expect(interruptible(printer, '', async () => 3)).resolves.toBe(3);
  await expect(interruptible(printer, '', () => Promise.reject(new Error('own')))).rejects.toThrow('own');
  expect(process.listenerCount('SIGINT')).toBe(before);
});
