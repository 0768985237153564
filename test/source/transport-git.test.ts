import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ProgressEvent } from '../../src/model/progress.js';
import type { ObtainOptions } from '../../src/source/transport-options.js';
import { obtain } from '../../src/source/transport.js';
import { hasSshServer, startGitDaemon, startRelay, startSshServer, type Relay } from '../fixtures/git-daemon.js';
import { temporaryFolder, TestRepository } from '../fixtures/repository.js';
import { expectSame, failureOf, gitIn, noise, project, refsOf, stateOf } from './transport-setup.js';

const quiet = {
  PATH: process.env['PATH'],
  HOME: '/nowhere',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
};

interface Daemon {
  origin: TestRepository;
  url: string;
  relay: Relay;
  clones: string;
  clone: string;
  events: ProgressEvent[];
  fetch(options?: Partial<ObtainOptions>): Promise<string>;
}

/** A repository with a few commits behind a git daemon, and behind a relay that can misbehave. */
async function serve(): Promise<Daemon> {
  const dir = temporaryFolder();
  const root = join(dir, 'root');
  mkdirSync(root);
  const origin = new TestRepository(join(root, 'sample'));
  origin.commit({ files: { 'a.txt': 'one\n' } });
  origin.commit({ files: { 'a.txt': 'one\ntwo\n', 'folder/b.txt': 'b\n' } });
  const relay = await startRelay(Number(new URL(await startGitDaemon(root)).port));
  const url = `git://127.0.0.1:${relay.port}/sample`;
  const clones = join(dir, 'clones');
  const events: ProgressEvent[] = [];
  const fetch: Daemon['fetch'] = (more) =>
    obtain(project(url), { clones, environment: quiet, progress: (event) => events.push(event), ...more });
  return { origin, url, relay, clones, clone: join(clones, 'sample.git'), events, fetch };
}

const packsIn = (clone: string) => readdirSync(join(clone, 'objects/pack')).sort();

describe('git://', () => {
  test('makes a bare clone that git finds nothing wrong with, and follows the server', async () => {
    const { fetch, origin, clone, clones, url } = await serve();
    origin.git('tag', '-a', '-m', 'A tag', 'heavy');
    origin.git('branch', 'topic/x', 'HEAD~1');
    origin.git('update-ref', 'refs/pull/1/head', 'HEAD');
    expect(await fetch()).toBe(clone);
    expectSame(clone, origin);
    expect(gitIn(clone, 'for-each-ref', '--format=%(refname)', 'refs/pull')).toBe('');
    expect(gitIn(clone, 'config', 'remote.origin.url')).toBe(url);
    expect(readdirSync(clones)).toEqual(['sample.git']);
    origin.git('branch', '-D', 'topic/x');
    origin.git('branch', 'topic');
    origin.git('reset', '--quiet', '--hard', 'HEAD~1');
    origin.commit({ files: { 'other.txt': 'other\n' } });
    origin.git('branch', '-m', 'main', 'trunk');
    await fetch();
    expectSame(clone, origin);
    expect(readdirSync(clone).sort()).toEqual(['HEAD', 'config', 'objects', 'packed-refs', 'refs']);
  });

  test('brings new commits only, and nothing when nothing moved', async () => {
    const { fetch, origin, clone, events } = await serve();
    origin.commit({ files: { 'noise.bin': noise(200_000) } });
    await fetch();
    const before = packsIn(clone);
    await fetch();
    expect(packsIn(clone)).toEqual(before);
    events.length = 0;
    origin.commit({ files: { 'c.txt': 'c\n' } });
    await fetch();
    expectSame(clone, origin);
    expect(packsIn(clone)).toHaveLength(4);
    expect(events.some(({ text, total }) => text?.startsWith('Receiving objects') === true && total === 3)).toBe(true);
  });

  test('of a shallow server keeps the shallowness visible', async () => {
    const { fetch, clone, origin } = await serve();
    const tip = origin.git('rev-parse', 'HEAD');
    writeFileSync(join(origin.dir, '.git/shallow'), `${tip}\n`);
    await fetch();
    expect(readFileSync(join(clone, 'shallow'), 'utf8')).toBe(`${tip}\n`);
    origin.commit();
    await fetch();
    expect(gitIn(clone, 'rev-list', '--count', 'main')).toBe('2');
  });

  test('of a repository without commits, and of none at all', async () => {
    const { fetch, origin, clones, relay } = await serve();
    origin.git('update-ref', '-d', 'refs/heads/main');
    expect((await failureOf(fetch())).code).toBe('no-commits');
    const missing = project(`git://127.0.0.1:${relay.port}/nothing`);
    expect((await failureOf(obtain(missing, { clones, environment: quiet }))).code).toBe('not-found');
    expect(existsSync(clones) ? readdirSync(clones) : []).toEqual([]);
  });

  test('of a host that refuses', async () => {
    const error = await failureOf(
      obtain(project('git://127.0.0.1:1/x'), { clones: temporaryFolder(), environment: quiet }),
    );
    expect(error.code).toBe('unreachable');
    expect(error.message).toContain('refused');
  });

  test('a cut leaves the old state whole, and the next run completes', async () => {
    const { fetch, origin, clone, relay } = await serve();
    await fetch();
    const [before, files] = [stateOf(clone), packsIn(clone)];
    origin.commit({ files: { 'noise.bin': noise(400_000) } });
    relay.limit = { bytes: 150_000, end: 'cut' };
    const error = await failureOf(fetch());
    expect(error.code).toBe('unreachable');
    expect(error.message).toContain('broke off');
    expect(stateOf(clone)).toEqual(before);
    expect(packsIn(clone)).toEqual(files);
    expect(readdirSync(clone).join()).not.toContain('incoming');
    relay.limit = null;
    await fetch();
    expectSame(clone, origin);
  });

  test('silence and an abort end git', async () => {
    const { fetch, origin, clones, relay } = await serve();
    origin.commit({ files: { 'noise.bin': noise(400_000) } });
    relay.limit = { bytes: 0, end: 'stall' };
    expect((await failureOf(fetch({ idleTimeout: 200 }))).message).toContain('silent');
    relay.limit = { bytes: 150_000, end: 'stall' };
    expect((await failureOf(fetch({ idleTimeout: 300 }))).message).toContain('silent');
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 300);
    const error = await failureOf(fetch({ signal: abort.signal }));
    expect(error.exitCode).toBe(130);
    expect(readdirSync(clones)).toEqual([]);
  });

  test('without git says so', async () => {
    const { fetch } = await serve();
    const error = await failureOf(fetch({ environment: { ...quiet, PATH: '/nowhere' } }));
    expect(error.code).toBe('unreachable');
    expect(error.exitCode).toBe(4);
    expect(error.message).toContain('no git is installed');
  });

  test('runs nothing that a configuration or a clone names', async () => {
    const { fetch, origin, clone, clones } = await serve();
    await fetch();
    const trap = join(clones, 'trap');
    const mark = join(clones, 'sprung');
    writeFileSync(trap, `#!/bin/sh\ntouch "${mark}"\n`);
    chmodSync(trap, 0o755);
    mkdirSync(join(clone, 'hooks'));
    for (const hook of ['reference-transaction', 'post-checkout', 'post-merge']) {
      writeFileSync(join(clone, 'hooks', hook), readFileSync(trap), { mode: 0o755 });
    }
    for (const key of ['core.fsmonitor', 'core.sshCommand', 'core.gitProxy', 'core.alternateRefsCommand', 'core.pager'])
      gitIn(clone, 'config', key, trap);
    origin.commit();
    await fetch();
    expect(refsOf(clone)).toEqual(refsOf(join(origin.dir, '.git')));
    expect(existsSync(mark)).toBe(false);
  });
});

