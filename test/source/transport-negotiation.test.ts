import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { TestRepository } from '../fixtures/repository.js';
import { expectSame, gitIn, noise, serve, type Served } from './transport-setup.js';

/** Adds `count` small commits to a branch, as fast as git can; `from` is what the first one follows, if any. */
function addCommits(origin: TestRepository, branch: string, count: number, from: string | null, start = 1_500_000_000) {
  const lines: string[] = [];
  for (let i = 0; i < count; i++) {
    const text = `${branch} ${i}\n`;
    lines.push(`commit refs/heads/${branch}\ncommitter Ada Example <ada@example.org> ${start + i * 60} +0000`);
    lines.push(`data ${text.length}\n${text}`);
    if (i === 0 && from !== null) lines.push(`from ${from}`);
    lines.push(`M 100644 inline ${branch}.txt\ndata ${text.length}\n${text}`);
  }
  execFileSync('git', ['fast-import', '--quiet', '--force'], { cwd: origin.dir, input: `${lines.join('\n')}\n` });
}

/** Makes the server forget whatever no ref reaches. */
function forget(origin: TestRepository): void {
  origin.git('reflog', 'expire', '--expire=now', '--all');
  origin.git('gc', '--quiet', '--prune=now');
}

const rounds = ({ server }: Served) => server.requests.filter(({ line }) => line.startsWith('POST')).length;

/** Fetches, holds the clone against the server, and returns what it took. */
async function fetched(served: Served): Promise<{ rounds: number; bytes: number; objects: number }> {
  const before = rounds(served);
  served.events.length = 0;
  await served.fetch();
  expectSame(served.clone, served.origin);
  const last = served.events.at(-1);
  return { rounds: rounds(served) - before, bytes: last?.bytes ?? 0, objects: last?.total ?? 0 };
}

async function heavy(): Promise<Served> {
  const served = await serve();
  served.origin.commit({ files: { 'noise.bin': noise(300_000) } });
  return served;
}

describe('what is here already is not sent again', () => {
  test('after a forced push whose old tip the server has forgotten', async () => {
    const served = await heavy();
    const { origin } = served;
    origin.commit({ files: { 'a.txt': 'to be taken back\n' } });
    await served.fetch();
    origin.git('reset', '--quiet', '--hard', 'HEAD~1');
    origin.commit({ files: { 'a.txt': 'another\n' } });
    forget(origin);
    const took = await fetched(served);
    expect(took.objects).toBe(3);
    expect(took.bytes).toBeLessThan(20_000);
    expect(took.rounds).toBe(1);
  });

  test('with a thousand commits of ours that the server has not, in a few rounds', async () => {
    const served = await heavy();
    const { origin } = served;
    const base = origin.git('rev-parse', 'HEAD');
    addCommits(origin, 'side', 1000, base);
    await served.fetch();
    origin.git('branch', '-D', 'side');
    origin.commit({ files: { 'a.txt': 'another\n' } });
    origin.git('branch', '-m', 'main', 'trunk');
    // The clone's only way to what is common leads through what the server has forgotten.
    gitIn(served.clone, 'update-ref', '-d', 'refs/heads/main');
    forget(origin);
    const took = await fetched(served);
    expect(took.objects).toBe(3);
    expect(took.bytes).toBeLessThan(100_000);
    expect(took.rounds).toBeLessThan(10);
  });

  test('with thousands of refs', async () => {
    const served = await heavy();
    const { origin } = served;
    addCommits(origin, 'side', 2500, null);
    const revs = origin.git('rev-list', 'side').split('\n');
    const commands = revs.map((rev, i) => `create refs/${i % 2 ? 'tags' : 'heads/many'}/n${i} ${rev}\n`).join('');
    execFileSync('git', ['update-ref', '--stdin'], { cwd: origin.dir, input: commands });
    await served.fetch();
    origin.commit({ files: { 'a.txt': 'another\n' } });
    origin.git('branch', 'many/new');
    const took = await fetched(served);
    expect(took.objects).toBe(3);
    expect(took.rounds).toBe(1);
  });

  test('from a shallow server', async () => {
    const served = await heavy();
    const { origin } = served;
    writeFileSync(join(origin.dir, '.git/shallow'), `${origin.git('rev-parse', 'HEAD')}\n`);
    await served.fetch();
    origin.commit({ files: { 'a.txt': 'another\n' } });
    const took = await fetched(served);
    expect(took.objects).toBe(3);
    // Once it has its whole history, so has the clone.
    writeFileSync(join(origin.dir, '.git/shallow'), '');
    origin.commit({ files: { 'a.txt': 'and another\n' } });
    await fetched(served);
    expect(gitIn(served.clone, 'rev-list', '--count', 'main')).toBe('5');
    expect(() => readFileSync(join(served.clone, 'shallow'))).toThrow('ENOENT');
  });
});

describe('the search for what is common ends', () => {
  test('where nothing is', async () => {
    const served = await serve();
    const { origin } = served;
    addCommits(origin, 'side', 3000, null);
    await served.fetch();
    origin.git('checkout', '--quiet', '--orphan', 'fresh');
    origin.commit({ files: { 'new.txt': 'new\n' } });
    origin.git('branch', '-D', 'main', 'side');
    forget(origin);
    const took = await fetched(served);
    expect(took.rounds).toBeLessThan(12);
  });

  test('where what is common lies deep', async () => {
    const served = await heavy();
    const { origin } = served;
    addCommits(origin, 'side', 2000, origin.git('rev-parse', 'HEAD'));
    await served.fetch();
    addCommits(origin, 'side', 2000, origin.git('rev-parse', 'side~1990'), 1_600_000_000);
    forget(origin);
    const took = await fetched(served);
    expect(took.rounds).toBeLessThan(12);
    expect(took.objects).toBeLessThan(6100);
    expect(took.bytes).toBeLessThan(700_000);
  });
});
