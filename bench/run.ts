import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGitServer } from '../test/fixtures/git-server.js';
import { rewindable } from './increment.js';
import { compare, median, time, type Comparison, type Contender, type Timing } from './measure.js';
import { oracleRows, oracleTable } from './oracle.js';
import { reportRows } from './report.js';
import { generate, repositories, type BenchRepository } from './repositories.js';
import { resultsPage, table, type BenchRow } from './results.js';

const CLI = join(process.cwd(), 'dist/bin/cli.cjs');
const RUNS = Number(process.env['BENCH_RUNS'] ?? 3);
const GROWTH = (process.env['BENCH_GROWTH'] ?? '10000,100000,1000000').split(',').map(Number);
/** What CVSAnalY waits for. */
const CVSANALY_LOG =
  '--topo-order --pretty=fuller --parents --name-status -M -C -c --decorate=full --branches --tags'.split(' ');
const FIELDS = '--format=%H%n%P%n%an%n%ae%n%at%n%cn%n%ce%n%ct%n%B';

const folder = mkdtempSync(join(tmpdir(), 'stack-health-bench-'));
const rows: BenchRow[] = [];
// Code is kept from run to run (src/cli/code-cache.ts): not with the user's.
process.env['XDG_CACHE_HOME'] = join(folder, 'cache');

function add(row: BenchRow): void {
  rows.push(row);
  console.error(`${row.work}: ${row.measured} (${row.detail})`);
}

/** A collect of one repository into a store; `fresh` throws the store away first. */
function collectOf(url: string, fresh: boolean, ...flags: string[]): Contender {
  const [config, store] = [join(folder, 'health.yaml'), join(folder, 'health.sqlite')];
  return {
    name: `health collect ${flags.join(' ')}`,
    before: () => {
      if (fresh) for (const file of [store, join(folder, 'clones')]) rmSync(file, { recursive: true, force: true });
      writeFileSync(config, `study: bench\nprojects:\n  - {name: one, url: ${JSON.stringify(url)}}\n`);
    },
    command: [
      process.execPath,
      CLI,
      'collect',
      '-c',
      config,
      '--store',
      store,
      '--clones',
      join(folder, 'clones'),
      ...flags,
    ],
  };
}

function gitLog(path: string, ...args: string[]): Contender {
  return { name: 'git log', command: ['git', '-C', path, 'log', ...args] };
}

const seconds = (timings: readonly Timing[]) => `${median(timings.map((one) => one.seconds)).toFixed(2)} s`;
const against = ({ ours, theirs }: Comparison) => `${seconds(ours)} against ${seconds(theirs)}`;
const times = (ratio: number) => `${ratio.toFixed(2)}x`;

async function extraction(repository: BenchRepository, must: string, aim: string): Promise<void> {
  const ours = collectOf(repository.path, true, '--compat', 'strict');
  const found = await compare(ours, gitLog(repository.path, ...CVSANALY_LOG), RUNS);
  const work = `strict collect, ${repository.name}, store included`;
  add({
    work,
    against: '`git log --name-status -M -C -c`',
    measured: times(found.ratio),
    detail: against(found),
    must,
    aim,
  });
  if (!repository.name.endsWith('pacemaker')) return;
  const { peak: most } = await time(ours, true);
  const peak = `${Math.round((most ?? 0) / 1e6)} MB`;
  add({
    work: `peak memory, ${repository.name}`,
    against: '',
    measured: peak,
    detail: '',
    must: '600 MB',
    aim: '300 MB',
  });
}

/** What a run takes that finds no code of an earlier one. */
async function compiledAnew({ name, path }: BenchRepository): Promise<void> {
  const kept = collectOf(path, true, '--compat', 'strict');
  const anew = { ...kept, env: { NODE_DISABLE_COMPILE_CACHE: '1' } };
  const found = await compare(anew, kept, RUNS);
  const work = `strict collect, ${name}, its code compiled anew`;
  const against = 'with the code an earlier run left';
  add({
    work,
    against,
    measured: times(found.ratio),
    detail: `${seconds(found.ours)} against ${seconds(found.theirs)}`,
    must: '',
    aim: '',
  });
}

async function pacemakerOnly(repository: BenchRepository): Promise<void> {
  const { name, path } = repository;
  const bare = await compare(collectOf(path, true, '--no-actions'), gitLog(path, '--branches', '--tags', FIELDS), RUNS);
  const work = `commits only, ${name}`;
  add({
    work,
    against: '`git log --format`',
    measured: times(bare.ratio),
    detail: against(bare),
    must: '2x',
    aim: '1x',
  });

  await time(collectOf(path, true));
  const again: Timing[] = [];
  for (let run = 0; run < RUNS; run++) again.push(await time(collectOf(path, false)));
  const second = seconds(again);
  add({
    work: `second collect, nothing new, ${name}`,
    against: '',
    measured: second,
    detail: '',
    must: '0.3 s',
    aim: '0.15 s',
  });
  await increment(repository);
  await clone(repository);
}

