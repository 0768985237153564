import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadStudy } from '../../src/config/study.js';
import { HealthError } from '../../src/model/error.js';
import { temporaryFolder } from '../fixtures/repository.js';

/** What a loading complains about, one line each. */
function caught(work: () => unknown): string[] {
  try {
    work();
  } catch (error) {
    if (!(error instanceof HealthError)) throw error;
    expect(error.code).toBe('bad-config');
    expect(error.message).not.toContain('\n');
    return [error.message, ...(error.hint?.split('\n') ?? [])];
  }
  return [];
}

describe('a cluster', () => {
  const SPEC = readFileSync(new URL('../../data/clusters/zimbra-ha.yaml', import.meta.url), 'utf8');
  const BASE = 'study: ours\nprojects:\n  - {name: corosync, url: https://example.org/corosync}\n';

  function folder(yaml: string, files: Record<string, string> = {}): string {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'health.yaml'), `${BASE}${yaml}`);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
    return cwd;
  }

  function lines(yaml: string, files: Record<string, string> = {}): string[] {
    const cwd = folder(yaml, files);
    return caught(() => loadStudy({ config: null, cwd }));
  }

  it('is a path beside the file, or a mapping; its components are the stack, for its target', () => {
    const cwd = folder('cluster: mine.yaml\n', { 'mine.yaml': SPEC });
    const { study } = loadStudy({ config: null, cwd });
    expect(study.cluster).toEqual({ spec: join(cwd, 'mine.yaml'), target: null, simulation: null, rehearsal: null });
    // The spec's own target is el9: no versions, and no cman.
    expect(study.stack?.['messaging']).toEqual({ component: 'corosync', version: null });
    expect(study.stack?.['membership']).toBeUndefined();
    const mapping = 'cluster: {spec: zimbra-ha, target: rhel6, simulation: s.json, rehearsal: r.json}\n';
    const other = folder(mapping, { 's.json': '[]', 'r.json': '{}' });
    const { study: mapped } = loadStudy({ config: null, cwd: other });
    expect(mapped.cluster?.spec).toBe('zimbra-ha');
    expect(mapped.cluster?.simulation).toBe(join(other, 's.json'));
    expect(mapped.cluster?.rehearsal).toBe(join(other, 'r.json'));
    expect(mapped.stack?.['messaging']).toEqual({ component: 'corosync', version: '1.4.5' });
    expect(mapped.stack?.['membership']).toEqual({ component: 'cman', version: '3.0.12.1' });
  });

  it('gives way to the stack, a layer at a time', () => {
    const stack = 'stack: {messaging: {component: corosync, version: 2.4.1}}\n';
    const { study } = loadStudy({
      config: null,
      cwd: folder(`cluster: {spec: zimbra-ha, target: rhel6}\n${stack}`),
    });
    expect(study.stack?.['messaging']).toEqual({ component: 'corosync', version: '2.4.1' });
    expect(study.stack?.['storage']).toEqual({ component: 'drbd-8.4', version: '8.4.3' });
  });

  it("of the built-in study says the same as the study's own stack", () => {
    const { study } = loadStudy({ config: null, cwd: temporaryFolder() });
    expect(study.cluster).toEqual({ spec: 'zimbra-ha', target: 'rhel6', simulation: null, rehearsal: null });
    const cwd = folder('cluster: {spec: zimbra-ha, target: rhel6}\n');
    const { study: own } = loadStudy({ config: null, cwd });
    for (const [layer, { component, version }] of Object.entries(own.stack ?? {})) {
      expect(study.stack?.[layer]?.component).toBe(component);
      // A build number more is no other version.
      expect(version?.startsWith(study.stack?.[layer]?.version ?? '?')).toBe(true);
    }
  });

  it('that is not fine is told of, a line each', () => {
    expect(lines('cluster: nowhere.yaml\n')).toEqual([
      'health.yaml:4:10: cluster.spec: there is no file nowhere.yaml, and no spec of that name comes along',
    ]);
    expect(lines('cluster:\n  spec: zimbra-ha\n  simulation: gone.json\n')).toEqual([
      'health.yaml:6:15: cluster.simulation: there is no file gone.json',
    ]);
    expect(lines('cluster: {spec: zimbra-ha, target: el7}\n')).toEqual([
      'health.yaml:4:36: cluster.target: must be one of: rhel6, el9, debian12',
    ]);
    expect(lines('cluster: {spec: zimbra-ha, simulations: s.json}\n')).toEqual([
      "health.yaml:4:28: cluster: unknown key 'simulations'; did you mean 'simulation'?",
    ]);
    expect(lines('cluster: [zimbra-ha]\n')).toEqual([
      'health.yaml:4:10: cluster: must be a mapping (key: value), not a list',
    ]);
    expect(lines('cluster: mine.yaml\n', { 'mine.yaml': SPEC.replace('domain: got.com', 'domain: Got') })).toEqual([
      expect.stringMatching(/^mine\.yaml:9:9: domain: must be a domain/),
    ]);
    expect(lines('cluster: mine.yaml\n', { 'mine.yaml': SPEC.replace('layer: messaging', 'layer: mesaging') })).toEqual(
      ["health.yaml:4:10: cluster.spec: no layer is called 'mesaging'; did you mean 'messaging'?"],
    );
  });
});
