import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Credentials } from './transport-address.js';

/**
 * What the user's ~/.netrc (on Windows ~/_netrc) has for a host, as curl reads it for git: the entry that names exactly this host, and where
 * a user is known, that user. `default` entries and macros are passed over. Null: nothing.
 */
export function netrcCredentials(
  hostname: string,
  user: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Credentials | null {
  const home = environment['HOME'] ?? environment['USERPROFILE'];
  if (!home) return null;
  for (const name of process.platform === 'win32' ? ['.netrc', '_netrc'] : ['.netrc']) {
    const found = findEntry(readText(join(home, name)), hostname, user);
    if (found) return found;
  }
  return null;
}

function findEntry(text: string, hostname: string, user: string | undefined): Credentials | null {
  // A macro goes on to the next empty line.
  const words = text.replace(/^\s*macdef\b[\s\S]*?(?:\n[ \t\r]*\n|$(?![\s\S]))/gm, '\n').replace(/(^|\s)#.*$/gm, '$1');
  const tokens = words.match(/"(?:[^"\\]|\\.)*"|\S+/g) ?? [];
  let inside = false;
  let login = '';
  let password: string | null = null;
  const found = (): Credentials | null =>
    inside && password !== null && login !== '' && (user === undefined || user === login)
      ? { username: login, password }
      : null;
  for (let i = 0; i < tokens.length; i++) {
    const key = tokens[i];
    if (key === 'machine' || key === 'default') {
      const one = found();
      if (one) return one;
      inside = key === 'machine' && unquoted(tokens[++i]).toLowerCase() === hostname.toLowerCase();
      login = '';
      password = null;
    } else if (key === 'login') login = unquoted(tokens[++i]);
    else if (key === 'password') password = unquoted(tokens[++i]);
    else if (key === 'account') i++;
  }
  return found();
}

function unquoted(token = ''): string {
  return token.startsWith('"') ? token.slice(1, -1).replace(/\\(.)/g, '$1') : token;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
