import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { HealthError } from '../../src/model/error.js';
import type { Study } from '../../src/model/project.js';
import type { Result } from '../../src/model/result.js';
import { diffRuns } from '../../src/pipeline/diff.js';
import { buildResult, resultJson } from '../../src/pipeline/report.js';
import { verify } from '../../src/pipeline/verify.js';
import { temporaryFolder, TestRepository } from '../fixtures/repository.js';
import { playedFailure, sampleRehearsal } from '../report/deployment-fixture.js';
import { gitHistory } from '../store/git-history.js';
import { project } from '../store/made-history.js';
import { load } from '../store/opened.js';

const SPEC = new URL('../../data/clusters/zimbra-ha.yaml', import.meta.url);

let dir = '';
let store = '';
let study: Study;
let repository: TestRepository;

function commits(from: number, many: number, tag: string | null): void {
  for (let i = 0; i < many; i += 1) {
    repository.commit({ files: { [`f${from}-${i}`]: '1\n' }, date: `${from + i * 86_400} +0000` });
  }
  if (tag !== null) repository.git('tag', tag);
}

async function collect(day: number): Promise<void> {
  await load(store, gitHistory(repository), {
    project: project('corosync'),
    options: { now: `2020-03-0${day} 00:00:00` },
  });
}

function put(name: string, value: unknown): string {
  const file = join(dir, name);
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
  return file;
}

// Deployed is 1.4.5; there came 1.4.6, and 2.0.0 on top of it.
beforeEach(async () => {
  dir = temporaryFolder();
  store = join(dir, 'health.sqlite');
  repository = new TestRepository(join(dir, 'corosync'));
  commits(1_560_000_000, 2, 'v1.4.5');
  commits(1_565_000_000, 3, 'v1.4.6');
  commits(1_570_000_000, 4, 'v2.0.0');
  await collect(1);
  study = {
    name: 'Deployed',
    projects: [project('corosync')],
    replicates: null,
    replica: false,
    cluster: {
      spec: put('cluster.yaml', readFileSync(SPEC, 'utf8')),
      target: 'rhel6',
      simulation: put('simulation.json', [playedFailure('ours'), playedFailure('thesis')]),
      rehearsal: put('rehearsal.json', sampleRehearsal()),
    },
  };
});

function measured(over: Partial<Study> = {}): Result {
  return buildResult({ store, study: { ...study, ...over }, projects: [], asOf: null });
}

function written(result: Result): string {
  return put('run.json', resultJson(result));
}

