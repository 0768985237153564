import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HistoryOutline, KnownHistory } from '../../src/model/history.js';
import { extract, extractRecent, readAhead } from '../../src/source/extraction.js';
import { ExtractionThreads } from '../../src/source/extraction-threads.js';
import { openHistory } from '../../src/source/history.js';
import { testRepository, type TestRepository } from '../fixtures/repository.js';
import { runs } from '../fixtures/runs.js';
import { evolution, EvolvingRepository } from '../pipeline/evolving-repository.js';

function opened<T>(dir: string, read: (history: ReturnType<typeof openHistory>) => T): T {
  const history = openHistory(dir, { refs: 'branches' });
  try {
    return read(history);
  } finally {
    history.close();
  }
}

const whole = (dir: string): HistoryOutline => opened(dir, (history) => history.outline());
const recent = (dir: string, known: KnownHistory) => opened(dir, (history) => history.recent(known));

function knownOf({ revs, parents }: HistoryOutline): KnownHistory {
  const held = new Set(revs);
  const isParent = new Set(parents.flat());
  return { has: ({ rev }) => held.has(rev), tips: new Set(), ends: revs.filter((_, i) => !isParent.has(i)) };
}

function parentsOf({ revs, parents, below = [] }: HistoryOutline): Map<string, string[]> {
  const all = [...revs, ...below];
  return new Map(parents.map((own, i) => [revs[i]!, own.map((parent) => all[parent]!)]));
}

/** Whether two childless commits have one date: then their refs say which comes first. */
function tied(repository: EvolvingRepository, ...outlines: HistoryOutline[]): boolean {
  return outlines.some((outline) => {
    const dates = knownOf(outline).ends.map((rev) => repository.git(['log', '-1', '--format=%ct', rev]));
    return new Set(dates).size < dates.length;
  });
}

describe('the newest part of a history', () => {
  it.each(['bare', 'clone'] as const)('is what the whole log begins with (%s)', { timeout: 600_000 }, (layout) => {
    const property = fc.property(evolution, (rounds) => {
      const dir = mkdtempSync(join(tmpdir(), 'stack-health-'));
      try {
        const origin = new EvolvingRepository(join(dir, 'origin'), layout);
        let before = whole(origin.dir);
        for (const round of rounds) {
          origin.take(round.filter((step) => step.kind !== 'pack'));
          const after = whole(origin.dir);
          const part = recent(origin.dir, knownOf(before));
          const goesOn = after.revs.slice(after.revs.length - before.revs.length).join() === before.revs.join();
          if (part !== null) {
            expect(part.below?.[0]).toBe(before.revs[0]);
            expect([...part.revs, ...before.revs]).toEqual(after.revs);
            const parents = parentsOf(after);
            for (const [rev, own] of parentsOf(part)) expect(own).toEqual(parents.get(rev));
            expect({ ...part, revs: [], parents: [], below: [] }).toEqual({
              ...after,
              revs: [],
              parents: [],
              below: [],
            });
          } else if (!tied(origin, before, after)) expect(goesOn).toBe(false);
          before = after;
        }
      } finally {
        rmSync(dir, { recursive: true, force: true });
      }
    });
    fc.assert(property, { numRuns: runs(15) });
  });

  /** Reads only what is asked for. */
  function asking(repository: TestRepository): { known: KnownHistory; asked: string[] } {
    const before = knownOf(whole(repository.dir));
    const asked: string[] = [];
    const has: KnownHistory['has'] = (commit) => {
      asked.push(commit.rev);
      return before.has(commit);
    };
    return { known: { ...before, has }, asked };
  }

  it('is found without going below what is known', async () => {
    const repository = testRepository();
    for (let i = 0; i < 20; i++) repository.commit({ files: { a: String(i) } });
    const fork = repository.git('rev-parse', 'HEAD~10');
    const tip = repository.git('rev-parse', 'HEAD');
    const { known, asked } = asking(repository);
    repository.git('checkout', '--quiet', '-b', 'topic', fork);
    const side = repository.commit({ files: { b: '1' } });
    repository.git('checkout', '--quiet', 'main');
    repository.merge(['topic']);
    repository.git('branch', '--quiet', '-D', 'topic');
    const merge = repository.git('rev-parse', 'HEAD');

    const part = recent(repository.dir, known)!;
    expect(part.revs).toEqual([merge, side]);
    expect(part.below).toEqual([tip, fork]);
    expect(part.parents).toEqual([[2, 1], [3]]);
    expect(asked.toSorted()).toEqual([merge, side, tip, fork].toSorted());

    const options = { refs: 'branches', actions: true } as const;
    const changes = async (events: ReturnType<typeof extract>) => {
      const found = [];
      for await (const event of events) if (event.kind === 'batch') found.push(...event.changes);
      return found;
    };
    const all = new Set(whole(repository.dir).revs.filter((rev) => !part.revs.includes(rev)));
    const expected = await changes(extract(repository.dir, { ...options, known: all }));
    const history = openHistory(repository.dir, options);
    expect(await changes(extractRecent(history, part, options))).toEqual(expected);
    const threads = new ExtractionThreads();
    expect(await changes(readAhead(threads, repository.dir, options).recent(part))).toEqual(expected);
    history.close();
    await threads.end();
  });

  it('is none where a known commit is no longer reached, or comes before a new one', () => {
    const repository = testRepository();
    repository.commit({ files: { a: '1' } });
    repository.commit({ files: { a: '2' } });
    const { known } = asking(repository);
    expect(recent(repository.dir, known)).toMatchObject({ revs: [], below: [repository.git('rev-parse', 'HEAD')] });

    repository.git('checkout', '--quiet', '-b', 'topic', 'HEAD~1');
    repository.commit({ files: { b: '1' } });
    repository.merge(['main']);
    expect(recent(repository.dir, known)).toBeNull();
    repository.git('reset', '--quiet', '--hard', 'main~1');
    repository.git('branch', '--quiet', '-f', 'main', 'topic');
    expect(recent(repository.dir, known)).toBeNull();
  });
});
