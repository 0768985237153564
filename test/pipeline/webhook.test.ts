import { execFileSync, spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createRawServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { sendWebhook, signature, webhookTarget } from '../../src/pipeline/webhook.js';
import { temporaryFolder } from '../fixtures/repository.js';

const SECRET = 'made-up-secret';
const quick = { waitMs: 1 };

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

/** A receiver that answers each request with the next status, the last one again and again; -1: it hangs. */
async function receiver(
  statuses: number[],
  headers: Record<string, string> = {},
): Promise<{ url: string; got: Received[] }> {
  const got: Received[] = [];
  const answer: RequestListener = (request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const status = statuses[Math.min(got.length, statuses.length - 1)] ?? 200;
      got.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
      if (status === -1) return;
      response.writeHead(status, headers).end('thanks');
    });
  };
  const server = createServer(answer);
  const port = await listening(server);
  onTestFinished(() => server.closeAllConnections());
  return { url: `http://127.0.0.1:${port}/hook?token=geheim`, got };
}

function target(url: string): { url: URL; secret: string } {
  return webhookTarget(url, { HEALTH_WEBHOOK_SECRET: SECRET });
}

describe('a webhook', () => {
  test('gets signed JSON', async () => {
    const { url, got } = await receiver([204]);
    const delivery = await sendWebhook(target(url), { study: 'größe' }, quick);
    expect(delivery).toEqual({ delivered: true, attempts: 1, reason: null });
    const { headers, body } = got[0]!;
    expect(JSON.parse(body)).toEqual({ study: 'größe' });
    const expected = createHmac('sha256', SECRET)
      .update(`${String(headers['x-health-timestamp'])}.${body}`)
      .digest('hex');
    expect(headers['x-health-signature-256']).toBe(`sha256=${expected}`);
    expect(headers['content-type']).toContain('application/json');
    expect(JSON.stringify(got)).not.toContain(SECRET);
  });

  test('the signature, worked out by openssl', () => {
    const printed = execFileSync('openssl', ['dgst', '-sha256', '-hmac', 'key'], { input: '1700000000.{"a":1}' });
    expect(signature('key', '1700000000', '{"a":1}')).toBe(`sha256=${printed.toString().trim().split(' ').at(-1)}`);
  });

  test('that fails for a while is tried again, as the same delivery', async () => {
    const { url, got } = await receiver([500, 429, 503, 200]);
    expect(await sendWebhook(target(url), {}, quick)).toMatchObject({ delivered: true, attempts: 4 });
    expect(new Set(got.map(({ headers }) => headers['x-health-delivery'])).size).toBe(1);
  });

  test('that goes on failing is given up', async () => {
    const { url, got } = await receiver([503]);
    const { delivered, attempts, reason } = await sendWebhook(target(url), {}, { ...quick, attempts: 3 });
    expect([delivered, attempts, got.length]).toEqual([false, 3, 3]);
    expect(reason).toMatch(/^127\.0\.0\.1:\d+: status 503$/);
  });

  test.each([400, 401, 404, 410])('that refuses (%i) is not asked again', async (status) => {
    const { url, got } = await receiver([status]);
    const { delivered, reason } = await sendWebhook(target(url), {}, quick);
    expect([delivered, got.length]).toEqual([false, 1]);
    expect(reason).toContain(`status ${status}`);
    expect(reason).not.toContain('geheim');
  });

  test.each([301, 302, 307, 308])('that leads elsewhere (%i) is not followed', async (status) => {
    const other = await receiver([200]);
    const { url } = await receiver([status], { location: other.url });
    const { delivered, reason } = await sendWebhook(target(url), {}, quick);
    expect(delivered).toBe(false);
    expect(reason).toContain('not followed');
    expect(other.got).toHaveLength(0);
  });

  test('that hangs is left, and tried again', async () => {
    const { url, got } = await receiver([-1, 200]);
    expect(await sendWebhook(target(url), {}, { ...quick, timeoutMs: 700 })).toMatchObject({
      delivered: true,
      attempts: 2,
    });
    expect(got).toHaveLength(2);
  });

  test('that talks without end, after it has said yes, is done with', async () => {
    const server = createServer((request, response) => {
      request.resume();
      response.writeHead(200, { 'content-length': '999999999' });
      const more = setInterval(() => response.write('x'.repeat(65_536)), 1);
      response.on('close', () => clearInterval(more));
    });
    const port = await listening(server);
    expect(await sendWebhook(target(`http://127.0.0.1:${port}/`), {}, quick)).toMatchObject({ delivered: true });
  });

  test.each([
    ['what is no HTTP', 'hello, I am no web server\r\n\r\n'],
    ['half a status line', 'HTTP/1.1 2'],
    ['nothing', ''],
  ])('that answers with %s has not taken it', async (_, said) => {
    const server = createRawServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end(said));
    });
    const port = await listening(server);
    const sent = await sendWebhook(target(`http://127.0.0.1:${port}/`), {}, { ...quick, attempts: 2 });
    expect(sent).toMatchObject({ delivered: false, attempts: 2 });
  });

  test('nobody is there', async () => {
    const server = createRawServer();
    const port = await listening(server);
    await new Promise((resolve) => server.close(resolve));
    const sent = await sendWebhook(target(`http://localhost:${port}/`), {}, { ...quick, attempts: 2 });
    expect(sent.reason).toBe(`localhost:${port}: ECONNREFUSED`);
  });

  test('Ctrl-C ends the waiting', async () => {
    const { url } = await receiver([503]);
    const controller = new AbortController();
    const sending = sendWebhook(target(url), {}, { waitMs: 60_000, signal: controller.signal });
    setTimeout(() => controller.abort(), 50);
    await expect(sending).rejects.toThrow('abort');
  });
});

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

