import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { obtain } from '../../src/source/transport.js';
import { startGitServer } from '../fixtures/git-server.js';
import { temporaryFolder } from '../fixtures/repository.js';
import { expectSame, failureOf, project, serve } from './transport-setup.js';

const secret = { username: 'reader', password: 'open sesame' };

/** A home of its own with a credential helper for git, which writes down what it is asked. */
function home(answer: string): { environment: Record<string, string>; said(): string } {
  const folder = temporaryFolder();
  const script = join(folder, 'helper');
  const log = join(folder, 'log');
  writeFileSync(script, `#!/bin/sh\necho "$1" >> ${log}\ncat >> ${log}\n[ "$1" = get ] || exit 0\n${answer}\n`);
  chmodSync(script, 0o755);
  const config = join(folder, 'config');
  writeFileSync(config, `[credential]\n\thelper = ${script}\n`);
  return {
    environment: {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      GIT_CONFIG_GLOBAL: config,
      GIT_CONFIG_SYSTEM: '/dev/null',
    },
    said: () => (existsSync(log) ? readFileSync(log, 'utf8') : ''),
  };
}

const knowing = 'echo username=reader; echo "password=open sesame"';

describe("git's credential helper", () => {
  test('is asked when the server asks, and told that it was right', async () => {
    const { fetch, server, origin, clone, url, events } = await serve();
    const { environment, said } = home(knowing);
    await fetch({ environment });
    expect(said()).toBe('');
    server.options = { credentials: secret };
    origin.commit();
    await fetch({ environment });
    expectSame(clone, origin);
    const { host } = new URL(url);
    expect(said()).toContain(`get\nprotocol=http\nhost=${host}\n`);
    expect(said()).toMatch(/\nstore\n[^]*username=reader\npassword=open sesame\n/);
    expect(said()).not.toContain('erase');
    expect(JSON.stringify(events)).not.toContain('sesame');
    expect(readFileSync(join(clone, 'config'), 'utf8')).not.toMatch(/reader|sesame/);
  });

  test('is told that it was wrong', async () => {
    const { fetch } = await serve({ credentials: secret });
    const { environment, said } = home('echo username=reader; echo password=wrong');
    const error = await failureOf(fetch({ environment }));
    expect(error.code).toBe('unauthorized');
    expect(error.message).toContain('refused');
    expect(`${error.message} ${error.hint}`).not.toMatch(/reader|wrong/);
    expect(said()).toMatch(/\nerase\n[^]*password=wrong\n/);
    expect(said()).not.toContain('store');
  });

  test('is not asked where a token is given, and gets the user of the URL', async () => {
    const { fetch, server, url, clones, clone, origin } = await serve();
    const { environment, said } = home(knowing);
    server.options = { credentials: { username: 'x-access-token', password: 't0ken' } };
    await fetch({ environment: { ...environment, HEALTH_GIT_TOKEN: 't0ken' } });
    expect(said()).toBe('');
    server.options = { credentials: secret };
    origin.commit();
    await obtain(project(url.replace('//', '//reader@')), { clones, environment });
    expect(said()).toContain('username=reader\n');
    expectSame(clone, origin);
  });

  test('that knows nothing, is not there, or would ask a person: the server asks for credentials', async () => {
    const { fetch } = await serve({ credentials: secret });
    const marker = join(temporaryFolder(), 'asked');
    const askpass = join(temporaryFolder(), 'askpass');
    writeFileSync(askpass, `#!/bin/sh\ntouch ${marker}\necho x\n`);
    chmodSync(askpass, 0o755);
    const { environment } = home(':');
    writeFileSync(environment['GIT_CONFIG_GLOBAL']!, `[core]\n\taskPass = ${askpass}\n`);
    const asking = { ...environment, GIT_ASKPASS: askpass, SSH_ASKPASS: askpass };
    for (const one of [environment, asking, { ...environment, PATH: '/nowhere' }]) {
      const error = await failureOf(fetch({ environment: one }));
      expect(error.code).toBe('unauthorized');
      expect(error.message).toContain('asks for credentials');
      expect(error.hint).toContain('HEALTH_GIT_TOKEN');
    }
    expect(existsSync(marker)).toBe(false);
  });

  test('that does not answer is given up', async () => {
    const { fetch } = await serve({ credentials: secret });
    const { environment } = home('echo busy >&2; exec sleep 60');
    const error = await failureOf(fetch({ environment, idleTimeout: 1500 }));
    expect(error.code).toBe('unauthorized');
    expect(error.message).toContain('credential helper does not answer');
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 500);
    expect((await failureOf(fetch({ environment, signal: abort.signal }))).code).toBe('interrupted');
  });

  test('never hears of a server that a redirect leads to, nor that server of it', async () => {
    const { server, clones } = await serve({ credentials: secret });
    const front = await startGitServer('/nowhere', { redirect: { status: 301, to: server.url } });
    onTestFinished(() => front.close());
    const { environment, said } = home(knowing);
    const error = await failureOf(obtain(project(`${front.url}/sample`), { clones, environment }));
    expect(error.code).toBe('unauthorized');
    expect(error.message).toContain(`it redirects to ${server.url}, which asks for credentials`);
    expect(said()).toBe('');
    expect(server.requests.every(({ headers }) => headers.authorization === undefined)).toBe(true);
  });
});

describe('~/.netrc', () => {
  const netrc = (text: string): Record<string, string> => {
    const HOME = temporaryFolder();
    mkdirSync(HOME, { recursive: true });
    writeFileSync(join(HOME, '.netrc'), text);
    return { HOME, PATH: process.env['PATH'] ?? '', GIT_CONFIG_SYSTEM: '/dev/null' };
  };

  test.each([
    ['one line', 'machine 127.0.0.1 login reader password sesame'],
    [
      'many lines, among others',
      'machine a.example\nlogin x\npassword y\n\nmachine 127.0.0.1\n\tlogin reader\n\tpassword sesame\n',
    ],
    ['quoted, with account and comment', '# mine\nmachine 127.0.0.1 login "reader" account z password "ses\\ame"\n'],
    [
      'after a macro',
      'macdef init\nmachine 127.0.0.1 login no password no\n\nmachine 127.0.0.1 login reader password sesame\n',
    ],
  ])('%s', async (_, text) => {
    const { fetch, clone, origin } = await serve({ credentials: { username: 'reader', password: 'sesame' } });
    await fetch({ environment: netrc(text) });
    expectSame(clone, origin);
  });

  test.each([
    ['another host', 'machine 127.0.0.2 login reader password sesame'],
    ['a part of the host', 'machine 0.0.1 login reader password sesame'],
    ['a default', 'default login reader password sesame'],
    ['no password', 'machine 127.0.0.1 login reader'],
  ])('%s is no answer', async (_, text) => {
    const { fetch, server } = await serve({ credentials: { username: 'reader', password: 'sesame' } });
    expect((await failureOf(fetch({ environment: netrc(text) }))).message).toContain('asks for credentials');
    expect(server.requests.every(({ headers }) => headers.authorization === undefined)).toBe(true);
  });
});