/** The default branch alone, moved back by one commit in a hundred, then forward again. */
async function increment({ name, path }: BenchRepository): Promise<void> {
  const copy = join(folder, 'increment.git');
  const { all, fresh, rewind, forward } = rewindable(path, copy);
  const full: Timing[] = [];
  const parts: Timing[] = [];
  for (let run = 0; run < RUNS; run++) {
    forward();
    full.push(await time(collectOf(copy, true)));
    rewind();
    await time(collectOf(copy, true));
    forward();
    parts.push(await time(collectOf(copy, false)));
  }
  const ratio = median(parts.map((one, i) => one.seconds / full[i]!.seconds));
  const work = `second collect with ${fresh} new commits (${((100 * fresh) / all).toFixed(1)} %), ${name}`;
  const detail = `${seconds(parts)} against ${seconds(full)}`;
  add({ work, against: 'a full one', measured: times(ratio), detail, must: '0.1x', aim: '0.05x' });
}

async function clone({ name, path }: BenchRepository): Promise<void> {
  const server = await startGitServer(join(path, '..'));
  try {
    const url = `${server.url}/${path.split('/').at(-1)}`;
    const target = join(folder, 'theirs.git');
    const theirs: Contender = {
      name: 'git clone',
      before: () => rmSync(target, { recursive: true, force: true }),
      command: ['git', 'clone', '--quiet', '--bare', url, target],
    };
    // The store is made too; what it costs is known from the rows above.
    const ours = collectOf(url, true, '--no-actions');
    const found = await compare(ours, theirs, RUNS);
    const work = `clone over loopback HTTP with its commits loaded, ${name}`;
    add({
      work,
      against: '`git clone --bare`',
      measured: times(found.ratio),
      detail: against(found),
      must: '1x',
      aim: '0.7x',
    });
  } finally {
    await server.close();
  }
}

async function growth(): Promise<void> {
  const each = GROWTH.map((commits) => ({ commits, timings: [] as Timing[] }));
  for (let run = 0; run < RUNS; run++) {
    for (const { commits, timings } of each) {
      timings.push(await time(collectOf(await generate(folder, commits), true)));
    }
  }
  for (const { commits, timings } of each) {
    const { peak } = await time(collectOf(await generate(folder, commits), true), true);
    timings.push({ seconds: median(timings.map((one) => one.seconds)), peak });
  }
  const found = each.map(({ commits, timings }) => ({
    commits,
    micro: (median(timings.map((one) => one.seconds)) / commits) * 1e6,
    megabytes: Math.max(...timings.map((one) => one.peak ?? 0)) / 1e6,
  }));
  const [first, last] = [found[0]!, found.at(-1)!];
  const sizes = `${GROWTH.join(' to ')} generated commits`;
  add({
    work: `growth, ${sizes}: time per commit, last against first`,
    against: 'linear',
    measured: times(last.micro / first.micro),
    detail: found.map(({ commits, micro }) => `${commits}: ${micro.toFixed(0)} µs a commit`).join('; '),
    must: '1.2x',
    aim: '',
  });
  add({
    work: `growth, ${sizes}: peak memory, last against first`,
    against: 'flat',
    measured: times(last.megabytes / first.megabytes),
    detail: found.map(({ commits, megabytes }) => `${commits}: ${megabytes.toFixed(0)} MB`).join('; '),
    must: '',
    aim: '',
  });
}

async function strictStore(repository: BenchRepository): Promise<string> {
  await time(collectOf(repository.path, true, '--compat', 'strict'));
  return join(folder, 'health.sqlite');
}

try {
  const [corosync, drbd, pacemaker] = await repositories(folder);
  await extraction(pacemaker!, '0.2x', '0.12x');
  await extraction(drbd!, '0.25x', '0.15x');
  await extraction(corosync!, '1.5x', '0.8x');
  await compiledAnew(corosync!);
  await pacemakerOnly(pacemaker!);
  await growth();
  for (const [projects, megabytes] of [
    [3, 2.5],
    [30, 8],
  ] as const) {
    for (const row of await reportRows(folder, CLI, [corosync!, drbd!, pacemaker!], {
      projects,
      megabytes,
      runs: RUNS,
    }))
      add(row);
  }
  const oracle = oracleTable(await oracleRows([corosync!, drbd!, pacemaker!], strictStore));
  writeFileSync('bench/RESULTS.md', resultsPage(rows, RUNS, oracle));
  console.log(`${table(rows)}\n${oracle}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
