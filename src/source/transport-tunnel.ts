import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { proxyError, silent } from './transport-error.js';
import { decoded, type TunnelOptions } from './transport-proxy.js';
import { openSocks } from './transport-socks.js';

/** Has a proxy connect us to the host of `url`; what goes through is between us and that host. */
export function openTunnel(url: URL, proxy: URL, options: TunnelOptions): Promise<Socket> {
  return isSocks(proxy) ? openSocks(url, proxy, options) : openConnect(url, proxy, options);
}

export function isSocks(proxy: URL): boolean {
  return proxy.protocol.startsWith('socks');
}

/** HTTP's CONNECT. */
function openConnect(url: URL, proxy: URL, options: TunnelOptions): Promise<Socket> {
  const { shown, idleTimeout, signal, ca } = options;
  const target = `${url.hostname}:${url.port || '443'}`;
  return new Promise((resolve, reject) => {
    const start = proxy.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = start({
      ...placeOf(proxy),
      method: 'CONNECT',
      path: target,
      headers: { host: target, ...proxyAuthorization(proxy) },
      timeout: idleTimeout,
      agent: false,
      ...(ca !== undefined && { ca }),
      ...(signal && { signal }),
    });
    request.on('timeout', () => request.destroy(silent(shown, idleTimeout)));
    request.on('error', reject);
    request.on('connect', (response, socket: Socket) => {
      const status = response.statusCode ?? 0;
      if (status >= 200 && status < 300) {
        socket.setTimeout(0);
        resolve(socket);
        return;
      }
      socket.destroy();
      reject(proxyError(status, shown, proxy.host));
    });
    request.on('response', (response) => {
      response.destroy();
      reject(proxyError(response.statusCode ?? 0, shown, proxy.host));
    });
    request.end();
  });
}

/** Where a proxy is, for a request. */
export function placeOf(proxy: URL): { hostname: string; port: string } {
  const port = proxy.port || (proxy.protocol === 'https:' ? '443' : '80');
  return { hostname: proxy.hostname.replace(/^\[|\]$/g, ''), port };
}

/** The header that carries a proxy's credentials, where its URL has any. */
export function proxyAuthorization(proxy: URL): Record<string, string> {
  if (proxy.username === '' && proxy.password === '') return {};
  const text = `${decoded(proxy.username)}:${decoded(proxy.password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(text).toString('base64')}` };
}
