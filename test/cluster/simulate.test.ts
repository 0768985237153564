import { describe, expect, it } from 'vitest';
import { findTool } from '../../src/cluster/check/tool.js';
import { renderCib } from '../../src/cluster/render/cib.js';
import { listScenarios, namesOf, simulate } from '../../src/cluster/simulate/simulate.js';
import type { ClusterSpec, ClusterTarget } from '../../src/model/cluster.js';
import { shippedSpec } from '../fixtures/cluster-spec.js';

const here = findTool('crm_simulate') !== null;

function played(scenario: string, target: ClusterTarget = 'el9', change: (spec: ClusterSpec) => void = () => {}) {
  const spec = structuredClone(shippedSpec());
  change(spec);
  return simulate(renderCib(spec, target), namesOf(spec), 'ours', [scenario])[0]!;
}

describe.skipIf(!here)(`through Pacemaker's scheduler${here ? '' : ' (SKIPPED: no crm_simulate)'}`, () => {
  it.each(
    listScenarios().flatMap(({ id }) => [
      [id, 'el9' as const],
      [id, 'rhel6' as const],
    ]),
  )('%s on %s ends where it should', (scenario, target) => {
    const { steps } = played(scenario as string, target as ClusterTarget);
    expect(steps.filter(({ equal }) => !equal)).toEqual([]);
    expect(steps.at(-1)?.event).not.toBe('');
  });

  it('table 7.11: after both had a turn, the first node serves and the second holds the copy', () => {
    const { actual } = played('standby').steps.at(-1)!;
    expect(actual.resources).toEqual({
      drbd: [
        { node: 'astapor.got.com', role: 'promoted' },
        { node: 'braavos.got.com', role: 'unpromoted' },
      ],
      zcs_fs: [{ node: 'astapor.got.com', role: 'started' }],
      VIP1: [{ node: 'astapor.got.com', role: 'started' }],
      zcs_service: [{ node: 'astapor.got.com', role: 'started' }],
    });
  });

  it('resources stop and start in the order of their needs', () => {
    const { actions } = played('standby').steps[1]!;
    const at = (action: string, resource: string): number =>
      actions.find((one) => one.action === action && one.resource === resource)?.order ?? Infinity;
    expect(at('stop', 'zcs_service')).toBeLessThan(at('stop', 'zcs_fs'));
    expect(at('stop', 'zcs_fs')).toBeLessThan(at('demote', 'drbd'));
    expect(at('demote', 'drbd')).toBeLessThan(at('promote', 'drbd'));
    expect(at('promote', 'drbd')).toBeLessThan(at('start', 'zcs_fs'));
    expect(at('start', 'VIP1')).toBeLessThan(at('start', 'zcs_service'));
  });

  it('tells when a node is switched off, and that before its copy is promoted elsewhere', () => {
    const { actions } = played('failed-stop').steps[1]!;
    const off = actions.find(({ resource }) => resource === 'fencing');
    expect(off).toMatchObject({ action: 'reboot', node: 'astapor.got.com' });
    const promoted = actions.find(({ action, node }) => action === 'promote' && node === 'braavos.got.com');
    expect(off?.order).toBeLessThan(promoted?.order ?? 0);
  });

  it('without fencing a file system that does not unmount blocks the service, and that is told', () => {
    const { steps } = played('failed-stop', 'el9', (spec) => {
      spec.properties['stonith-enabled'] = 'false';
    });
    expect(steps.at(-1)?.equal).toBe(false);
    expect(steps.at(-1)?.actual.resources['zcs_service']).toEqual([]);
  });

  it('a colocation the wrong way round promotes nobody on the other node, and that is told', () => {
    const { steps } = played('standby', 'el9', (spec) => {
      spec.colocations = [];
    });
    // Nothing ties the group to the promoted copy: it may be started where there is none.
    expect(steps.some(({ equal }) => !equal)).toBe(true);
  });
});