/** A repository, and a real ssh server before it. */
async function remote() {
  const dir = temporaryFolder();
  const origin = new TestRepository(join(dir, "it's here"));
  origin.commit({ files: { 'a.txt': 'one\n' } });
  const server = await startSshServer();
  const clones = join(dir, 'clones');
  const url = `${server.url}${encodeURI(origin.dir)}`;
  return { origin, server, clones, clone: join(clones, 'sample.git'), url };
}

describe.skipIf(!hasSshServer)('ssh (needs sshd)', () => {
  test('clones and fetches, with the ssh command of the environment', async () => {
    const { origin, server, clones, clone, url } = await remote();
    const environment = { ...quiet, GIT_SSH_COMMAND: server.command };
    await obtain(project(url), { clones, environment });
    expectSame(clone, origin);
    origin.commit({ files: { 'b.txt': 'two\n' } });
    await obtain(project(url), { clones, environment });
    expectSame(clone, origin);
  });

  test('takes the short form, and the ssh command and the names of the configuration', async () => {
    const { origin, server, clones, clone } = await remote();
    const { username, port } = new URL(server.url);
    const config = join(clones, '..', 'gitconfig');
    writeFileSync(
      config,
      `[core]\n\tsshCommand = ${server.command} -p ${port}\n[url "${username}@127.0.0.1:"]\n\tinsteadOf = git@forge.example:\n`,
    );
    await obtain(project(`git@forge.example:${origin.dir}`), {
      clones,
      environment: { ...quiet, GIT_CONFIG_GLOBAL: config },
    });
    expectSame(clone, origin);
  });

  test('asks nothing: an unknown host, a refused key, a missing repository', async () => {
    const { server, clones, url } = await remote();
    const unknown = await failureOf(obtain(project(url), { clones, environment: quiet }));
    expect(unknown.message).toContain("host's key");
    const command = server.command.replace(/-i \S+/, '-i /nowhere/key -o IdentitiesOnly=yes');
    const keyless = { ...quiet, GIT_SSH_COMMAND: command };
    expect((await failureOf(obtain(project(url), { clones, environment: keyless }))).code).toBe('unauthorized');
    const known = { ...quiet, GIT_SSH_COMMAND: server.command };
    const gone = await failureOf(obtain(project(`${server.url}/nowhere`), { clones, environment: known }));
    expect(gone.code).toBe('not-found');
    const none = { ...quiet, GIT_SSH_COMMAND: '/nowhere/ssh' };
    expect((await failureOf(obtain(project(url), { clones, environment: none }))).code).toBe('unreachable');
  });
});

test.skipIf(hasSshServer)('ssh: SKIPPED, there is no sshd here', () => undefined);

describe('ssh through a stand-in that runs the command here', () => {
  test('ends with all it started when it is interrupted', async () => {
    const dir = temporaryFolder();
    const mark = join(dir, 'ended');
    const stand = join(dir, 'ssh');
    writeFileSync(stand, `#!/bin/sh\ntrap 'touch "${mark}"; exit 1' TERM\nwhile :; do sleep 0.05; done\n`, {
      mode: 0o755,
    });
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 300);
    const error = await failureOf(
      obtain(project('git@example.org:x'), {
        clones: join(dir, 'clones'),
        environment: { ...quiet, GIT_SSH_COMMAND: stand },
        signal: abort.signal,
      }),
    );
    expect(error.code).toBe('interrupted');
    expect(existsSync(mark)).toBe(true);
  });
});
