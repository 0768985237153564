import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { proxyFor } from '../../src/source/transport-proxy.js';
import { obtain } from '../../src/source/transport.js';
import { startProxy } from '../fixtures/proxy.js';
import { temporaryFolder } from '../fixtures/repository.js';
import { expectSame, failureOf, project, serve } from './transport-setup.js';

const hasOpenssl = (() => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

/** A certificate authority of our own, and a certificate for 127.0.0.1 that it signed. */
function certificates() {
  const dir = temporaryFolder();
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: dir, stdio: 'ignore' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=Test authority', '-days', '30');
  openssl('req', ...key, '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=127.0.0.1');
  writeFileSync(join(dir, 'names'), 'subjectAltName=IP:127.0.0.1\n');
  const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'names', '-days', '30'];
  openssl('x509', '-req', '-in', 'server.csr', '-out', 'server.pem', ...signing);
  const read = (name: string) => readFileSync(join(dir, name), 'utf8');
  return { authority: join(dir, 'ca.pem'), tls: { key: read('server.key'), cert: read('server.pem') } };
}

const through = (url: string, environment: Record<string, string>, configured?: string) =>
  proxyFor(new URL(url), environment, configured)?.host ?? null;

const throughFtp = () => through('https://example.org/', { https_proxy: 'ftp://u:secret@low:1' });

describe('proxyFor', () => {
  test.each([
    [{ https_proxy: 'http://low:1', HTTPS_PROXY: 'http://up:1' }, 'low:1'],
    [{ HTTPS_PROXY: 'http://up:1' }, 'up:1'],
    [{ http_proxy: 'http://low:1' }, null],
    [{ all_proxy: 'low:3128' }, 'low:3128'],
    [{ https_proxy: '', ALL_PROXY: 'http://up:1' }, 'up:1'],
    [{ https_proxy: 'http://u:p@low:1', no_proxy: '*' }, null],
    [{ https_proxy: 'http://low:1', NO_PROXY: 'other.example, example.org' }, null],
    [{ https_proxy: 'http://low:1', no_proxy: '.example.org' }, null],
    [{ https_proxy: 'http://low:1', no_proxy: 'git.example.org:443' }, null],
    [{ https_proxy: 'http://low:1', no_proxy: 'git.example.org:8443' }, 'low:1'],
    [{ https_proxy: 'http://low:1', no_proxy: 'ample.org,10.0.0.0/8' }, 'low:1'],
  ])('%o', (environment, host) => {
    expect(through('https://git.example.org/x', environment as unknown as Record<string, string>)).toBe(host);
  });

  test('addresses, networks, and what git is configured for', () => {
    const environment = { http_proxy: 'http://low:1', no_proxy: '127.0.0.1,10.0.0.0/8,[::1],fd00::/8' };
    expect(through('http://127.0.0.1:3000/', environment)).toBeNull();
    expect(through('http://10.2.3.4/', environment)).toBeNull();
    expect(through('http://[::1]/', environment)).toBeNull();
    expect(through('http://[fd00::7]/', environment)).toBeNull();
    expect(through('http://11.2.3.4/', environment)).toBe('low:1');
    expect(through('http://11.2.3.4/', environment, 'http://git:2')).toBe('git:2');
    expect(through('http://11.2.3.4/', environment, '')).toBeNull();
  });

  test('a proxy of another kind is refused without showing its password', () => {
    expect(throughFtp).toThrow('ftp://');
    expect(throughFtp).not.toThrow('secret');
  });
});

