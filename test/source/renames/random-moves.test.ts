import { rmSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openHistory } from '../../../src/source/history.js';
import { temporaryFolder, TestRepository } from '../../fixtures/repository.js';
import { runs } from '../../fixtures/runs.js';
import { fastImport, gitActions, gitLogActions } from '../git-oracle.js';
import { movesStream, randomMoves } from './random-moves.js';

test('random moves, copies and merges are what git log prints', { timeout: 3_600_000 }, () => {
  const root = temporaryFolder();
  const seen = new Set<string>();
  let n = 0;
  fc.assert(
    fc.property(randomMoves, (commits) => {
      const dir = join(root, `r${n++}`);
      const repository = new TestRepository(dir);
      fastImport(dir, movesStream(commits));
      const history = openHistory(dir, { refs: 'branches' });
      const without = openHistory(dir, { refs: 'branches', renames: false });
      try {
        const { revs } = history.outline();
        const expected = gitLogActions(dir, revs);
        const plain = gitActions(dir, revs, []);
        for (const rev of revs) {
          const actions = history.actions(rev);
          expect(actions, rev).toEqual(expected.get(rev));
          expect(without.actions(rev), rev).toEqual(plain.get(rev));
          for (const { status } of actions) seen.add(status);
        }
      } finally {
        history.close();
        without.close();
        rmSync(repository.dir, { recursive: true });
      }
    }),
    { numRuns: runs(120) },
  );
  // The histories are of the kind that matters.
  const all = [...seen].join(' ');
  for (const letter of ['R', 'C', 'T', 'M', 'A', 'D']) expect(seen).toContain(letter);
  for (const letter of ['R', 'C', 'T']) expect(all).toMatch(new RegExp(`[A-Z]${letter}|${letter}[A-Z]`));
});
