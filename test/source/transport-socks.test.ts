import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { obtain } from '../../src/source/transport.js';
import { temporaryFolder } from '../fixtures/repository.js';
import { startSocks } from '../fixtures/socks.js';
import { expectSame, failureOf, project, serve } from './transport-setup.js';

describe('a fetch through a SOCKS proxy', () => {
  test.each(['socks5', 'socks5h', 'socks4', 'socks4a'])('%s', async (scheme) => {
    const { fetch, server, origin, clone } = await serve();
    const socks = await startSocks();
    await fetch({ environment: { http_proxy: `${scheme}://${socks.host}` } });
    expectSame(clone, origin);
    expect(socks.asked).toEqual([new URL(server.url).host, new URL(server.url).host]);
  });

  test('of all_proxy, and of the git configuration; no_proxy counts', async () => {
    const { fetch, origin, clone } = await serve();
    const socks = await startSocks();
    await fetch({ environment: { all_proxy: `socks5h://${socks.host}`, no_proxy: '127.0.0.1' } });
    expect(socks.asked).toEqual([]);
    origin.commit();
    await fetch({ environment: { ALL_PROXY: `socks5h://${socks.host}` } });
    expect(socks.asked).toHaveLength(2);
    const config = join(temporaryFolder(), 'gitconfig');
    writeFileSync(config, `[http]\n\tproxy = socks5://${socks.host}\n`);
    origin.commit();
    await fetch({ environment: { GIT_CONFIG_GLOBAL: config } });
    expect(socks.asked).toHaveLength(4);
    expectSame(clone, origin);
  });

  test.each(['socks5h', 'socks4a'])('%s: the proxy looks the name up', async (scheme) => {
    const { server, origin, clone, clones } = await serve();
    const socks = await startSocks();
    const { port } = new URL(server.url);
    const url = `http://git.invalid:${port}/sample`;
    await obtain(project(url), { clones, environment: { http_proxy: `${scheme}://${socks.host}` } });
    expect(socks.asked).toEqual([`git.invalid:${port}`, `git.invalid:${port}`]);
    expectSame(clone, origin);
    const local = obtain(project(url), { clones, environment: { http_proxy: `socks5://${socks.host}` } });
    const error = await failureOf(local);
    expect(error.message).toContain('no address was found for git.invalid');
    expect(error.hint).toContain('socks5h://');
  });

  test('with user and password, and what a refusal says', async () => {
    const { fetch, origin, clone } = await serve();
    const socks = await startSocks('reader:open sesame');
    await fetch({ environment: { http_proxy: `socks5://reader:open%20sesame@${socks.host}` } });
    expectSame(clone, origin);
    for (const who of ['', 'reader:wrong@']) {
      const error = await failureOf(fetch({ environment: { http_proxy: `socks5://${who}${socks.host}` } }));
      expect(error.code).toBe('unauthorized');
      expect(error.message).toContain(`the proxy ${socks.host} wants credentials`);
      expect(`${error.message} ${error.hint}`).not.toContain('wrong');
    }
  });

  test('that is not there, is none, never answers, or cannot connect us', async () => {
    const { fetch } = await serve();
    const failure = async (host: string, more = {}) =>
      (await failureOf(fetch({ environment: { http_proxy: `socks5://${host}` }, ...more }))).message;
    expect(await failure('127.0.0.1:1')).toContain('the proxy 127.0.0.1:1 refused the connection');
    const servers = [
      createServer((socket) => void socket.end('HTTP/1.1 400 No\r\n\r\n')),
      createServer(() => undefined),
    ];
    const ports: number[] = [];
    for (const server of servers) {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      onTestFinished(() => void server.close());
      ports.push((server.address() as AddressInfo).port);
    }
    expect(await failure(`127.0.0.1:${ports[0]}`)).toContain('does not answer as a SOCKS proxy does');
    expect(await failure(`127.0.0.1:${ports[1]}`, { idleTimeout: 300 })).toContain('silent');
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 200);
    expect(await failure(`127.0.0.1:${ports[1]}`, { signal: abort.signal })).toContain('interrupted');
    const socks = await startSocks();
    const gone = obtain(project('http://127.0.0.1:1/x'), {
      clones: temporaryFolder(),
      environment: { http_proxy: `socks5://${socks.host}` },
    });
    expect((await failureOf(gone)).message).toContain('did not connect us (ConnectionRefused)');
  });
});
