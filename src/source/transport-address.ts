import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HealthError } from '../model/error.js';

export interface Credentials {
  username: string;
  password: string;
}

export interface RemoteAddress {
  kind: 'remote';
  /** Without user and password, query and fragment: safe to show and to keep. No slash at the end. */
  url: string;
  /** From the URL's own `user:password@`. */
  credentials: Credentials | null;
}

export interface LocalAddress {
  kind: 'local';
  /** Absolute. */
  path: string;
}

const SCHEME = /^([a-z][a-z0-9+.-]*):\/\//i;
/** git's short form for ssh, `user@host:path`; also after someone made it absolute against a folder. */
const SCP_LIKE = /(?:^|[/\\])[^/\\@:]+@([^/\\@:]+):(.*)$/;
const CLONE_HINT = 'Clone it with git yourself and give the path of that clone.';

/** Reads a project's `url`. HealthError bad-usage for a scheme that is not read. */
export function parseAddress(url: string): RemoteAddress | LocalAddress {
  const scheme = SCHEME.exec(url)?.[1]?.toLowerCase();
  if (scheme === undefined) return localAddress(url);
  if (scheme === 'file') return { kind: 'local', path: filePath(url) };
  if (scheme === 'http' || scheme === 'https') return remoteAddress(url);
  throw new HealthError('bad-usage', `${withoutUser(url)}: repositories are not read over ${scheme}://`, {
    hint: `Give its https:// URL, if it has one. Else: ${CLONE_HINT}`,
  });
}

function localAddress(path: string): LocalAddress {
  const scp = SCP_LIKE.exec(path);
  if (scp) {
    const [, host = '', rest = ''] = scp;
    throw new HealthError('bad-usage', `${host}:${rest}: repositories are not read over ssh`, {
      hint: `Give its https:// URL, perhaps https://${host}/${rest.replace(/^\/+/, '')} . Else: ${CLONE_HINT}`,
    });
  }
  if (path === '') throw new HealthError('bad-usage', 'a project has an empty URL');
  return { kind: 'local', path: resolve(path) };
}

function filePath(url: string): string {
  try {
    return resolve(fileURLToPath(url));
  } catch (cause) {
    throw new HealthError('bad-usage', `${url} is not a file:// URL of this machine`, {
      hint: 'Write it as file:///absolute/path, special characters percent-encoded, or give the plain path.',
      cause,
    });
  }
}

function remoteAddress(text: string): RemoteAddress {
  let url: URL;
  try {
    url = new URL(text);
  } catch (cause) {
    throw new HealthError('bad-usage', `${withoutUser(text)} is not a valid URL`, { cause });
  }
  const credentials =
    url.username === '' && url.password === ''
      ? null
      : { username: percentDecoded(url.username), password: percentDecoded(url.password) };
  return { kind: 'remote', url: `${url.origin}${url.pathname.replace(/\/+$/, '')}`, credentials };
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Cuts everything between `://` and the last `@` before the path. */
function withoutUser(url: string): string {
  return url.replace(/^([^:/]+:\/\/)[^/?#]*@/, '$1');
}

/** True for an address that never leaves this machine. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/**
 * What to answer when the server asks who we are: the URL's own credentials, else a token of the environment.
 * A token goes over https only (or to this machine): HEALTH_GIT_TOKEN to the server that asks, GITHUB_TOKEN to
 * github.com alone.
 */
export function credentialsFor(
  address: RemoteAddress,
  environment: Readonly<Record<string, string | undefined>>,
): Credentials | null {
  if (address.credentials) return address.credentials;
  const { protocol, hostname, host } = new URL(address.url);
  if (protocol !== 'https:' && !isLoopback(hostname)) return null;
  const own = environment['HEALTH_GIT_TOKEN']?.trim();
  const token = own ? own : host === 'github.com' ? environment['GITHUB_TOKEN']?.trim() : undefined;
  // Forges take any user name with a token; this one is GitHub's own convention.
  return token ? { username: 'x-access-token', password: token } : null;
}
