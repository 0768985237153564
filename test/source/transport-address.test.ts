import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HealthError } from '../../src/model/error.js';
import { tokenFor, parseAddress, type RemoteAddress } from '../../src/source/transport-address.js';
import { isRefName } from '../../src/source/transport-refs.js';

function refusal(url: string): HealthError {
  try {
    parseAddress(url);
  } catch (error) {
    if (error instanceof HealthError) return error;
  }
  throw new Error(`${url} was accepted`);
}

describe('parseAddress', () => {
  test.each([
    ['https://example.org/a/b.git', 'https://example.org/a/b.git'],
    ['HTTPS://Example.org/a/b/', 'https://example.org/a/b'],
    ['http://me:pa%40ss@example.org:8080/x?token=1#y', 'http://example.org:8080/x'],
  ])('%s', (url, shown) => {
    expect(parseAddress(url)).toMatchObject({ kind: 'remote', url: shown });
  });

  test('takes credentials out of a URL', () => {
    expect(parseAddress('https://me:pa%40ss@example.org/x')).toMatchObject({
      credentials: { username: 'me', password: 'pa@ss' },
    });
    expect(parseAddress('https://example.org/x')).toMatchObject({ credentials: null });
  });

  test.each([
    ['ssh://git@Example.org:2222/a/b.git/', 'ssh', 'ssh://git@Example.org:2222/a/b.git'],
    ['ssh://git:secret@example.org/~/a', 'ssh', 'ssh://git@example.org/~/a'],
    ['git@example.org:a/b.git', 'ssh', 'git@example.org:a/b.git'],
    ['git@[::1]:a', 'ssh', 'git@[::1]:a'],
    ['git://u:secret@example.org/a', 'git', 'git://example.org/a'],
  ])('%s is for git', (url, protocol, shown) => {
    expect(parseAddress(url)).toEqual({ kind: 'git', protocol, url: shown });
  });

  test.each([
    ['/folder/git@example.org:a/b', '/folder/git@example.org:a/b'],
    ['./git@example.org:a/b', resolve('git@example.org:a/b')],
    ['some/where', resolve('some/where')],
    ['/a b/c%20d', '/a b/c%20d'],
    ['file:///a%20b/%C3%BC', '/a b/ü'],
    ['file://localhost/x', '/x'],
  ])('%s is local', (url, path) => {
    expect(parseAddress(url)).toEqual({ kind: 'local', path });
  });

  test.each([
    ['ftp://u:secret@example.org/a', 'ftp://'],
    ['ext::sh -c touch% /tmp/x', 'helper'],
    ['fd::17', 'helper'],
    ['ssh://-oProxyCommand=x/a', 'dash'],
    ['ssh://%2DoProxyCommand=x/a', 'dash'],
    ['ssh://-lroot:secret@example.org/a', 'dash'],
    ['-oProxyCommand=x@example.org:a', 'dash'],
    ['git@-oProxyCommand=x:a', 'dash'],
    ['git@example.org:--upload-pack=x', 'dash'],
    ['git://example.org/a%0Ahost=b', 'control'],
    ['git://example.org', 'no path'],
    ['ssh:///a', 'no host'],
    ['file://elsewhere/x', 'file:///'],
    ['file:///a%2', 'file:///'],
    ['https://u:secret@ex ample/', 'not a valid URL'],
    ['', 'empty'],
  ])('%s is refused with what to do', (url, said) => {
    const error = refusal(url);
    expect(error.code).toBe('bad-usage');
    expect(`${error.message} ${error.hint}`).toContain(said);
    expect(`${error.message} ${error.hint}`).not.toContain('secret');
  });
});

const at = (url: string) => parseAddress(url) as RemoteAddress;

describe('tokenFor', () => {
  const both = { HEALTH_GIT_TOKEN: ' own ', GITHUB_TOKEN: 'hub' };

  test.each([
    ['https://github.com/a/b', both, 'own'],
    ['https://github.com/a/b', { GITHUB_TOKEN: 'hub' }, 'hub'],
    ['https://example.org/a', both, 'own'],
    ['https://example.org/a', { GITHUB_TOKEN: 'hub' }, undefined],
    ['https://github.com.example.org/a', { GITHUB_TOKEN: 'hub' }, undefined],
    ['https://github.com:8443/a', { GITHUB_TOKEN: 'hub' }, undefined],
    ['http://github.com/a/b', both, undefined],
    ['http://127.0.0.1:3000/a', both, 'own'],
    ['http://127.0.0.1.example.org/a', both, undefined],
    ['https://example.org/a', { HEALTH_GIT_TOKEN: '' }, undefined],
  ])('%s with %o', (url, environment, password) => {
    expect(tokenFor(at(url), environment)).toBe(password);
  });
});

describe('isRefName', () => {
  test.each(['refs/heads/main', 'refs/heads/a/b-c_d.e', 'refs/tags/v1.0^', 'refs/heads/ü'])('%s', (name) => {
    expect(isRefName(name)).toBe(!name.includes('^'));
  });

  test.each([
    'refs/heads/../x',
    'refs/heads/.x',
    'refs/heads/x.lock',
    'refs/heads/x/',
    'refs/heads//x',
    'refs/heads/a b',
    'refs/heads/a\nb',
    'refs/heads/a\\b',
    'refs/heads/a@{b',
    `refs/heads/${'x'.repeat(2000)}`,
  ])('not %j', (name) => {
    expect(isRefName(name)).toBe(false);
  });
});