describe.skipIf(!hasOpenssl)(`a webhook over https${hasOpenssl ? '' : ' (skipped: no openssl)'}`, () => {
  async function secure(): Promise<{ url: string; ca: string; requests: () => number }> {
    const folder = temporaryFolder();
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '2',
        '-keyout',
        key,
        '-out',
        cert,
        ...subject,
      ],
      { stdio: 'pipe' },
    );
    let count = 0;
    const server = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
      count++;
      request.resume();
      response.end();
    });
    const port = await listening(server);
    return { url: `https://localhost:${port}/`, ca: readFileSync(cert, 'utf8'), requests: () => count };
  }

  test('is told where its certificate is known', async () => {
    const { url, ca } = await secure();
    expect(await sendWebhook(target(url), {}, { ...quick, ca })).toMatchObject({
      delivered: true,
      attempts: 1,
    });
  });

  test('is told nothing where it is not', async () => {
    const { url, requests } = await secure();
    const sent = await sendWebhook(target(url), {}, quick);
    expect(sent).toMatchObject({ delivered: false, attempts: 1 });
    expect(sent.reason).toContain('DEPTH_ZERO_SELF_SIGNED_CERT');
    expect(requests()).toBe(0);
  });
});

describe('an address', () => {
  const env = { HEALTH_WEBHOOK_SECRET: SECRET };
  test.each(['https://example.org/x', 'http://localhost:8080/', 'http://127.0.0.9/', 'http://[::1]:80/'])(
    '%s will do',
    (url) => {
      expect(webhookTarget(url, env).url.href).toBe(new URL(url).href);
    },
  );

  test.each([
    ['http://example.org/t0ken', /for everybody to read/],
    ['http://127.example.org/', /for everybody to read/],
    ['https://user:t0ken@example.org/', /name or a password/],
    ['ftp://example.org/t0ken', /no https address/],
    ['t0ken', /no https address/],
  ])('%s will not', (url, message) => {
    expect(() => webhookTarget(url, env)).toThrow(message);
    expect(() => webhookTarget(url, env)).not.toThrow(/t0ken/);
  });

  test('without a secret nothing is sent', () => {
    expect(() => webhookTarget('https://example.org/', {})).toThrow('HEALTH_WEBHOOK_SECRET is not set');
    expect(() => webhookTarget('https://example.org/', { HEALTH_WEBHOOK_SECRET: '' })).toThrow('is not set');
  });
});