describe('a run of a study with a cluster', () => {
  it('holds the spec in short, and how far behind what is deployed is', () => {
    const { deployment, manifest } = measured();
    expect(deployment?.cluster.storage).toMatchObject({ drbd: 8, protocol: 'C', disk: '/dev/vdb1' });
    const names = deployment?.components.map(({ name }) => name);
    expect(names).toEqual(['zimbra', 'drbd', 'corosync', 'pacemaker', 'pcs', 'crmsh', 'cman', 'ccs']);
    const own = deployment?.components.find(({ name }) => name === 'corosync');
    expect(own).toMatchObject({ version: '1.4.5', project: 'corosync', reason: null });
    expect(own?.figures).toMatchObject({ lastRelease: '2.0.0', released: '2019-10-05', commitsLastYear: 9 });
    expect(own?.standing?.series.behind).toMatchObject({ releases: 1, commits: 3, to: { tag: 'v1.4.6' } });
    expect(own?.standing?.newest).toMatchObject({ releases: 2, commits: 7, to: { tag: 'v2.0.0' } });
    const other = deployment?.components.find(({ name }) => name === 'pcs');
    expect(other).toMatchObject({ standing: null, figures: null, reason: 'no project of this report stands for it' });
    expect(deployment?.lint).toEqual([]);
    expect(deployment?.simulations?.map(({ configuration }) => configuration)).toEqual(['ours', 'thesis']);
    expect(deployment?.rehearsal?.steps).toHaveLength(2);
    expect(manifest.deployment?.spec).toMatch(/^[0-9a-f]{64}$/);
    expect(manifest.deployment?.rehearsal).not.toBe(manifest.deployment?.simulation);
  });

  it('says so where no tag is the version that is deployed', () => {
    writeFileSync(study.cluster!.spec, readFileSync(SPEC, 'utf8').replace('rhel6: 1.4.5', 'rhel6: 1.3.9'));
    const own = measured().deployment?.components.find(({ name }) => name === 'corosync');
    expect(own?.standing).toBeNull();
    expect(own?.reason).toContain('is version 1.3.9');
  });

  it('goes without both files, and without a cluster has no deployment', () => {
    const cluster = { ...study.cluster!, simulation: null, rehearsal: null };
    const { deployment, manifest } = measured({ cluster });
    expect([deployment?.simulations, deployment?.rehearsal]).toEqual([null, null]);
    expect([manifest.deployment?.simulation, manifest.deployment?.rehearsal]).toEqual([null, null]);
    const { cluster: _, ...without } = study;
    const none = buildResult({ store, study: without, projects: [], asOf: null });
    expect([none.deployment, none.manifest.deployment]).toEqual([undefined, undefined]);
  });

  it('is verified byte for byte, also when releases and branches came since', async () => {
    const file = written(measured());
    expect(verify({ file, store, study })).toMatchObject({ equal: true, takenOver: [] });
    commits(1_580_000_000, 3, 'v2.1.0');
    repository.git('branch', 'flatiron', 'v1.4.6');
    await collect(2);
    expect(verify({ file, store, study })).toMatchObject({ equal: true });
    const newest = measured().deployment?.components.find(({ name }) => name === 'corosync')?.standing?.newest;
    expect(newest?.to.tag).toBe('v2.1.0');
  });

  it('is verified without the files too, which is said; one from before it had a cluster as well', () => {
    const { cluster: _, ...without } = study;
    const found = verify({ file: written(measured()), store, study: without });
    expect(found.equal).toBe(true);
    expect(found.takenOver).toEqual([expect.stringContaining('this study names no cluster')]);
    const before = buildResult({ store, study: without, projects: [], asOf: null });
    expect(verify({ file: written(before), store, study }).equal).toBe(true);
  });

  it('is not equal once its files are others, with the cause', () => {
    const before = measured();
    const file = written(before);
    const text = readFileSync(SPEC, 'utf8').replace('rhel6: 1.4.5', 'rhel6: 1.4.6');
    writeFileSync(study.cluster!.spec, text);
    const found = verify({ file, store, study });
    expect(found).toMatchObject({ equal: false, figuresEqual: true, parts: ['the deployment', 'manifest'] });
    expect(found.causes.map((cause) => cause.text)).toEqual(["the cluster's spec is another one"]);
    put('rehearsal.json', { ...sampleRehearsal(), took: 43 });
    const { changes } = diffRuns(before, measured(), { store, study });
    expect(changes.causes.map(({ kind, text: said }) => [kind, said])).toEqual([
      ['deployment', "the cluster's spec is another one"],
      ['deployment', "the cluster's rehearsal is another one"],
    ]);
  });

  it.each([
    ['simulation.json', '', 'is empty'],
    ['simulation.json', '{', 'is not JSON'],
    ['simulation.json', '[{"scenario": "start"}]', 'is no simulation: [0].title: '],
    ['rehearsal.json', '[]', 'is no rehearsal: '],
    ['rehearsal.json', JSON.stringify({ ...sampleRehearsal(), took: '42' }), 'is no rehearsal: took: '],
  ])('refuses %s that says %j in one line', (name, text, reason) => {
    put(name, text);
    try {
      measured();
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof HealthError)) throw error;
      expect(error.code).toBe('bad-config');
      expect(error.message).toContain(`${name}: ${reason}`);
      expect(error.message).not.toContain('\n');
      expect(error.hint).toContain('health cluster');
    }
  });
});
