import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bob } from '../fixtures/repository.js';
import { expectSame, failureOf, gitIn, noise, refsOf, serve } from './transport-setup.js';

const posts = (requests: { line: string }[]) => requests.filter(({ line }) => line.startsWith('POST')).length;

describe('a first fetch', () => {
  test('makes a bare clone that git finds nothing wrong with', async () => {
    const { fetch, clone, origin, clones } = await serve();
    origin.git('tag', 'light');
    origin.git('tag', '-a', '-m', 'A tag', 'heavy');
    origin.git('branch', 'topic/x', 'HEAD~1');
    expect(await fetch()).toBe(clone);
    expectSame(clone, origin);
    expect(gitIn(clone, 'rev-parse', '--is-bare-repository')).toBe('true');
    expect(readdirSync(clones)).toEqual(['sample.git']);
    expect(readFileSync(join(clone, 'packed-refs'), 'utf8')).toContain(`^${origin.git('rev-parse', 'HEAD')}`);
    const [pack] = readdirSync(join(clone, 'objects/pack')).filter((name) => name.endsWith('.idx'));
    expect(gitIn(clone, 'verify-pack', join(clone, 'objects/pack', pack ?? ''))).toBe('');
  });

  test('takes branches and tags only', async () => {
    const { fetch, clone, origin } = await serve();
    const tip = origin.git('rev-parse', 'HEAD');
    origin.git('update-ref', 'refs/pull/1/head', tip);
    origin.git('update-ref', 'refs/notes/commits', tip);
    await fetch();
    expect(gitIn(clone, 'for-each-ref', '--format=%(refname)')).toBe('refs/heads/main');
  });

  test('says what comes in', async () => {
    const { fetch, origin, events } = await serve();
    origin.commit({ files: { 'noise.bin': noise(300_000) } });
    await fetch();
    expect(events.every(({ project, stage }) => project === 'sample' && stage === 'fetch')).toBe(true);
    expect(events.some(({ text }) => text?.startsWith('Counting objects') === true)).toBe(true);
    const last = events.at(-1);
    expect(last?.done).toBe(11);
    expect(last?.total).toBe(11);
    expect(last?.bytes).toBeGreaterThan(300_000);
  });

  test('of a repository without commits is an error that leaves nothing', async () => {
    const { fetch, origin, clones, url } = await serve();
    origin.git('update-ref', '-d', 'refs/heads/main');
    const error = await failureOf(fetch());
    expect(error.code).toBe('no-commits');
    expect(error.message).toContain(url);
    expect(existsSync(clones) ? readdirSync(clones) : []).toEqual([]);
  });

  test('keeps a server shallowness visible', async () => {
    const { fetch, clone, origin } = await serve();
    const tip = origin.git('rev-parse', 'HEAD');
    writeFileSync(join(origin.dir, '.git/shallow'), `${tip}\n`);
    await fetch();
    expect(readFileSync(join(clone, 'shallow'), 'utf8')).toBe(`${tip}\n`);
    expect(gitIn(clone, 'rev-list', '--count', 'main')).toBe('1');
  });

  test('of a detached HEAD takes the branch that stands there', async () => {
    const { fetch, clone, origin } = await serve();
    origin.git('checkout', '--quiet', '--detach');
    await fetch();
    expect(gitIn(clone, 'symbolic-ref', 'HEAD')).toBe('refs/heads/main');
  });
});

