import { lookup } from 'node:dns/promises';
import { connect, isIP, type Socket } from 'node:net';
import { HealthError } from '../model/error.js';
import { silent } from './transport-error.js';
import { decoded, type TunnelOptions } from './transport-proxy.js';

const PORT = 1080;

/** Has a SOCKS proxy connect us to the host of `url`. With socks5h and socks4a the proxy looks the name up, else we do. */
export async function openSocks(url: URL, proxy: URL, options: TunnelOptions): Promise<Socket> {
  const { shown, idleTimeout, signal } = options;
  const name = unbracketed(url.hostname);
  const version = proxy.protocol.startsWith('socks4') ? 4 : 5;
  const remote = proxy.protocol === 'socks5h:' || proxy.protocol === 'socks4a:';
  // Loaded here: few need it.
  const { SocksClient } = await import('socks');
  const host = remote || isIP(name) !== 0 ? name : await address(name, version, shown);
  const socket = await connected(proxy, options);
  try {
    await SocksClient.createConnection({
      command: 'connect',
      destination: { host, port: Number(url.port || (url.protocol === 'https:' ? 443 : 80)) },
      proxy: {
        host: unbracketed(proxy.hostname),
        port: portOf(proxy),
        type: version,
        ...(proxy.username !== '' && { userId: decoded(proxy.username), password: decoded(proxy.password) }),
      },
      timeout: idleTimeout,
      existing_socket: socket,
    });
    return socket;
  } catch (error) {
    socket.destroy();
    signal?.throwIfAborted();
    throw refusal(error, shown, proxy, idleTimeout);
  }
}

async function address(name: string, version: 4 | 5, shown: string): Promise<string> {
  try {
    return (await lookup(name, version === 4 ? { family: 4 } : {})).address;
  } catch (cause) {
    throw new HealthError('unreachable', `${shown}: no address was found for ${name}`, {
      hint: 'Check the spelling of the URL; where only the proxy knows the name, write socks5h:// in place of socks5://.',
      cause,
    });
  }
}

function connected(proxy: URL, { shown, idleTimeout, signal }: TunnelOptions): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: unbracketed(proxy.hostname),
      port: portOf(proxy),
      timeout: idleTimeout,
      ...(signal && { signal }),
    });
    socket.on('timeout', () => socket.destroy(silent(shown, idleTimeout)));
    socket.on('error', reject);
    socket.on('connect', () => {
      socket.removeAllListeners('timeout').setTimeout(0);
      resolve(socket);
    });
  });
}

/** What the library says of the conversation with the proxy. */
function refusal(error: unknown, shown: string, proxy: URL, idleTimeout: number): HealthError {
  const said = error instanceof Error ? error.message : '';
  if (/timed out/i.test(said)) return silent(shown, idleTimeout);
  if (/authentication/i.test(said)) {
    return new HealthError('unauthorized', `${shown}: the proxy ${proxy.host} wants credentials, or others`, {
      hint: 'Put them into the variable that names it: https_proxy=socks5h://USER:PASSWORD@HOST:PORT',
      cause: error,
    });
  }
  // `Socks5 proxy rejected connection - HostUnreachable`.
  const [, reason] = /rejected.* - \(?(\w+)/.exec(said) ?? [];
  const why = reason === undefined ? 'does not answer as a SOCKS proxy does' : `did not connect us (${reason})`;
  return new HealthError('unreachable', `${shown}: the proxy ${proxy.host} ${why}`, {
    hint: 'Check the URL, and the address of the proxy; no_proxy names hosts to reach without.',
    cause: error,
  });
}

function portOf(proxy: URL): number {
  return Number(proxy.port || PORT);
}

function unbracketed(host: string): string {
  return host.replace(/^\[|\]$/g, '');
}
