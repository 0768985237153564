import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Deployed, Study } from '../../src/model/project.js';
import { DEPLOYMENT_HEADS, deploymentRows, libyearsText } from '../../src/model/deployment-text.js';
import { readDeployment } from '../../src/pipeline/deployment.js';
import { collected } from '../metrics/sample-store.js';
import { temporaryFolder, TestRepository } from '../fixtures/repository.js';

/** Two projects; the second carries on where the first ends. */
async function study(stack: Record<string, Deployed>): Promise<{ store: string; study: Study }> {
  const folder = temporaryFolder();
  const old = new TestRepository(join(folder, 'corosync'));
  const next = new TestRepository(join(folder, 'next'));
  const tagged: [TestRepository, string, string][] = [
    [old, '2010-01-01', 'v1.0.0'],
    [old, '2012-01-01', 'v1.0.1'],
    [next, '2013-01-01', 'next-2.0.0'],
    [next, '2014-01-01', 'next-2.1.0'],
  ];
  for (const [repo, day, tag] of tagged) {
    repo.commit({ date: `${day}T12:00:00+0000` });
    repo.git('tag', tag);
  }
  (await collected(folder, { corosync: old.dir, next: next.dir })).close();
  const project = { refs: 'branches', layer: null, tags: [] } as const;
  return {
    store: join(folder, 'store.sqlite'),
    study: {
      name: 'x',
      projects: [
        { ...project, tags: [], name: 'corosync', url: old.dir, succeededBy: 'next' },
        { ...project, tags: [], name: 'next', url: next.dir },
      ],
      replicates: null,
      replica: false,
      stack,
    },
  };
}

test('a stack, with what is known of each of its components', async () => {
  const { store, study: asked } = await study({
    messaging: { component: 'corosync', version: '1.0.0-3.el6' },
    membership: { component: 'corosync', version: '1.0.0-3.el6' },
    storage: { component: 'drbd-8.4', version: '8.4.3' },
    administration: { component: 'next', version: null },
  });
  const found = readDeployment(store, asked, '2013-06-30')!;
  expect(found.day).toBe('2013-06-30');
  // 730 days, once for the project that fills two layers.
  expect(found.libyears).toBeCloseTo(730 / 365.25, 10);
  expect(found.unknown).toBe(2);
  expect(libyearsText(found)).toBe('2.0 libyears behind; of 2 components nothing is known');
  const [messaging, , storage, administration] = found.components;
  expect(messaging).toMatchObject({
    project: 'corosync',
    reason: null,
    standing: { used: { tag: 'v1.0.0' }, newest: { to: { tag: 'v1.0.1' }, releases: 1, days: 730 } },
    // As of that day.
    successor: { project: 'next', newest: { tag: 'next-2.0.0', version: '2.0.0', date: '2013-01-01' } },
  });
  expect(storage).toMatchObject({ project: null, standing: null, reason: 'no collected project stands for it' });
  expect(administration).toMatchObject({ project: 'next', standing: null, reason: 'the stack says no version' });
  const rows = deploymentRows(found);
  for (const row of rows) expect(row).toHaveLength(DEPLOYMENT_HEADS.length);
  expect(rows[0]).toEqual([
    'corosync',
    '1.0.0-3.el6',
    '2010-01-01',
    '1.0.1: 1 release, 1 commit, 730 days',
    '1.0.1: 1 release, 1 commit, 730 days',
    'no: neither release nor commit in 12 months',
    'next 2.0.0',
  ]);
});

test('nothing known is not nothing behind; no stack is no deployment', async () => {
  const { store, study: asked } = await study({ storage: { component: 'drbd-8.4', version: '8.4.3' } });
  expect(readDeployment(store, asked, '2013-06-30')).toMatchObject({ libyears: null, unknown: 1 });
  const { stack: _, ...without } = asked;
  expect(readDeployment(store, without, '2013-06-30')).toBeNull();
});
