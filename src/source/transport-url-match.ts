/** How well a URL of git's configuration fits another: the longer its host, then the longer its path, then with the user. */
export interface UrlMatch {
  host: number;
  path: number;
  user: number;
}

/** What is set for no URL fits all of them, and worst. */
export const ANY_URL: UrlMatch = { host: -1, path: -1, user: 0 };

/**
 * Whether what git's configuration sets for `pattern` (`http.<pattern>.proxy`) holds for `url`, by the rules of
 * git-config(1): the same scheme and port, the host with `*` for any one part of it, a path that `url` begins with, and the
 * same user where it names one. Null: it doesn't.
 */
export function matchUrl(pattern: string, url: URL): UrlMatch | null {
  if (!URL.canParse(pattern)) return null;
  const { protocol, port, username, hostname, pathname } = new URL(pattern);
  if (protocol !== url.protocol || port !== url.port || (username !== '' && username !== url.username)) return null;
  const [wanted, parts] = [hostname.split('.'), url.hostname.split('.')];
  if (wanted.length !== parts.length || wanted.some((part, i) => part !== '*' && part !== parts[i])) return null;
  const path = pathname.replace(/\/$/, '');
  const below = url.pathname.startsWith(`${path}/`) || url.pathname === path;
  return below ? { host: hostname.length, path: path.length, user: username === '' ? 0 : 1 } : null;
}

/** True where what is set for `a` goes before what is set for `b`; of equals it is what is set later. */
export function fitsAsWell(a: UrlMatch, b: UrlMatch): boolean {
  if (a.host !== b.host) return a.host > b.host;
  return a.path === b.path ? a.user >= b.user : a.path > b.path;
}