describe('a later fetch', () => {
  test('downloads nothing when nothing moved', async () => {
    const { fetch, server, clone } = await serve();
    await fetch();
    const before = statSync(join(clone, 'packed-refs')).mtimeMs;
    const asked = posts(server.requests);
    await fetch();
    expect(posts(server.requests)).toBe(asked);
    expect(statSync(join(clone, 'packed-refs')).mtimeMs).toBe(before);
  });

  test('brings new commits only', async () => {
    const { fetch, origin, clone, events } = await serve();
    origin.commit({ files: { 'noise.bin': noise(200_000) } });
    await fetch();
    events.length = 0;
    origin.commit({ committer: bob, files: { 'c.txt': 'c\n' } });
    await fetch();
    expectSame(clone, origin);
    expect(events.at(-1)).toMatchObject({ done: 3, total: 3 });
    expect(events.at(-1)?.bytes).toBeLessThan(20_000);
  });

  test('follows a forced push, a deleted branch, a moved tag and a new annotated one', async () => {
    const { fetch, origin, clone } = await serve();
    origin.git('branch', 'old');
    origin.git('tag', 'moving', 'HEAD~1');
    await fetch();
    origin.git('reset', '--quiet', '--hard', 'HEAD~1');
    origin.commit({ files: { 'other.txt': 'other\n' } });
    origin.git('branch', '-D', 'old');
    origin.git('tag', '-f', 'moving');
    origin.git('tag', '-a', '-m', 'New', 'v1');
    await fetch();
    expectSame(clone, origin);
    expect(refsOf(clone).map((ref) => ref.split(' ')[0])).toEqual([
      'refs/heads/main',
      'refs/tags/moving',
      'refs/tags/v1',
    ]);
  });

  test('needs no pack when the server only went back', async () => {
    const { fetch, origin, clone } = await serve();
    await fetch();
    origin.git('reset', '--quiet', '--hard', 'HEAD~1');
    await fetch();
    expectSame(clone, origin);
    expect(readdirSync(join(clone, 'objects/pack'))).toHaveLength(2);
  });

  test('follows a renamed default branch and a branch where a folder was', async () => {
    const { fetch, origin, clone } = await serve();
    origin.git('branch', 'a/b');
    await fetch();
    origin.git('branch', '-m', 'main', 'trunk');
    origin.git('branch', '-D', 'a/b');
    origin.git('branch', 'a');
    await fetch();
    expectSame(clone, origin);
    expect(gitIn(clone, 'symbolic-ref', 'HEAD')).toBe('refs/heads/trunk');
  });

  test('gets past loose refs that someone left in the clone', async () => {
    const { fetch, origin, clone } = await serve();
    await fetch();
    gitIn(clone, 'update-ref', 'refs/heads/main', gitIn(clone, 'rev-parse', 'main~1'));
    gitIn(clone, 'update-ref', 'refs/heads/stray', 'main');
    await fetch();
    expectSame(clone, origin);
  });

  test('writes a new URL into the configuration it made', async () => {
    const { fetch, clone, server } = await serve();
    await fetch();
    const config = join(clone, 'config');
    writeFileSync(config, readFileSync(config, 'utf8').replace(/url = .*/, 'url = "http://elsewhere.example/x"'));
    await fetch();
    expect(gitIn(clone, 'config', 'remote.origin.url')).toBe(`${server.url}/sample`);
  });

  test('clears away what dead processes left, even of the same number, and nothing else', async () => {
    const { fetch, clone, clones } = await serve();
    await fetch();
    const [dead, same] = ['sample.git.incoming-4194305-00000000', `sample.git.incoming-${process.pid}-00000000`];
    const [alive, others] = [`sample.git.incoming-${process.ppid}-00000000`, 'sample.git.incoming-mine'];
    for (const name of [dead, same, alive, others]) mkdirSync(join(clones, name, 'objects'), { recursive: true });
    writeFileSync(join(clone, 'packed-refs.tmp-4194305-00000000'), '');
    writeFileSync(join(clone, 'objects/pack/tmp_pack_4194305-00000000'), '');
    await fetch();
    expect(readdirSync(clones).sort()).toEqual(['sample.git', alive, others].sort());
    expect(readdirSync(clone, { recursive: true }).join()).not.toContain('4194305');
  });

  test('leaves alone what is no repository', async () => {
    const { fetch, clone } = await serve();
    mkdirSync(clone, { recursive: true });
    writeFileSync(join(clone, 'mine.txt'), 'mine');
    const error = await failureOf(fetch());
    expect(error.code).toBe('no-repository');
    expect(error.message).toContain('in the way');
    expect(readdirSync(clone)).toEqual(['mine.txt']);
  });
});