describe('a fetch through a proxy', () => {
  test('of http goes there, and nowhere near it where no_proxy says so', async () => {
    const { fetch, origin, clone } = await serve();
    const proxy = await startProxy();
    await fetch({ environment: { http_proxy: proxy.url, no_proxy: '127.0.0.1' } });
    expect(proxy.asked).toEqual([]);
    origin.commit();
    await fetch({ environment: { HTTP_PROXY: proxy.url } });
    expect(proxy.asked.map((line) => line.replace(/:\d+/, ''))).toEqual([
      'GET http://127.0.0.1/sample/info/refs?service=git-upload-pack',
      'POST http://127.0.0.1/sample/git-upload-pack',
    ]);
    expectSame(clone, origin);
  });

  test('with credentials, and what a refusal says', async () => {
    const { fetch, origin, clone, events } = await serve();
    const proxy = await startProxy('reader:open sesame');
    const error = await failureOf(fetch({ environment: { http_proxy: proxy.url.replace('//', '//reader:wrong@') } }));
    expect(error.code).toBe('unauthorized');
    expect(error.message).toContain('the proxy 127.0.0.1');
    expect(`${error.message} ${error.hint}`).not.toContain('wrong');
    await fetch({ environment: { http_proxy: proxy.url.replace('//', '//reader:open%20sesame@') } });
    expectSame(clone, origin);
    expect(JSON.stringify(events)).not.toContain('sesame');
  });

  test('that is not there, or never answers', async () => {
    const { fetch } = await serve();
    const gone = await failureOf(fetch({ environment: { http_proxy: 'http://127.0.0.1:1' } }));
    expect(gone.code).toBe('unreachable');
    expect(gone.message).toContain('the proxy 127.0.0.1:1 refused');
    const mute = createServer(() => undefined);
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void mute.close());
    const { port } = mute.address() as { port: number };
    const silent = obtain(project('https://git.example/x'), {
      clones: temporaryFolder(),
      environment: { https_proxy: `http://127.0.0.1:${port}` },
      idleTimeout: 200,
    });
    expect((await failureOf(silent)).message).toContain('silent');
  });
});

describe.skipIf(!hasOpenssl)('https (needs openssl)', () => {
  test('with an authority of its own: git names its file, else one line says what is wrong', async () => {
    const { authority, tls } = certificates();
    const { fetch, origin, clone, clones, server } = await serve({ tls });
    expect(server.url).toMatch(/^https:/);
    const error = await failureOf(fetch());
    expect(error.code).toBe('unreachable');
    expect(error.message).toContain('no trusted connection');
    expect(error.message).not.toContain('\n');
    expect(existsSync(clones)).toBe(false);
    await fetch({ environment: { GIT_SSL_CAINFO: authority } });
    expectSame(clone, origin);
    const config = join(temporaryFolder(), 'gitconfig');
    writeFileSync(config, `[http]\n\tsslCAInfo = ${authority}\n`);
    origin.commit();
    await fetch({ environment: { GIT_CONFIG_GLOBAL: config } });
    expectSame(clone, origin);
    expect((await failureOf(fetch({ environment: { GIT_SSL_CAINFO: '/nowhere.pem' } }))).code).toBe('bad-usage');
  });

  test('through a proxy: it sees the host alone', async () => {
    const { authority, tls } = certificates();
    const { fetch, origin, clone, server } = await serve({ tls });
    const proxy = await startProxy('reader:pass');
    const environment = { GIT_SSL_CAINFO: authority };
    const asking = { ...environment, https_proxy: proxy.url };
    const error = await failureOf(fetch({ environment: asking }));
    expect(error.code).toBe('unauthorized');
    expect(error.message).toContain('the proxy');
    proxy.asked.length = 0;
    await fetch({ environment: { ...environment, https_proxy: proxy.url.replace('//', '//reader:pass@') } });
    expectSame(clone, origin);
    const asked = `CONNECT ${new URL(server.url).host}`;
    expect(proxy.asked).toEqual([asked, asked]);
    const distrustful = { https_proxy: proxy.url.replace('//', '//reader:pass@') };
    expect((await failureOf(fetch({ environment: distrustful }))).message).toContain('no trusted connection');
  });
});

test.skipIf(hasOpenssl)('https: SKIPPED, there is no openssl here', () => undefined);
