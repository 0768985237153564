import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { HistoryOutline, KnownHistory } from '../../src/model/history.js';
import { extract, extractRecent } from '../../src/source/extraction.js';
import { openHistory } from '../../src/source/history.js';
import { attribution } from '../../src/store/load-preparation.js';
import { keepsBranches } from '../../src/store/recent-load.js';
import { openStore } from '../../src/store/store.js';
import { bob, testRepository, type TestRepository } from '../fixtures/repository.js';
import { runs } from '../fixtures/runs.js';
import { evolution, EvolvingRepository } from '../pipeline/evolving-repository.js';
import { loadOptions, project } from './made-history.js';
import { contents, rows, storeFile } from './opened.js';

const TASK = { refs: 'branches', actions: true } as const;

/** Loads as a collect does; tells whether the whole history was read. */
async function collected(file: string, { dir }: { dir: string }) {
  const store = openStore(file);
  const history = openHistory(dir, TASK);
  let isWhole = false;
  try {
    const whole = (known: ReadonlySet<string>) => {
      isWhole = true;
      return extract(dir, { ...TASK, known });
    };
    const recent = (known: KnownHistory) => {
      const outline = history.recent(known);
      return outline && extractRecent(history, outline, TASK);
    };
    const summary = await store.load(project(), whole, loadOptions({ recent }));
    return { ...summary, isWhole };
  } finally {
    history.close();
    store.close();
  }
}

async function expectAsFull(file: string, repository: TestRepository): Promise<void> {
  const full = storeFile();
  await collected(full, repository);
  expect(contents(file)).toEqual(contents(full));
}

const SUM = `select (select count(*) from file_types), (select count(*) from months), (select count(*) from weeks),
  (select count(*) from health_action_paths), (select count(*) from health_paths where state = 'live'),
  (select count(*) from health_paths where state = 'moved'), (select count(*) from health_paths where state = 'deleted')`;

it('reads no more than what came on top of the default branch', async () => {
  const repository = testRepository();
  repository.commit({ files: { 'src/a.c': 'one\ntwo\nthree\nfour\n', 'src/b.c': '1', 'doc/x': '1' } });
  repository.git('tag', 'v0');
  const fork = repository.commit({ files: { 'src/b.c': '2' } });
  repository.git('branch', '--quiet', 'stable');
  repository.commit({ files: { 'src/b.c': '3' }, author: bob });
  const file = storeFile();
  expect(await collected(file, repository)).toMatchObject({ mode: 'new', isWhole: true });

  // A side branch from below, merged and deleted; renames, deletions, tags that come, move and go.
  const rounds = [
    () => {
      repository.git('checkout', '--quiet', '-b', 'topic', fork);
      repository.commit({ files: { 'src/t.c': '1', 'src/a.c': null, 'lib/a.c': 'one\ntwo\nthree\nfour\n' } });
      repository.git('checkout', '--quiet', 'main');
      repository.merge(['topic']);
      repository.git('branch', '--quiet', '-D', 'topic');
      repository.git('tag', 'v1');
    },
    () => {
      repository.commit({ files: { 'lib/a.c': 'one\ntwo\nthree\nfour\nfive\n', 'doc/x': null } });
      repository.git('tag', '-d', 'v0');
      repository.git('tag', '-f', 'v1');
    },
    () => {
      repository.commit({ files: { 'doc/x': '2', 'src/t.c': '2' } });
      repository.commit({ files: { 'lib/a.c': null } });
    },
    () => repository.git('tag', 'v2', fork),
  ];
  for (const round of rounds) {
    round();
    expect(await collected(file, repository)).toMatchObject({ mode: 'appended', isWhole: false, vanished: 0 });
    await expectAsFull(file, repository);
    const full = storeFile();
    await collected(full, repository);
    expect(rows(file, SUM)).toEqual(rows(full, SUM));
  }
  expect(rows(file, 'select name, movement from health_ref_moves')).toEqual([
    ['refs/heads/main', 'forwarded'],
    ['refs/tags/v1', 'created'],
    ['refs/heads/main', 'forwarded'],
    ['refs/tags/v1', 'changed'],
    ['refs/tags/v0', 'deleted'],
    ['refs/heads/main', 'forwarded'],
    ['refs/tags/v2', 'created'],
  ]);
});

