import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fileError } from '../../src/source/transport-error.js';
import { obtain } from '../../src/source/transport.js';
import { startGitServer } from '../fixtures/git-server.js';
import { temporaryFolder } from '../fixtures/repository.js';
import { expectSame, failureOf, noise, project, serve, stateOf } from './transport-setup.js';

const secret = { username: 'reader', password: 'open sesame' };

function line(text: string): string {
  return (text.length + 4).toString(16).padStart(4, '0') + text;
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

describe('what a server answers', () => {
  test.each([
    [404, 'not-found'],
    [410, 'not-found'],
    [401, 'unauthorized'],
    [403, 'unauthorized'],
    [500, 'unreachable'],
    [503, 'unreachable'],
    [418, 'no-repository'],
  ] as const)('status %i is %s', async (status, code) => {
    const { fetch, url, clones } = await serve({ status });
    const error = await failureOf(fetch());
    expect(error.code).toBe(code);
    expect(error.message).toContain(url);
    expect(error.message).toContain(String(status));
    expect(error.hint).toBeTruthy();
    expect(existsSync(clones)).toBe(false);
  });

  test('a repository that is not there is not found', async () => {
    const { server, clones } = await serve();
    const error = await failureOf(obtain(project(`${server.url}/nothing.git`), { clones }));
    expect(error.code).toBe('not-found');
  });

  test.each([
    ['a page', '<!doctype html><title>Sign in</title>'],
    ['a page without end', 'x'.repeat(1 << 20)],
    ['what a plain file server has', `${'a'.repeat(40)}\trefs/heads/main\n`],
    ['nothing', ''],
  ])('%s is no repository', async (_, page) => {
    const { fetch } = await serve({ page });
    expect((await failureOf(fetch())).code).toBe('no-repository');
  });

  test('something that speaks no HTTP is no repository', async () => {
    const port = await listen(createTcpServer((socket) => socket.end('SSH-2.0-Example\r\n')));
    const error = await failureOf(obtain(project(`http://127.0.0.1:${port}/x`), { clones: temporaryFolder() }));
    expect(error.code).toBe('no-repository');
  });

  test('ref names that would leave the clone are refused', async () => {
    const oid = 'a'.repeat(40);
    const refs = ['refs/heads/../../config', 'refs/heads/x\nrefs/heads/y', 'refs/heads/x.lock'];
    for (const ref of refs) {
      const body = `${line('# service=git-upload-pack\n')}0000${line(`${oid} ${ref}\0side-band-64k\n`)}0000`;
      const server = createServer((_, response) => {
        response.setHeader('content-type', 'application/x-git-upload-pack-advertisement').end(body);
      });
      const port = await listen(server);
      const error = await failureOf(obtain(project(`http://127.0.0.1:${port}/x`), { clones: temporaryFolder() }));
      expect(error.code).toBe('no-repository');
    }
  });

  test("a server's own words reach the message", async () => {
    const { fetch, server } = await serve();
    server.options = {
      env: { GIT_CONFIG_COUNT: '2', GIT_CONFIG_KEY_1: 'uploadpack.packObjectsHook', GIT_CONFIG_VALUE_1: 'false' },
    };
    const error = await failureOf(fetch());
    expect(error.message).not.toContain('\n');
    expect(['failed', 'unreachable']).toContain(error.code);
  });
});

describe('a server that is not there', () => {
  test('a refused port', async () => {
    const server = createTcpServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    const error = await failureOf(obtain(project(`http://127.0.0.1:${port}/x`), { clones: temporaryFolder() }));
    expect(error.code).toBe('unreachable');
    expect(error.message).toContain('refused');
  });

  test('a name without an address', async () => {
    const error = await failureOf(obtain(project('http://nowhere.invalid/x'), { clones: temporaryFolder() }));
    expect(error.code).toBe('unreachable');
  });

  test('silence before the answer and in the middle of the pack', async () => {
    const { fetch, server, origin, clone } = await serve({ stall: 'info/refs' });
    const early = await failureOf(fetch({ idleTimeout: 200 }));
    expect(early.code).toBe('unreachable');
    expect(early.message).toContain('silent');
    server.options = {};
    await fetch();
    const before = stateOf(clone);
    origin.commit({ files: { 'noise.bin': noise(400_000) } });
    server.options = { packBytes: 100_000, afterPack: 'stall' };
    const late = await failureOf(fetch({ idleTimeout: 300 }));
    expect(late.message).toContain('silent');
    expect(stateOf(clone)).toEqual(before);
  });
});

describe('a transfer that ends early', () => {
  test('leaves the old state whole, and the next run completes', async () => {
    const { fetch, server, origin, clone } = await serve();
    await fetch();
    const before = stateOf(clone);
    const files = readdirSync(join(clone, 'objects/pack'));
    origin.commit({ files: { 'noise.bin': noise(400_000) } });
    origin.git('tag', 'new');
    server.options = { packBytes: 150_000 };
    const error = await failureOf(fetch());
    expect(error.code).toBe('unreachable');
    expect(stateOf(clone)).toEqual(before);
    expect(readdirSync(join(clone, 'objects/pack'))).toEqual(files);
    server.options = {};
    await fetch();
    expectSame(clone, origin);
  });

  test('leaves nothing of a first clone', async () => {
    const { fetch, server, origin, clone, clones } = await serve({ packBytes: 150_000 });
    origin.commit({ files: { 'noise.bin': noise(400_000) } });
    expect((await failureOf(fetch())).code).toBe('unreachable');
    expect(readdirSync(clones)).toEqual([]);
    server.options = {};
    await fetch();
    expectSame(clone, origin);
  });

  test('an answer that ends as if it were complete is no better', async () => {
    const { fetch, server, origin, clone } = await serve();
    await fetch();
    const before = stateOf(clone);
    origin.commit({ files: { 'noise.bin': noise(400_000) } });
    for (const packBytes of [0, 4, 30, 150_000]) {
      server.options = { packBytes, afterPack: 'end' };
      expect((await failureOf(fetch())).code).toBe('unreachable');
    }
    expect(stateOf(clone)).toEqual(before);
  });

  test('damage on the way is noticed', async () => {
    const { fetch, server, origin, clone } = await serve();
    await fetch();
    const before = stateOf(clone);
    origin.commit({ files: { 'noise.bin': noise(400_000) } });
    server.options = { corruptByte: 200_000 };
    const error = await failureOf(fetch());
    expect(error.code).toBe('corrupt-object');
    expect(stateOf(clone)).toEqual(before);
  });
});

describe('an abort', () => {
  test('in the middle of the pack stops at once and changes nothing', async () => {
    const { fetch, server, origin, clone } = await serve();
    await fetch();
    const before = stateOf(clone);
    origin.commit({ files: { 'noise.bin': noise(400_000) } });
    server.options = { packBytes: 100_000, afterPack: 'stall' };
    const abort = new AbortController();
    const started = performance.now();
    setTimeout(() => abort.abort(), 300);
    const error = await failureOf(fetch({ signal: abort.signal }));
    expect(error.code).toBe('interrupted');
    expect(error.exitCode).toBe(130);
    expect(performance.now() - started).toBeLessThan(5000);
    expect(stateOf(clone)).toEqual(before);
  });

  test('before the start, while waiting and while indexing', async () => {
    const { fetch, server, origin, clones } = await serve();
    expect((await failureOf(fetch({ signal: AbortSignal.abort() }))).code).toBe('interrupted');
    server.options = { stall: 'info/refs' };
    const waiting = new AbortController();
    setTimeout(() => waiting.abort(), 100);
    expect((await failureOf(fetch({ signal: waiting.signal }))).code).toBe('interrupted');
    server.options = {};
    origin.commit({ files: Object.fromEntries([1, 2, 3, 4].map((i) => [`${i}.bin`, noise(2_000_000, i)])) });
    const indexing = new AbortController();
    const error = await failureOf(
      fetch({
        signal: indexing.signal,
        progress: ({ total, text }) => {
          // Objects are counted without the server's word only while the pack is being read.
          if (total !== undefined && text === undefined) indexing.abort();
        },
      }),
    );
    expect(error.code).toBe('interrupted');
    expect(readdirSync(clones)).toEqual([]);
  });
});

describe('credentials', () => {
  test("a URL's own are used, and neither shown nor kept", async () => {
    const { server, clones, origin, clone } = await serve({ credentials: secret });
    const url = server.url.replace('//', '//reader:open%20sesame@');
    await obtain(project(`${url}/sample`), { clones, environment: {} });
    expectSame(clone, origin);
    expect(readFileSync(join(clone, 'config'), 'utf8')).not.toMatch(/reader|sesame/);
    server.options = { credentials: { username: 'reader', password: 'changed' } };
    const error = await failureOf(obtain(project(`${url}/sample`), { clones, environment: {} }));
    expect(error.code).toBe('unauthorized');
    expect(error.message).toContain('refused');
    expect(`${error.message} ${error.hint}`).not.toMatch(/reader|sesame/);
  });

  test('a token comes from the environment, for those who ask', async () => {
    const { fetch, server, clone, origin } = await serve();
    await fetch({ environment: { HEALTH_GIT_TOKEN: 't0ken' } });
    expect(server.requests.every(({ headers }) => headers.authorization === undefined)).toBe(true);
    server.options = { credentials: { username: 'x-access-token', password: 't0ken' } };
    expect((await failureOf(fetch({ environment: { GITHUB_TOKEN: 't0ken' } }))).code).toBe('unauthorized');
    origin.commit();
    await fetch({ environment: { HEALTH_GIT_TOKEN: 't0ken' } });
    expectSame(clone, origin);
  });

  test('a redirect is followed; another origin gets no credentials', async () => {
    const { fetch, server, clone, origin, url } = await serve();
    const front = await startGitServer('/nowhere', { redirect: { status: 301, to: server.url } });
    onTestFinished(() => front.close());
    await obtain(project(`${front.url.replace('//', '//reader:open%20sesame@')}/sample`), {
      clones: join(clone, '..'),
      environment: {},
    });
    expectSame(clone, origin);
    server.options = { credentials: secret };
    const error = await failureOf(
      obtain(project(`${front.url.replace('//', '//reader:open%20sesame@')}/sample`), {
        clones: join(clone, '..'),
        environment: {},
      }),
    );
    expect(error.code).toBe('unauthorized');
    expect(server.requests.every(({ headers }) => headers.authorization === undefined)).toBe(true);
    server.options = { redirect: { status: 302, to: server.url } };
    expect((await failureOf(fetch())).code).toBe('unreachable');
    server.options = { redirect: { status: 302, to: 'file:///etc' } };
    const refused = await failureOf(fetch());
    expect(refused.message).toContain(url);
    expect(refused.code).toBe('unreachable');
  });
});

describe('the disk', () => {
  test('a folder that cannot be made', async () => {
    const { fetch, clones } = await serve();
    mkdirSync(join(clones, '..'), { recursive: true });
    writeFileSync(clones, 'a file');
    expect((await failureOf(fetch())).code).toBe('not-writable');
  });

  test.each([
    ['ENOSPC', 'disk-full'],
    ['EACCES', 'not-writable'],
    ['EROFS', 'not-writable'],
    ['EPERM', 'not-writable'],
  ])('%s is %s', (code, expected) => {
    expect(fileError(Object.assign(new Error('x'), { code }), '/clones/x.git')).toHaveProperty('code', expected);
  });
});
