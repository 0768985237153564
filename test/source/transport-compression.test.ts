import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { obtain } from '../../src/source/transport.js';
import { temporaryFolder } from '../fixtures/repository.js';
import { expectSame, failureOf, noise, project, serve } from './transport-setup.js';

const ADVERTISED = 'application/x-git-upload-pack-advertisement';

describe('compression', () => {
  test('a long request is sent compressed, a short one as it is; git http-backend reads both', async () => {
    const { fetch, server, origin, clone } = await serve();
    await fetch();
    expectSame(clone, origin);
    for (let i = 0; i < 40; i++) {
      origin.commit();
      origin.git('branch', `b${i}`);
    }
    await fetch();
    expectSame(clone, origin);
    const posts = server.requests.filter(({ line }) => line.startsWith('POST'));
    expect(posts.map(({ headers }) => headers['content-encoding'])).toEqual([undefined, 'gzip']);
    const length = Number(posts[1]?.headers['content-length']);
    expect(length).toBeGreaterThan(100);
    // 40 lines of `want` and an object id.
    expect(length).toBeLessThan(40 * 45);
  });

  test.each(['gzip', 'deflate'] as const)('answers in %s are read, refs and pack', async (encode) => {
    const { fetch, server, origin, clone } = await serve({ encode });
    await fetch();
    expectSame(clone, origin);
    origin.commit({ files: { 'noise.bin': noise(300_000) } });
    await fetch();
    expectSame(clone, origin);
    origin.commit({ files: { 'noise.bin': noise(300_000, 2) } });
    server.options = { encode, packBytes: 100_000 };
    expect((await failureOf(fetch())).message).toContain('broke off');
    expect(server.requests[0]?.headers['accept-encoding']).toBe('deflate, gzip');
  });

  test('what was not asked for is refused', async () => {
    const { fetch } = await serve({ encode: 'br' });
    const error = await failureOf(fetch());
    expect(error.code).toBe('no-repository');
    expect(error.message).toContain('not asked for');
  });

  test('a few bytes that become a list of refs without end are cut', async () => {
    const member = gzipSync(Buffer.alloc(1 << 20, '0'));
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-type': ADVERTISED, 'content-encoding': 'gzip' });
      for (let i = 0; i < 300; i++) response.write(member);
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`;
    const error = await failureOf(obtain(project(url), { clones: temporaryFolder(), environment: {} }));
    expect(error.message).toContain('has no end');
  });

  test('a compressed answer that breaks off', async () => {
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-type': ADVERTISED, 'content-encoding': 'gzip' });
      response.end(gzipSync(noise(10_000)).subarray(0, 5000));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`;
    const error = await failureOf(obtain(project(url), { clones: temporaryFolder(), environment: {} }));
    expect(error.message).toContain('broke off');
  });
});
