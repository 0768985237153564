import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HealthError } from '../model/error.js';
import { type GitConfig, parseGitConfig } from './git-config.js';
import { proxyFor } from './transport-proxy.js';
import { ANY_URL, fitsAsWell, matchUrl, type UrlMatch } from './transport-url-match.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** How this machine's user wants http(s) to be done. */
export interface WebSettings {
  /** The proxy on the way to a URL; null: none. HealthError bad-usage for one that can't be used. */
  proxy(url: URL): URL | null;
  /** Certificate authorities (PEM) to trust with a URL, in place of those Node knows; undefined: those. */
  authorities(url: URL): string | undefined;
}

/**
 * As git takes them: http.proxy and http.sslCAInfo of the user's and the system's git configuration, also for single URLs
 * (http.URL.proxy), the variables GIT_SSL_CAINFO, https_proxy, http_proxy, all_proxy and no_proxy.
 */
export function webSettings(environment: Environment): WebSettings {
  const configs = configFiles(environment).map((file) => parseGitConfig(readText(file)));
  const read = new Map<string, string>();
  return {
    proxy: (url) => proxyFor(url, environment, settingFor(configs, 'proxy', url)),
    authorities(url) {
      const given = environment['GIT_SSL_CAINFO'] || settingFor(configs, 'sslcainfo', url);
      if (!given) return undefined;
      const file = expanded(given, environment);
      const known = read.get(file) ?? readAuthorities(file);
      read.set(file, known);
      return known;
    },
  };
}

/** What `http.KEY` is for a URL: as set for what fits it best, and there the last time. */
function settingFor(configs: readonly GitConfig[], key: string, url: URL): string | undefined {
  let found: string | undefined;
  let best: UrlMatch = ANY_URL;
  for (const config of configs) {
    for (const [name, values] of config) {
      if (!name.startsWith('http.') || !name.endsWith(`.${key}`)) continue;
      const pattern = name.slice('http.'.length, -key.length - 1);
      const match = pattern === '' ? ANY_URL : matchUrl(pattern, url);
      if (match === null || !fitsAsWell(match, best)) continue;
      best = match;
      found = values.at(-1);
    }
  }
  return found;
}

/** In the order git reads them in: what comes later holds. */
function configFiles(environment: Environment): string[] {
  const home = environment['HOME'] ?? environment['USERPROFILE'];
  const own = environment['GIT_CONFIG_GLOBAL'];
  const files: string[] = [];
  if (!environment['GIT_CONFIG_NOSYSTEM']) files.push(environment['GIT_CONFIG_SYSTEM'] ?? '/etc/gitconfig');
  if (own !== undefined) files.push(own);
  else if (home)
    files.push(join(environment['XDG_CONFIG_HOME'] || join(home, '.config'), 'git/config'), join(home, '.gitconfig'));
  return files;
}

function expanded(path: string, environment: Environment): string {
  return path.startsWith('~/') ? join(environment['HOME'] ?? '', path.slice(2)) : path;
}

function readAuthorities(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new HealthError('bad-usage', `${file}: the certificate authorities in it can't be read`, {
      hint: 'GIT_SSL_CAINFO, or http.sslCAInfo of the git configuration, names it.',
      cause,
    });
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
