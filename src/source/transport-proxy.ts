import { BlockList, isIP } from 'node:net';
import { HealthError } from '../model/error.js';

export interface TunnelOptions {
  /** What messages show. */
  shown: string;
  idleTimeout: number;
  signal: AbortSignal | undefined;
  ca: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

const KINDS = new Set(['http:', 'https:', 'socks5:', 'socks5h:', 'socks4:', 'socks4a:']);

/**
 * The proxy on the way to `url`, as curl and git choose it: `configured` (git's http.proxy) before the variables
 * https_proxy or http_proxy, all_proxy after them, lower case before upper; none for a host that no_proxy names.
 * HealthError bad-usage for a proxy that speaks neither HTTP nor SOCKS.
 */
export function proxyFor(url: URL, environment: Environment, configured?: string): URL | null {
  const value = (name: string): string | undefined => environment[name] ?? environment[name.toUpperCase()];
  const scheme = url.protocol.slice(0, -1);
  const text = (configured ?? (value(`${scheme}_proxy`) || value('all_proxy')) ?? '').trim();
  if (text === '' || isExempt(url, value('no_proxy') ?? '')) return null;
  const full = text.includes('://') ? text : `http://${text}`;
  const proxy = URL.canParse(full) ? new URL(full) : null;
  if (proxy && KINDS.has(proxy.protocol)) return proxy;
  // Not the text itself: it may hold a password.
  throw new HealthError('bad-usage', `${url.origin}: the proxy given for it (${kind(full)}) is not used`, {
    hint: 'https_proxy takes http://HOST:PORT, https://HOST:PORT or socks5h://HOST:PORT (socks5, socks4, socks4a); no_proxy names hosts to reach without.',
  });
}

function kind(text: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\//i.exec(text)?.[0] ?? 'not a URL';
}

/** no_proxy: names (and all below them), name:port, addresses, networks (10.0.0.0/8), or * for all. */
function isExempt(url: URL, list: string): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return list.split(/[\s,]+/).some((entry) => {
    if (entry === '*') return true;
    if (entry.includes('/')) return isInNetwork(host, entry);
    const [, name = entry, only] = /^(.+):(\d+)$/.exec(isIP(entry) === 6 ? '' : entry) ?? [];
    if (only !== undefined && only !== port) return false;
    const bare = name.replace(/^\*?\.|^\[|\]$/g, '').toLowerCase();
    return bare !== '' && (host === bare || (isIP(host) === 0 && host.endsWith(`.${bare}`)));
  });
}

function isInNetwork(host: string, network: string): boolean {
  const [address = '', bits = ''] = network.split('/');
  const family = isIP(address);
  if (family === 0 || isIP(host) !== family) return false;
  try {
    const list = new BlockList();
    list.addSubnet(address, Number(bits), family === 6 ? 'ipv6' : 'ipv4');
    return list.check(host, family === 6 ? 'ipv6' : 'ipv4');
  } catch {
    return false;
  }
}

/** A user name or a password as a URL holds it. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
