import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Evaluation } from '../../src/model/evaluation.js';
import { signature } from '../../src/pipeline/webhook.js';
import { runHealth } from '../fixtures/cli.js';
import { temporaryFolder, TestRepository } from '../fixtures/repository.js';

const SECRET = 'made-up-secret';

/** A project that committed every week for years and then stopped: its silence is an alarm. */
function silent(): string {
  const cwd = temporaryFolder();
  const repo = new TestRepository(join(cwd, 'one'));
  const commits = Array.from({ length: 160 }, (_, week) => {
    const who = `Ada Example <ada@example.org> ${Date.UTC(2017, 0, 2, 12) / 1000 + week * 7 * 86_400} +0000`;
    return `commit refs/heads/main\nauthor ${who}\ncommitter ${who}\ndata 1\nx\n`;
  });
  execFileSync('git', ['-C', repo.dir, 'fast-import', '--quiet'], { input: commits.join('') });
  repo.git('tag', 'v1.0.0', 'main~139');
  repo.git('tag', 'v1.0.1', 'main~99');
  const stack = 'stack:\n  messaging: {component: corosync, version: "1.0"}\n';
  writeFileSync(join(cwd, 'health.yaml'), `study: x\nprojects:\n  - {name: corosync, url: one}\n${stack}`);
  return cwd;
}

test(
  'a run is told to files and a webhook; who could not be told hears of it next time',
  { timeout: 120_000 },
  async () => {
    const cwd = silent();
    const got: { body: string; timestamp: string; signature: string }[] = [];
    let status = 403;
    const server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (part: string) => (body += part));
      request.on('end', () => {
        const { headers } = request;
        got.push({
          body,
          timestamp: String(headers['x-health-timestamp']),
          signature: String(headers['x-health-signature-256']),
        });
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    onTestFinished(() => void server.close());
    const hook = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?token=geheim`;
    const files = ['--summary', 'out/s.md', '--junit', 'out/j.xml', '--atom', 'out/a.xml', '--badge', 'out/b.svg'];
    const args = ['evaluate', '--as-of', '2020-12-31', ...files, '--webhook', hook];
    const env = { HEALTH_WEBHOOK_SECRET: SECRET };

    const first = await runHealth(args, { cwd, env });
    expect(first.code).toBe(1);
    expect(first.stderr).toMatch(/the webhook was not told, tried once: 127\.0\.0\.1:\d+: status 403/);
    expect(first.stdout + first.stderr).not.toMatch(/made-up-secret|geheim/);
    expect(readFileSync(join(cwd, 'out/s.md'), 'utf8')).toContain('## New alarms');
    expect(readFileSync(join(cwd, 'out/s.md'), 'utf8')).toContain('1.0.1: 1 release, 40 commits, 280 days');
    expect(readFileSync(join(cwd, 'out/j.xml'), 'utf8')).toContain('<failure');
    expect(readFileSync(join(cwd, 'out/a.xml'), 'utf8')).toContain('<entry>');
    expect(readFileSync(join(cwd, 'out/b.svg'), 'utf8')).toContain('new alarm');

    // Nothing was lost: the same alarms are news again.
    status = 200;
    const second = await runHealth(args, { cwd, env });
    expect(second.code).toBe(1);
    const { body, timestamp, signature: signed } = got.at(-1)!;
    expect(signed).toBe(signature(SECRET, timestamp, body));
    const [before, after] = got.map((one) => JSON.parse(one.body) as Evaluation);
    const names = (evaluation: Evaluation | undefined) => evaluation?.alarms.new.map(({ id, rule }) => [id, rule]);
    expect(names(after)).toEqual(names(before));
    expect(names(after)).toContainEqual([expect.any(Number), 'silence']);

    // And only once, now that everybody knows. A webhook that fails alone is 3.
    status = 403;
    const third = await runHealth(args, { cwd, env });
    expect(third.code).toBe(3);
    expect((JSON.parse(got.at(-1)!.body) as Evaluation).alarms.new).toEqual([]);
  },
);

test('a file that cannot be written keeps nobody else from hearing', { timeout: 60_000 }, async () => {
  const cwd = silent();
  writeFileSync(join(cwd, 'file'), '');
  const args = ['evaluate', '--as-of', '2020-12-31', '--summary', 'file/s.md', '--badge', 'b.svg'];
  const { code, stderr } = await runHealth(args, { cwd });
  expect(code).toBe(1);
  expect(stderr).toContain("file/s.md can't be written");
  expect(existsSync(join(cwd, 'b.svg'))).toBe(true);
});

test.each([
  [['--webhook', 'https://example.org/'], 'HEALTH_WEBHOOK_SECRET is not set'],
  [['--webhook', 'http://example.org/t0ken'], 'for everybody to read'],
  [['--replay', '2019-01-01..2019-02-01', '--badge', 'b.svg'], '--ack, --alarms and --replay tell nobody'],
])('%j is refused before any work', async (args, said) => {
  const cwd = temporaryFolder();
  const { code, stderr } = await runHealth(['evaluate', ...args], { cwd, env: { HEALTH_WEBHOOK_SECRET: '' } });
  expect(code).toBe(2);
  expect(stderr).toContain(said);
  expect(stderr).not.toContain('t0ken');
  expect(existsSync(join(cwd, 'data'))).toBe(false);
});
