import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { webSettings } from '../../src/source/transport-web-settings.js';
import { temporaryFolder } from '../fixtures/repository.js';

/** For which URLs a proxy is set, each of its own name. */
const SET = {
  general: null,
  scheme: 'http://a.example.com',
  star: 'https://*.example.com/',
  stars: 'https://*.*.com',
  host: 'https://a.example.com',
  port: 'https://a.example.com:8443/',
  folder: 'https://a.example.com/foo',
  below: 'https://a.example.com/foo/bar/',
  user: 'https://ada@a.example.com/',
  address: 'https://[::1]/',
  'no-url': 'a.example.com',
};

const URLS = [
  'https://a.example.com/',
  'https://A.EXAMPLE.com/x.git',
  'https://a.example.com:443/foo',
  'https://a.example.com/foobar',
  'https://a.example.com/foo/x',
  'https://a.example.com/foo/bar',
  'https://a.example.com/foo/bar/x.git',
  'https://a.example.com:8443/foo/bar',
  'https://ada@a.example.com/x',
  'https://bob@a.example.com/x',
  'https://b.example.com/foo',
  'https://b.c.example.com/',
  'https://x.y.com/',
  'https://example.com/',
  'https://[::1]/x',
  'http://a.example.com/foo',
  'http://b.example.com/foo',
];

function configuration(names: readonly (keyof typeof SET)[]): string {
  const file = join(temporaryFolder(), 'gitconfig');
  const section = (url: string | null) => (url === null ? '[http]' : `[http "${url}"]`);
  writeFileSync(file, names.map((name) => `${section(SET[name])}\n\tproxy = http://${name}.test\n`).join(''));
  return file;
}

const proxyOf = (file: string, url: string, more: Record<string, string> = {}) =>
  webSettings({ GIT_CONFIG_GLOBAL: file, GIT_CONFIG_NOSYSTEM: '1', ...more }).proxy(new URL(url))?.hostname;

const names = Object.keys(SET) as (keyof typeof SET)[];

describe('what is set for one URL', () => {
  test.each([
    ['in one order', names],
    ['in the other', names.toReversed()],
    ['but for none in general', names.slice(2)],
    ['with little set', ['star', 'below'] as const],
  ])('goes as git takes it, %s', (_, set) => {
    const file = configuration(set);
    for (const url of URLS) {
      let git = '';
      try {
        git = execFileSync('git', ['config', '-f', file, '--get-urlmatch', 'http.proxy', url], { encoding: 'utf8' });
      } catch {
        // Nothing is set for it.
      }
      expect(proxyOf(file, url), url).toBe(git === '' ? undefined : new URL(git.trim()).hostname);
    }
  });

  test('the user’s goes before the system’s, but not before what fits better; an empty one means none', () => {
    const file = join(temporaryFolder(), 'gitconfig');
    writeFileSync(file, '[http "https://b.example.com"]\n\tproxy =\n[http]\n\tproxy = http://mine.test\n');
    const system = { GIT_CONFIG_SYSTEM: configuration(['general', 'star']), GIT_CONFIG_NOSYSTEM: '' };
    expect(proxyOf(file, 'https://elsewhere.test/', system)).toBe('mine.test');
    expect(proxyOf(file, 'https://a.example.com/', system)).toBe('star.test');
    expect(proxyOf(file, 'https://b.example.com/', { ...system, https_proxy: 'http://low:1' })).toBeUndefined();
  });

  test('authorities too; GIT_SSL_CAINFO goes before them', () => {
    const folder = temporaryFolder();
    const [file, own, other] = ['gitconfig', 'own.pem', 'other.pem'].map((name) => join(folder, name));
    writeFileSync(own!, 'own');
    writeFileSync(other!, 'other');
    writeFileSync(file!, `[http "https://a.example.com"]\n\tsslCAInfo = ${own}\n`);
    const environment = { GIT_CONFIG_GLOBAL: file, GIT_CONFIG_NOSYSTEM: '1' };
    const { authorities } = webSettings(environment);
    expect(authorities(new URL('https://a.example.com/x'))).toBe('own');
    expect(authorities(new URL('https://b.example.com/x'))).toBeUndefined();
    const given = webSettings({ ...environment, GIT_SSL_CAINFO: other });
    expect(given.authorities(new URL('https://a.example.com/x'))).toBe('other');
  });
});
