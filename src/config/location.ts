import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const SCHEME = /^([a-z][a-z0-9+.-]+):\/\//i;
/** git's short form for ssh, `user@host:path`. */
const SCP = /^[^/\\@:\s]+@(?:\[[0-9a-f:.]+\]|[^/\\@:\s]+):./i;
/** git's form for helper programs, `ext::command`. */
const HELPER = /^[a-z0-9][a-z0-9+.-]*::/i;
// oxlint-disable-next-line no-control-regex -- a control character in an address is never meant
const CONTROL = /[\u0000-\u001f\u007f]/;
const LONGEST = 2000;

function webProblem(url: string): string | null {
  if (!URL.canParse(url)) return 'is no address that can be understood';
  const { hostname, username, password } = new URL(url);
  if (hostname === '') return 'names no host';
  if (username !== '' || password !== '') {
    return 'must not hold a user or password, for the address is shown in reports; clone it yourself and give the path';
  }
  return null;
}

function gitProblem(url: string): string | null {
  if (!URL.canParse(url)) return 'is no address that can be understood';
  const { hostname, username, password } = new URL(url);
  if (hostname === '') return 'names no host';
  if (password !== '') return 'must not hold a password; ssh takes a key';
  return dashed([decoded(username), decoded(hostname)]);
}

function scpProblem(url: string): string | null {
  return dashed(url.split(/[@:]/));
}

/** To git and ssh that would be an option. */
function dashed(parts: readonly string[]): string | null {
  return parts.some((part) => part.startsWith('-'))
    ? 'must not have a user, host or path that starts with a dash'
    : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function fileProblem(url: string): string | null {
  try {
    fileURLToPath(url);
    return null;
  } catch {
    return 'must be file:///, three slashes, and an absolute path';
  }
}

/** What keeps a project's `url` from being used; null when nothing does. Whether something is there is not asked. */
export function urlProblem(url: string): string | null {
  if (url === '') return 'must not be empty';
  if (url.length > LONGEST) return `must have at most ${LONGEST} characters`;
  if (CONTROL.test(url)) return 'must not hold control characters';
  const scheme = SCHEME.exec(url)?.[1]?.toLowerCase();
  if (scheme === 'http' || scheme === 'https') return webProblem(url);
  if (scheme === 'file') return fileProblem(url);
  if (HELPER.test(url)) return "names one of git's helper programs, which are not used; use http(s):// or ssh://";
  if (scheme === 'ssh' || scheme === 'git') return gitProblem(url);
  if (scheme !== undefined) return `starts with ${scheme}://; use http(s)://, ssh://, git://, file:// or a path`;
  if (SCP.test(url)) return scpProblem(url);
  if (url === '~' || url.startsWith('~/')) return "starts with '~', which is not expanded; write the path out";
  return null;
}

/** A checked `url` as the program uses it: paths made absolute against the folder the file lies in. */
export function absoluteUrl(url: string, folder: string): string {
  return SCHEME.test(url) || SCP.test(url) ? url : resolve(folder, url);
}
