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

/** A repository that the system's git fetches. */
export interface GitAddress {
  kind: 'git';
  protocol: 'ssh' | 'git';
  /** As git takes it. Without a password, query and fragment: safe to show and to keep. */
  url: string;
}

export interface LocalAddress {
  kind: 'local';
  /** Absolute. */
  path: string;
}

const SCHEME = /^([a-z][a-z0-9+.-]*):\/\//i;
/** git's short form for ssh, `user@host:path`. */
const SCP_LIKE = /^([^/\\@:\s]+)@(\[[0-9a-f:.]+\]|[^/\\@:\s]+):(.+)$/is;
/** git's own form for helper programs, `ext::command`: it could run anything. */
const HELPER = /^[a-z0-9][a-z0-9+.-]*::/i;
const CLONE_HINT = 'Clone it with git yourself and give the path of that clone.';

/** Reads a project's `url`. HealthError bad-usage for a scheme that is not read. */
export function parseAddress(url: string): RemoteAddress | GitAddress | LocalAddress {
  const scheme = SCHEME.exec(url)?.[1]?.toLowerCase();
  if (HELPER.test(url)) {
    throw new HealthError('bad-usage', `${withoutUser(url).slice(0, 200)}: git's helper programs are not used`, {
      hint: `Give its https:// or ssh:// URL. Else: ${CLONE_HINT}`,
    });
  }
  if (scheme === undefined) return scpAddress(url) ?? localAddress(url);
  if (scheme === 'file') return { kind: 'local', path: filePath(url) };
  if (scheme === 'http' || scheme === 'https') return remoteAddress(url);
  if (scheme === 'ssh' || scheme === 'git') return gitAddress(scheme, url);
  throw new HealthError('bad-usage', `${withoutUser(url)}: repositories are not read over ${scheme}://`, {
    hint: `Give its https:// URL, if it has one. Else: ${CLONE_HINT}`,
  });
}

function scpAddress(url: string): GitAddress | null {
  const [, user = '', host = '', path = ''] = SCP_LIKE.exec(url) ?? [];
  if (host === '') return null;
  refuseOptions(url, [user, host, path]);
  return { kind: 'git', protocol: 'ssh', url };
}

function gitAddress(protocol: 'ssh' | 'git', text: string): GitAddress {
  const url = urlOf(text);
  const user = protocol === 'ssh' ? percentDecoded(url.username) : '';
  const { hostname, port, pathname } = url;
  if (hostname === '' || pathname.replace(/\/+$/, '') === '') {
    throw new HealthError('bad-usage', `${withoutUser(text)} names no host or no path`);
  }
  // git takes the percent signs out before it looks; so must this.
  refuseOptions(withoutUser(text), [user, percentDecoded(hostname), percentDecoded(pathname)]);
  const place = `${user === '' ? '' : `${url.username}@`}${hostname}${port === '' ? '' : `:${port}`}`;
  return { kind: 'git', protocol, url: `${protocol}://${place}${pathname.replace(/\/+$/, '')}` };
}

/** What starts with a dash would be an option to git or ssh; control characters end a request early. */
function refuseOptions(shown: string, parts: readonly string[]): void {
  // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
  if (!parts.some((part) => part.startsWith('-') || /[\u0000-\u001f\u007f]/.test(part))) return;
  throw new HealthError('bad-usage', `${shown} is not an address that git would take`, {
    hint: 'User, host and path must not start with a dash, nor hold control characters.',
  });
}

function localAddress(path: string): LocalAddress {
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

function urlOf(text: string): URL {
  try {
    return new URL(text);
  } catch (cause) {
    throw new HealthError('bad-usage', `${withoutUser(text)} is not a valid URL`, { cause });
  }
}

function remoteAddress(text: string): RemoteAddress {
  const url = urlOf(text);
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

/** True where what is sent can't be read on the way: https, or this machine. */
export function isPrivate(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || isLoopback(hostname);
}

/**
 * The token of the environment for a server that asks who we are, over https only (or on this machine):
 * HEALTH_GIT_TOKEN for any, GITHUB_TOKEN for github.com alone.
 */
export function tokenFor(
  { url }: RemoteAddress,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (!isPrivate(url)) return undefined;
  const own = environment['HEALTH_GIT_TOKEN']?.trim();
  return own || (new URL(url).host === 'github.com' ? environment['GITHUB_TOKEN']?.trim() : '') || undefined;
}
