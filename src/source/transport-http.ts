import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { isIP } from 'node:net';
import { pipeline, type Readable } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { createGunzip, createInflate, gzipSync, type Gunzip, type Inflate } from 'node:zlib';
import type { GitHttpRequest, GitHttpResponse } from 'isomorphic-git';
import { HealthError } from '../model/error.js';
import { interrupted, networkError, proxyError, silent } from './transport-error.js';
import { isSocks, openTunnel, placeOf, proxyAuthorization } from './transport-tunnel.js';
import type { WebSettings } from './transport-web-settings.js';

const MAX_REDIRECTS = 5;
/** More than any real list of refs; a page of something else is cut much sooner. */
const MAX_REFS_BYTES = 1 << 28;
const MAX_PAGE_BYTES = 1 << 16;

/** A longer request is sent compressed, as git does it. */
const COMPRESSED = 1024;
const DECODERS: Readonly<Record<string, () => Gunzip | Inflate>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
};

export interface HttpOptions {
  /** The repository, without credentials: what messages show and requests start with. */
  url: string;
  idleTimeout: number;
  signal: AbortSignal | undefined;
  settings: WebSettings;
  received(bytes: number): void;
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Readable;
}

/**
 * HTTP for one repository. A connection that stays silent is given up, an abort closes the socket, and redirects of
 * the first request move the repository for the later ones; another origin never sees the credentials.
 */
export class HttpSession {
  readonly #options: HttpOptions;
  /** Where the repository is after redirects. */
  #base: string;
  /** Set when a connection was given up: the socket itself only reports that it was closed. */
  #stalled: HealthError | null = null;

  constructor(options: HttpOptions) {
    this.#options = options;
    this.#base = options.url;
  }

