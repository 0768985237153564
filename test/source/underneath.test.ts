import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { CommitChange } from '../../src/model/record.js';
import { extractInWorker } from '../fixtures/worker-extraction.js';
import { extract } from '../../src/source/extraction.js';
import { readRefFiles } from '../../src/source/refs/ref-files.js';
import { openRepository } from '../../src/source/repository.js';
import { testRepository, type TestRepository } from '../fixtures/repository.js';
import { fastImport } from './git-oracle.js';

const ROUNDS = 12;

/** Commits over folders that change a little each time, with renames. */
function busyRepository(commits = 600): TestRepository {
  const repository = testRepository();
  const lines: string[] = [];
  const text = (i: number) => Array.from({ length: 20 }, (_, k) => `line ${k} of ${k === i % 20 ? i : 0}\n`).join('');
  for (let i = 0; i < commits; i++) {
    const path = `dir-${i % 9}/part-${i % 40}`;
    lines.push('commit refs/heads/main', `mark :${i + 1}`);
    lines.push(`committer A <a@example.org> ${1_400_000_000 + i} +0000`, 'data 1', 'x');
    if (i % 30 === 29) lines.push(`D dir-${(i - 1) % 9}/part-${(i - 1) % 40}`);
    lines.push(`M 100644 inline ${path}`, `data ${text(i).length}`, text(i), '');
  }
  fastImport(repository.dir, Buffer.from(`${lines.join('\n')}\n`));
  return repository;
}

/** Runs the lines in the repository over and over, until the test ends; resolves when they ran once. */
async function overAndOver(
  { dir }: TestRepository,
  lines: string,
): Promise<{ child: ChildProcess; times: () => number }> {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  const script = `set -e\ni=0\nwhile :; do\ni=$((i+1))\n${lines}\necho .\ndone`;
  const child = spawn('bash', ['-c', script], { cwd: dir, env, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  let count = 0;
  child.stdout.on('data', (text: Buffer) => (count += text.length / 2));
  onTestFinished(async () => {
    // The shell and the git it is running.
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
  });
  await once(child.stdout, 'data');
  return { child, times: () => count };
}

async function everything(dir: string, read: typeof extractInWorker): Promise<CommitChange[]> {
  const changes: CommitChange[] = [];
  for await (const event of read(dir, { refs: 'branches', actions: true, known: new Set() })) {
    if (event.kind === 'batch') changes.push(...event.changes);
    if (event.kind === 'losses') throw new Error(event.losses.first);
  }
  return changes;
}

describe('someone else’s git works in the repository while it is read', () => {
  test.each([
    ['repack -a -d', 'git repack -adfq --window=$((i % 4))'],
    [
      'gc, loose objects and packs in turn',
      'git repack -adq\ngit repack -Adq --unpack-unreachable=now\ngit gc -q --prune=now',
    ],
    [
      'unpacked and packed again',
      // Hard links, so that each loose object is there at once, and whole; then the packs go.
      `rm -rf loose; mkdir -p loose/pack loose/info
       for pack in .git/objects/pack/pack-*.pack; do GIT_OBJECT_DIRECTORY=loose git unpack-objects -q < $pack; done
       cp -rln loose/?? .git/objects/; rm -f .git/objects/pack/*.idx; rm -f .git/objects/pack/*
       git repack -adq; git prune-packed -q`,
    ],
    [
      'a multi-pack-index comes and goes',
      'git repack -adfq --write-midx\ngit multi-pack-index expire\nrm -f .git/objects/pack/multi-pack-index',
    ],
  ])('%s', { timeout: 120_000 }, async (name, lines) => {
    const repository = busyRepository(name.startsWith('unpacked') ? 60 : 600);
    const expected = await everything(repository.dir, extract);
    const { child, times } = await overAndOver(repository, lines);
    // On a crowded machine git may be slower than all rounds.
    for (let round = 0; round < ROUNDS || (times() < 2 && child.exitCode === null); round++) {
      expect(await everything(repository.dir, round % 2 === 0 ? extract : extractInWorker)).toEqual(expected);
    }
    // It worked to the end, and more than once.
    expect(child.exitCode).toBeNull();
    expect(times()).toBeGreaterThan(1);
  });

  test('new branches are packed: none that was seen is ever lost', { timeout: 60_000 }, async () => {
    const repository = busyRepository(60);
    const rev = repository.git('rev-parse', 'main');
    // Many, so that reading them takes a while.
    const tags = Array.from({ length: 4000 }, (_, i) => `create refs/tags/t${i} ${rev}\n`);
    execFileSync('git', ['update-ref', '--stdin'], { cwd: repository.dir, input: tags.join('') });
    repository.git('pack-refs', '--all');
    const { child } = await overAndOver(repository, 'git update-ref refs/heads/new$i main\ngit pack-refs --all');
    const until = performance.now() + 4000;
    let seen = new Set<string>();
    while (performance.now() < until) {
      const { refs } = readRefFiles(openRepository(repository.dir));
      expect([...seen].filter((name) => !refs.has(name))).toEqual([]);
      seen = new Set(refs.keys());
      await new Promise(setImmediate);
    }
    expect(child.exitCode).toBeNull();
    expect(seen.size).toBeGreaterThan(tags.length + 20);
  });
});
