import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openHistory } from '../../src/source/history.js';
import { gitActions, gitLines, gitOrder } from './git-oracle.js';

const root = process.env['HEALTH_REPOS'];
const NAMES = ['corosync', 'drbd', 'pacemaker'];

describe.skipIf(!root)(
  `the three real repositories${root ? '' : ' (skipped: HEALTH_REPOS names no folder with them)'}`,
  () => {
    for (const name of NAMES) {
      const dir = join(root ?? '', name);
      test.skipIf(!existsSync(dir))(
        `${name}: every commit in git order, with git actions`,
        () => {
          const history = openHistory(dir, { refs: 'branches' });
          const { revs } = history.outline();
          expect(revs).toEqual(gitOrder(dir, ['--branches', '--tags']));
          const expected = gitActions(dir, revs);
          const differing = revs.filter(
            (rev) => JSON.stringify(history.actions(rev)) !== JSON.stringify(expected.get(rev)),
          );
          history.close();
          expect(differing).toEqual([]);
          const plain = openHistory(dir, { refs: 'branches', renames: false });
          const expectedPlain = gitActions(dir, revs, []);
          const different = revs.filter(
            (rev) => JSON.stringify(plain.actions(rev)) !== JSON.stringify(expectedPlain.get(rev)),
          );
          plain.close();
          expect(different).toEqual([]);
        },
        300_000,
      );
      test.skipIf(!existsSync(dir))(
        `${name}: lines as git numstat counts them (every commit of the small ones, a sample of the large)`,
        () => {
          const history = openHistory(dir, { refs: 'branches', lines: true });
          const all = history.outline().revs;
          const step = Math.ceil(all.length / 8000);
          const revs = all.filter((_, i) => i % step === 0);
          const expected = gitLines(dir, revs);
          const differing = revs.filter((rev) => {
            const lines = history.actions(rev).flatMap((action) => (action.lines === undefined ? [] : [action.lines]));
            return JSON.stringify(lines) !== JSON.stringify(expected.get(rev));
          });
          history.close();
          const plain = openHistory(dir, { refs: 'branches', lines: 'plain' });
          const sums = gitLines(dir, revs, ['-M', '-l1000']);
          for (const rev of revs) {
            const counted = (sums.get(rev) ?? []).filter((one) => one !== null && one !== 'binary');
            const total = [0, 1].map((i) => counted.reduce((all, one) => all + one[i], 0));
            if (JSON.stringify(plain.changes(rev).lines) !== JSON.stringify(total)) differing.push(`plain ${rev}`);
          }
          plain.close();
          expect(differing).toEqual([]);
        },
        300_000,
      );
    }
  },
);