it.each([
  [
    'a branch is named where history was known',
    (repository: TestRepository) => repository.git('branch', 'old', 'HEAD~1'),
  ],
  [
    'another branch comes first in the log',
    (repository: TestRepository) => {
      repository.git('checkout', '--quiet', '-b', 'topic', 'HEAD~1');
      repository.commit({ files: { t: '1' } });
    },
  ],
  [
    'history was rewritten',
    (repository: TestRepository) => {
      repository.git('reset', '--quiet', '--hard', 'HEAD~1');
      repository.commit({ files: { a: '9' } });
    },
  ],
  [
    'a branch is named there, and there are new commits',
    (repository: TestRepository) => {
      repository.git('branch', 'old', 'HEAD~1');
      repository.commit({ files: { a: '9' } });
    },
  ],
  ['the default branch is called otherwise', (repository: TestRepository) => repository.git('branch', '-m', 'trunk')],
])('reads the whole where %s', async (_, happen) => {
  const repository = testRepository();
  for (let i = 0; i < 3; i++) repository.commit({ files: { a: String(i) } });
  repository.git('branch', 'second', 'HEAD~2');
  const file = storeFile();
  await collected(file, repository);
  happen(repository);
  expect(await collected(file, repository)).toMatchObject({ isWhole: true });
  await expectAsFull(file, repository);
});

it('reads the whole where the default branch is another, whose name goes to what has none', async () => {
  const repository = testRepository();
  repository.commit({ files: { a: '1' } });
  repository.git('branch', 'second');
  repository.commit({ files: { a: '2' } });
  repository.git('checkout', '--quiet', '--detach');
  repository.commit({ files: { a: 'aside' } });
  repository.git('tag', 'aside');
  repository.git('checkout', '--quiet', 'main');
  const file = storeFile();
  await collected(file, repository);
  repository.git('symbolic-ref', 'HEAD', 'refs/heads/second');
  expect(await collected(file, repository)).toMatchObject({ isWhole: true });
  await expectAsFull(file, repository);
});

it('takes back what had vanished', async () => {
  const repository = testRepository();
  repository.commit({ files: { a: '1' } });
  const gone = repository.commit({ files: { a: '2' } });
  const file = storeFile();
  await collected(file, repository);
  repository.git('reset', '--quiet', '--hard', 'HEAD~1');
  await collected(file, repository);
  expect(rows(file, 'select rev from health_vanished')).toEqual([[gone]]);
  repository.git('reset', '--quiet', '--hard', gone);
  expect(await collected(file, repository)).toMatchObject({ mode: 'appended', commits: 1, isWhole: false });
  expect(rows(file, 'select rev from health_vanished')).toEqual([]);
  await expectAsFull(file, repository);
});

const outlineOf = (dir: string, known?: KnownHistory): HistoryOutline | null => {
  const history = openHistory(dir, TASK);
  try {
    return known ? history.recent(known) : history.outline();
  } finally {
    history.close();
  }
};

it.each(['bare', 'clone'] as const)('keeps the branches of known commits (%s)', { timeout: 600_000 }, (layout) => {
  const property = fc.property(evolution, (rounds) => {
    const dir = mkdtempSync(join(tmpdir(), 'stack-health-'));
    try {
      const origin = new EvolvingRepository(join(dir, 'origin'), layout);
      let before = outlineOf(origin.dir)!;
      for (const round of rounds) {
        origin.take(round);
        const after = outlineOf(origin.dir)!;
        const held = new Set(before.revs);
        const isParent = new Set(before.parents.flat());
        const ends = before.revs.filter((_, i) => !isParent.has(i));
        const part = outlineOf(origin.dir, { has: ({ rev }) => held.has(rev), tips: new Set<string>(), ends });
        const found = part && attribution(part);
        if (part !== null && found !== null && keepsBranches(before, part, found)) {
          expect([...found.branches, ...attribution(before).branches]).toEqual(attribution(after).branches);
        }
        before = after;
      }
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
  fc.assert(property, { numRuns: runs(15) });
});
