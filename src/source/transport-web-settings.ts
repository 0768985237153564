import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HealthError } from '../model/error.js';
import { parseGitConfig, setting } from './git-config.js';
import { proxyFor } from './transport-proxy.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** How this machine's user wants http(s) to be done. */
export interface WebSettings {
  /** The proxy on the way to a URL; null: none. HealthError bad-usage for one that can't be used. */
  proxy(url: URL): URL | null;
  /** Certificate authorities (PEM) to trust in place of those Node knows; undefined: those. */
  ca: string | undefined;
}

/**
 * As git takes them: http.proxy and http.sslCAInfo of the user's and the system's git configuration (not those for
 * single URLs), the variables GIT_SSL_CAINFO, https_proxy, http_proxy, all_proxy and no_proxy.
 */
export function webSettings(environment: Environment): WebSettings {
  const config = (key: string): string | undefined =>
    configFiles(environment)
      .map((file) => setting(parseGitConfig(readText(file)), key))
      .find((value) => value !== undefined);
  const configured = config('http.proxy');
  const authorities = environment['GIT_SSL_CAINFO'] || config('http.sslcainfo');
  return {
    proxy: (url) => proxyFor(url, environment, configured),
    ca: authorities ? readAuthorities(expanded(authorities, environment)) : undefined,
  };
}

/** The user's before the system's. */
function configFiles(environment: Environment): string[] {
  const home = environment['HOME'] ?? environment['USERPROFILE'];
  const own = environment['GIT_CONFIG_GLOBAL'];
  const files: string[] = [];
  if (own !== undefined) files.push(own);
  else if (home)
    files.push(join(home, '.gitconfig'), join(environment['XDG_CONFIG_HOME'] || join(home, '.config'), 'git/config'));
  if (!environment['GIT_CONFIG_NOSYSTEM']) files.push(environment['GIT_CONFIG_SYSTEM'] ?? '/etc/gitconfig');
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
