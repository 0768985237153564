import { createHmac, randomInt, randomUUID } from 'node:crypto';
import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { HealthError } from '../model/error.js';
import type { Delivery } from '../model/notice.js';
import { toolVersion } from './version.js';

/** Where the secret is taken from; no option and no file has it. */
const SECRET_VARIABLE = 'HEALTH_WEBHOOK_SECRET';

export interface WebhookTarget {
  url: URL;
  secret: string;
}

interface WebhookOptions {
  signal?: AbortSignal | undefined;
  /** Ends one attempt, whatever it is waiting for. */
  timeoutMs?: number;
  attempts?: number;
  /** The first wait between two attempts; each later one is twice as long. */
  waitMs?: number;
  /** A certificate authority of the user's own, PEM; Node's own list and NODE_EXTRA_CA_CERTS count without it. */
  ca?: string | undefined;
}

const TIMEOUT_MS = 10_000;
const ATTEMPTS = 5;
const WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;
/** Statuses of a server that may think otherwise later. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);
/** A certificate doesn't mend within a minute. */
const FINAL = /^(?:CERT_|ERR_TLS_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH)/;

/**
 * Checks an address and finds its secret, before any work is done. HealthError bad-usage: no address, one without https
 * that leads off this machine, one with a password in it, or no secret.
 */
export function webhookTarget(text: string, env: NodeJS.ProcessEnv = process.env): WebhookTarget {
  const url = URL.canParse(text) ? new URL(text) : null;
  // The address may hold a token: it is not repeated.
  if (!url || !/^https?:$/.test(url.protocol)) throw new HealthError('bad-usage', '--webhook is no https address');
  if (url.username !== '' || url.password !== '') {
    throw new HealthError('bad-usage', `--webhook has a name or a password in the address of ${url.host}`, {
      hint: `What is sent is signed with ${SECRET_VARIABLE}; nothing secret belongs on a command line.`,
    });
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new HealthError('bad-usage', `--webhook would send to ${url.host} for everybody to read`, {
      hint: 'Use https; http is for this machine only (localhost, 127.0.0.1).',
    });
  }
  const secret = env[SECRET_VARIABLE] ?? '';
  if (secret === '') {
    throw new HealthError('bad-usage', `--webhook needs a secret to sign with, and ${SECRET_VARIABLE} is not set`, {
      hint: `Set the environment variable ${SECRET_VARIABLE} to what the receiver knows too.`,
    });
  }
  return { url, secret };
}

/** `sha256=` and the HMAC of `TIMESTAMP.BODY`: an old delivery sent again can't be given a new time. */
export function signature(secret: string, timestamp: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}

/**
 * POSTs a value as JSON: signed, tried again with growing waits while the server may still come round, no redirect
 * followed. Never throws for what the other side does; HealthError interrupted when `signal` ends it.
 */
export async function sendWebhook(
  { url, secret }: WebhookTarget,
  value: unknown,
  options: WebhookOptions = {},
): Promise<Delivery> {
  const { signal, attempts = ATTEMPTS, waitMs = WAIT_MS } = options;
  const body = JSON.stringify(value);
  const delivery = randomUUID();
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    const timestamp = String(Math.floor(Date.now() / 1000));
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': `stack-health/${toolVersion()}`,
      'x-health-event': 'evaluation',
      'x-health-delivery': delivery,
      'x-health-timestamp': timestamp,
      'x-health-signature-256': signature(secret, timestamp, body),
    };
    const answer = await post(url, body, headers, options);
    if (answer.status >= 200 && answer.status < 300) return { delivered: true, attempts: attempt, reason: null };
    if (!answer.passes || attempt >= attempts) {
      return { delivered: false, attempts: attempt, reason: `${url.host}: ${answer.text}` };
    }
    const growing = waitMs * 2 ** (attempt - 1);
    const pause = Math.max(growing, Math.min(answer.retryAfterMs, LONGEST_WAIT_MS));
    // Many that failed together must not come back together.
    await wait(pause / 2 + randomInt(Math.ceil(pause / 2) + 1), undefined, { signal });
  }
}

interface Answer {
  /** 0: there was none. */
  status: number;
  text: string;
  /** Another attempt may fare better. */
  passes: boolean;
  retryAfterMs: number;
}

function post(url: URL, body: string, headers: Record<string, string>, options: WebhookOptions): Promise<Answer> {
  const { signal, timeoutMs = TIMEOUT_MS, ca } = options;
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    const request = send(url, { method: 'POST', headers, agent: false, ...(ca !== undefined && { ca }) });
    const end = (answer: Answer): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      // What else the server has to say is of no interest, however long it is.
      request.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => end(failed(`no answer within ${timeoutMs / 1000} s`, true)), timeoutMs);
    const onAbort = (): void => {
      clearTimeout(timer);
      request.destroy();
      reject(signal?.reason as Error);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    request.on('response', (response) => end(answerOf(response)));
    request.on('error', (error: NodeJS.ErrnoException) => {
      const code = error.code ?? 'no answer that can be read';
      end(failed(code, !FINAL.test(code)));
    });
    request.end(body);
  });
}

function answerOf({ statusCode = 0, headers }: IncomingMessage): Answer {
  const isRedirect = statusCode >= 300 && statusCode < 400;
  const seconds = Number(headers['retry-after'] ?? 0);
  return {
    status: statusCode,
    text: isRedirect ? `status ${statusCode}, a redirect; those are not followed` : `status ${statusCode}`,
    passes: PASSING.has(statusCode),
    retryAfterMs: Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0,
  };
}

function failed(text: string, passes: boolean): Answer {
  return { status: 0, text, passes, retryAfterMs: 0 };
}

function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '::1' ||
    (isIP(host) === 4 && host.startsWith('127.'))
  );
}
