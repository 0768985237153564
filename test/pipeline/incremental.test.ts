import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { KnownHistory } from '../../src/model/history.js';
import type { Project, Study } from '../../src/model/project.js';
import { collect } from '../../src/pipeline/collect.js';
import { extract, extractRecent } from '../../src/source/extraction.js';
import { openHistory } from '../../src/source/history.js';
import { openStore } from '../../src/store/store.js';
import { startGitServer } from '../fixtures/git-server.js';
import { temporaryFolder, TestRepository } from '../fixtures/repository.js';
import { runs } from '../fixtures/runs.js';
import { evolution, EvolvingRepository, type Step } from './evolving-repository.js';
import { raw, scopedContent } from './scoped-content.js';

const RUNS = runs(10);

function project(name: string, url: string): Project {
  return { name, url, refs: 'branches', layer: null, tags: [] };
}

async function bring(dir: string, projects: Project[]): Promise<string> {
  const study: Study = { name: 'test', projects, replicates: null, replica: false };
  const [store, clones] = [join(dir, 'health.sqlite'), join(dir, 'clones')];
  const outcomes = await collect(study, { store, clones, only: [], jobs: 1, allowShallow: false, actions: true });
  expect(outcomes.map(({ error }) => error)).toEqual(projects.map(() => null));
  return store;
}

/** As `bring`, with renames and copies told and all rules said: what no command line offers in every combination. */
async function bringWith(dir: string, one: Project, compat: 'default' | 'strict'): Promise<string> {
  const file = join(dir, 'health.sqlite');
  const store = openStore(file);
  const history = openHistory(one.url, { refs: 'branches' });
  try {
    const task = { refs: 'branches', actions: true, renames: true } as const;
    const read = (known: ReadonlySet<string>) => extract(one.url, { ...task, known });
    const recent = (known: KnownHistory) => {
      const outline = history.recent(known);
      return outline && extractRecent(history, outline, task);
    };
    await store.load(one, read, { actions: true, compat, toolVersion: '0', now: '2020-01-01 00:00:00', recent });
  } finally {
    history.close();
    store.close();
  }
  return file;
}

/** Runs in a folder that goes away at once: a property has many runs. */
async function inFolder(work: (dir: string) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'stack-health-'));
  try {
    await work(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Another project of the same store, which shares people, branches and tags with the one that changes. */
function neighbour(): TestRepository {
  const repository = new TestRepository(join(temporaryFolder(), 'neighbour'));
  repository.commit({ files: { 'src/a': '1' } });
  repository.git('tag', 'v1');
  repository.git('checkout', '--quiet', '-b', 'topic');
  repository.commit({ files: { 'src/a': '2' } });
  return repository;
}

/** What any program sees, without a scope: nothing that no project uses. */
function names(store: string, table: string): string[] {
  return raw(store, `select name from ${table}`).flat().map(String).sort();
}

/** Collects after every round of `rounds`, into the one store and into a fresh one, and compares. */
async function evolve(
  dir: string,
  rounds: readonly Step[][],
  origin: EvolvingRepository,
  projects: Project[],
  collectInto = bring,
): Promise<void> {
  const seen = new Set<unknown>();
  for (const [i, round] of [[], ...rounds].entries()) {
    origin.take(round);
    const kept = await collectInto(join(dir, 'kept'), projects);
    const fresh = await collectInto(join(dir, `fresh-${i}`), projects);
    for (const { name } of projects) expect(scopedContent(kept, name)).toEqual(scopedContent(fresh, name));
    for (const shared of ['people', 'branches', 'tags']) expect(names(kept, shared)).toEqual(names(fresh, shared));
    for (const [rev] of raw(fresh, 'select rev from scmlog')) seen.add(rev);
    const present = raw(kept, 'select rev from scmlog').flat();
    const vanished = raw(kept, 'select rev from health_vanished where first_seen <= last_seen').flat();
    expect([...present, ...vanished].sort()).toEqual([...seen].sort());
    rmSync(join(dir, `fresh-${i}`), { recursive: true });
  }
}

describe('collecting again and again gives what collecting once gives', () => {
  it.each(['bare', 'clone'] as const)('from a local repository (%s)', { timeout: 600_000 }, async (layout) => {
    const other = neighbour();
    const property = fc.asyncProperty(evolution, (rounds) =>
      inFolder(async (dir) => {
        const origin = new EvolvingRepository(join(dir, 'origin'), layout);
        await evolve(dir, rounds, origin, [project('one', origin.dir), project('other', other.dir)]);
      }),
    );
    await fc.assert(property, { numRuns: RUNS });
  });

  it.each(['default', 'strict'] as const)('with renames, compat %s', { timeout: 600_000 }, async (compat) => {
    const property = fc.asyncProperty(evolution, (rounds) =>
      inFolder(async (dir) => {
        const origin = new EvolvingRepository(join(dir, 'origin'), 'bare');
        const projects = [project('one', origin.dir)];
        await evolve(dir, rounds, origin, projects, (to) => bringWith(to, projects[0]!, compat));
      }),
    );
    await fc.assert(property, { numRuns: RUNS });
  });

  it('over HTTP', { timeout: 600_000 }, async () => {
    const root = temporaryFolder();
    const server = await startGitServer(root);
    onTestFinished(() => server.close());
    let count = 0;
    const property = fc.asyncProperty(evolution, (rounds) =>
      inFolder(async (dir) => {
        const name = `repo-${(count += 1)}`;
        const origin = new EvolvingRepository(join(root, name), 'bare');
        await evolve(dir, rounds, origin, [project('one', `${server.url}/${name}`)]);
        rmSync(origin.dir, { recursive: true });
      }),
    );
    await fc.assert(property, { numRuns: Math.ceil(RUNS / 3) });
  });
});
