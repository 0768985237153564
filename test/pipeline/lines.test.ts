import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collect, type CollectOutcome } from '../../src/pipeline/collect.js';
import { temporaryFolder, testRepository, type TestRepository } from '../fixtures/repository.js';
import { rows } from '../store/opened.js';

interface Place {
  repository: TestRepository;
  store: string;
  run(lines?: boolean, jobs?: number, compat?: 'strict'): Promise<CollectOutcome>;
}

function place(): Place {
  const repository = testRepository();
  const dir = temporaryFolder();
  const store = join(dir, 'health.sqlite');
  const project = { name: 'one', url: repository.dir, refs: 'branches', layer: null, tags: [] } as const;
  const study = { name: 'test', projects: [{ ...project, tags: [] }], replicates: null, replica: false };
  const run = async (lines?: boolean, jobs = 1, compat?: 'strict') => {
    const options = { store, clones: join(dir, 'clones'), only: [], jobs, allowShallow: false, actions: true };
    const [outcome] = await collect(study, {
      ...options,
      ...(lines !== undefined && { lines }),
      ...(compat && { compat }),
    });
    return outcome!;
  };
  return { repository, store, run };
}

const COMMITS = 'select s.rev, l.added, l.removed from commits_lines l join scmlog s on s.id = l.commit_id order by 1';
const ACTIONS = `select s.rev, a.type, l.added, l.removed, l.binary from health_action_lines l
  join actions a on a.id = l.action_id join scmlog s on s.id = a.commit_id order by 1, a.id`;

/** What git's own shortstat says, a row a commit. */
function gitSums({ dir }: TestRepository, ...how: string[]): unknown[][] {
  const args = ['log', '--all', '--numstat', '--format=>%H', ...how];
  const out = execFileSync('git', args, {
    cwd: dir,
    encoding: 'utf8',
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' },
  });
  const found: [string, number, number][] = [];
  for (const line of out.split('\n')) {
    if (line.startsWith('>')) found.push([line.slice(1), 0, 0]);
    const [, added, removed] = /^(\d+)\t(\d+)\t/.exec(line) ?? [];
    const last = found.at(-1);
    if (!last || added === undefined) continue;
    last[1] += Number(added);
    last[2] += Number(removed);
  }
  return found.sort((a, b) => (a[0] < b[0] ? -1 : 1));
}

const text = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `line ${from + i}\n`).join('');

function fill(repository: TestRepository): void {
  repository.commit({ files: { a: text(0, 30), bin: Buffer.from([0, 1]) } });
  repository.git('checkout', '-qb', 'side');
  repository.commit({ files: { a: text(5, 30), b: text(0, 9) } });
  repository.git('checkout', '-q', 'main');
  repository.git('mv', 'a', 'moved');
  repository.commit({ files: { moved: text(0, 33), bin: Buffer.from([0, 2]) } });
}

describe('health collect --lines', () => {
  it.each([1, 2])('fills in what is missing, goes on unasked, and stops when told so (jobs %i)', async (jobs) => {
    const { repository, store, run } = place();
    fill(repository);
    expect(await run(undefined, jobs)).toMatchObject({ summary: { mode: 'new' } });
    expect(rows(store, COMMITS)).toEqual([]);
    expect(await run(true, jobs)).toMatchObject({ summary: { mode: 'rebuilt', vanished: 0 } });
    expect(rows(store, COMMITS)).toEqual(gitSums(repository, '-M', '-C'));
    expect(await run(true, jobs)).toMatchObject({ summary: { mode: 'unchanged' } });
    expect(await run(undefined, jobs)).toMatchObject({ summary: { mode: 'unchanged' } });
    repository.commit({ files: { moved: text(3, 33) } });
    expect(await run(undefined, jobs)).toMatchObject({ summary: { mode: 'appended' } });
    expect(rows(store, COMMITS)).toEqual(gitSums(repository, '-M', '-C'));
    const before = rows(store, 'select * from actions');
    expect(await run(false, jobs)).toMatchObject({ summary: { mode: 'unchanged' } });
    expect(rows(store, 'select count(*) from commits_lines')).toEqual([[0]]);
    expect(rows(store, 'select count(*) from health_action_lines')).toEqual([[0]]);
    expect(rows(store, 'select * from actions')).toEqual(before);
    expect(await run(undefined, jobs)).toMatchObject({ summary: { mode: 'unchanged' } });
    repository.commit({ files: { moved: text(4, 33) } });
    expect(await run(undefined, jobs)).toMatchObject({ summary: { mode: 'appended' } });
    expect(rows(store, COMMITS)).toEqual([]);
  });

  it('counts a commit as a plain git log does where strict, as CVSAnalY had it', async () => {
    const { repository, store, run } = place();
    fill(repository);
    // A copy, which a plain git log takes for an addition.
    repository.commit({ files: { moved: text(0, 34), copy: text(0, 33) } });
    await run(true, 1, 'strict');
    expect(rows(store, COMMITS)).toEqual(gitSums(repository));
    await run(true);
    expect(rows(store, COMMITS)).toEqual(gitSums(repository, '-M', '-C'));
    expect(gitSums(repository)).not.toEqual(gitSums(repository, '-M', '-C'));
  });

  it('keeps lines when actions are made anew, and tells binary from unknown', async () => {
    const { repository, store, run } = place();
    fill(repository);
    await run(true);
    // The merged branch's commits change their branch: actions are written anew from the stored ones.
    repository.merge(['side']);
    repository.git('branch', '-qD', 'side');
    await run();
    expect(rows(store, COMMITS)).toEqual(gitSums(repository, '-M', '-C'));
    const whole = place();
    whole.repository.git('pull', '-q', repository.dir, 'main');
    await whole.run(true);
    expect(rows(store, ACTIONS)).toEqual(rows(whole.store, ACTIONS));
    expect(rows(store, `select added, removed, count(*) from health_action_lines where binary = 1`)).toEqual([
      [null, null, 2],
    ]);
    const orphans = 'select count(*) from health_action_lines where action_id not in (select id from actions)';
    expect(rows(store, orphans)).toEqual([[0]]);
  });
});