  /** Where redirects led, when that is another origin: it gets no credentials. */
  get moved(): string | null {
    const { origin } = new URL(this.#base);
    return origin === new URL(this.#options.url).origin ? null : origin;
  }

  /** isomorphic-git's HTTP client: whole small answers. */
  async request({ url, method = 'GET', headers = {} }: GitHttpRequest): Promise<GitHttpResponse> {
    const shown = this.#options.url;
    const suffix = url.startsWith(shown) ? url.slice(shown.length) : '';
    const answer = await this.open(method, suffix, headers, null);
    const isGit = answer.headers['content-type']?.startsWith('application/x-git-') === true;
    const chunks = await this.#collect(answer.body, isGit);
    return {
      url,
      method,
      statusCode: answer.status,
      statusMessage: '',
      headers: answer.headers,
      body: (async function* () {
        yield chunks;
      })(),
    };
  }

  /** Sends a request to the repository's URL + `suffix`; the caller reads the body. */
  async open(
    method: string,
    suffix: string,
    headers: Readonly<Record<string, string>>,
    body: Buffer | null,
  ): Promise<Answer> {
    const shown = this.#options.url;
    let target = this.#base + suffix;
    for (let hops = 0; ; hops++) {
      const response = await this.#send(method, target, headers, body);
      const status = response.statusCode ?? 0;
      const location = response.headers.location;
      if (status < 300 || status >= 400 || location === undefined) return this.#answer(status, response);
      response.destroy();
      if (hops === MAX_REDIRECTS || method !== 'GET') {
        throw new HealthError('unreachable', `${shown}: the server sends us from one URL to the next`);
      }
      target = this.#redirected(target, location);
      if (target.endsWith(suffix)) this.#base = target.slice(0, -suffix.length);
    }
  }

  /** Errors while reading a body, as HealthErrors. */
  failure(error: unknown, proxy: URL | null = null): unknown {
    if (this.#options.signal?.aborted) return interrupted(this.#options.url);
    return this.#stalled ?? networkError(error, this.#options.url, proxy?.host);
  }

  #redirected(from: string, location: string): string {
    const shown = this.#options.url;
    let to: URL;
    try {
      to = new URL(location, from);
    } catch (cause) {
      throw new HealthError('unreachable', `${shown}: the server redirects to something that is no URL`, { cause });
    }
    const secure = to.protocol === 'https:';
    if (!secure && (to.protocol !== 'http:' || from.startsWith('https:'))) {
      throw new HealthError('unreachable', `${shown}: the server redirects to ${to.protocol}//, which is not followed`);
    }
    to.username = '';
    to.password = '';
    to.hash = '';
    return to.href;
  }

  async #send(
    method: string,
    target: string,
    headers: Readonly<Record<string, string>>,
    body: Buffer | null,
  ): Promise<IncomingMessage> {
    const { url: shown, idleTimeout, signal, settings } = this.#options;
    if (signal?.aborted) throw interrupted(shown);
    const url = new URL(target);
    const sent: Record<string, string | number> = {
      'user-agent': 'git/stack-health',
      'accept-encoding': 'deflate, gzip',
    };
    const sameOrigin = url.origin === new URL(shown).origin;
    for (const [name, value] of Object.entries(headers)) {
      if (sameOrigin || name.toLowerCase() !== 'authorization') sent[name.toLowerCase()] = value;
    }
    const packed = body && body.length > COMPRESSED ? gzipSync(body) : body;
    if (packed) sent['content-length'] = packed.length;
    if (packed !== body) sent['content-encoding'] = 'gzip';
    const proxy = settings.proxy(url);
    const request = await this.#request(url, proxy, { method, headers: sent });
    return new Promise((resolve, reject) => {
      request.on('timeout', () => {
        this.#stalled = silent(shown, idleTimeout);
        request.destroy(this.#stalled);
      });
      request.on('error', (error) => reject(this.failure(error, proxy)));
      request.on('response', (response) => {
        if (proxy && response.statusCode === 407) {
          response.destroy();
          reject(proxyError(407, shown, proxy.host));
          return;
        }
        response.on('data', (chunk: Buffer) => this.#options.received(chunk.length));
        response.pause();
        resolve(response);
      });
      request.end(packed ?? undefined);
    });
  }

  /** Straight to the host, through a proxy's tunnel (https, SOCKS), or by asking the proxy for the whole URL (http). */
  async #request(url: URL, proxy: URL | null, options: RequestOptions): Promise<ClientRequest> {
    const { url: shown, idleTimeout, signal, settings } = this.#options;
    const ca = settings.authorities(url);
    const all: RequestOptions = {
      ...options,
      timeout: idleTimeout,
      ...(ca !== undefined && { ca }),
      ...(signal && { signal }),
    };
    const secure = url.protocol === 'https:';
    if (!proxy) {
      // A connection of its own for every request: a kept one may be closed by the server just when it is needed.
      return (secure ? httpsRequest : httpRequest)(url, { ...all, agent: false });
    }
    if (!secure && !isSocks(proxy)) {
      const headers = { ...options.headers, host: url.host, ...proxyAuthorization(proxy) };
      const start = proxy.protocol === 'https:' ? httpsRequest : httpRequest;
      return start({ ...all, ...placeOf(proxy), path: url.href, headers, agent: false });
    }
    let socket;
    try {
      socket = await openTunnel(url, proxy, { shown, idleTimeout, signal, ca });
    } catch (error) {
      throw this.failure(error, proxy);
    }
    if (!secure) return httpRequest(url, { ...all, createConnection: () => socket });
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const servername = isIP(host) === 0 ? host : '';
    return httpsRequest(url, {
      ...all,
      createConnection: () => connectTls({ socket, host, servername, ...(ca !== undefined && { ca }) }),
    });
  }

  #answer(status: number, response: IncomingMessage): Answer {
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(response.headers)) {
      if (typeof value === 'string') headers[name] = value;
    }
    const encoding = (headers['content-encoding'] ?? 'identity').trim().toLowerCase();
    if (encoding === 'identity' || encoding === '') return { status, headers, body: response };
    const decode = DECODERS[encoding];
    if (!decode) {
      response.destroy();
      const { url } = this.#options;
      throw new HealthError('no-repository', `${url}: the server's answer is packed in a way that was not asked for`);
    }
    const plain = decode();
    // An error on the way goes on to whoever reads.
    pipeline(response, plain, () => undefined);
    return { status, headers, body: plain };
  }

  async #collect(body: Readable, isGit: boolean): Promise<Buffer> {
    const shown = this.#options.url;
    const chunks: Buffer[] = [];
    let size = 0;
    try {
      for await (const chunk of body as AsyncIterable<Buffer>) {
        chunks.push(chunk);
        size += chunk.length;
        // Of a page that isn't git's, the start is enough to say so.
        if (!isGit && size > MAX_PAGE_BYTES) break;
        if (size > MAX_REFS_BYTES) {
          throw new HealthError('unsupported-repository', `${shown}: the server's list of refs has no end`);
        }
      }
    } catch (error) {
      throw this.failure(error);
    }
    return Buffer.concat(chunks);
  }
}
