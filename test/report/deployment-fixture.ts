import type { Placement, Rehearsal, RehearsalStep, Simulation } from '../../src/model/cluster.js';
import type { ClusterComponent, DeployedCluster } from '../../src/model/deployed-cluster.js';

const NODES = ['north.example.org', 'south.example.org'] as const;

function placed(active: number, offline: number | null = null): Placement {
  const [north, south] = NODES;
  const copies = NODES.flatMap((node, i) =>
    i === offline ? [] : [{ node, role: i === active ? ('promoted' as const) : ('unpromoted' as const) }],
  );
  return {
    resources: { disk: copies, mail: [{ node: NODES[active]!, role: 'started' }] },
    nodes: { [north]: offline === 0 ? 'offline' : 'online', [south]: offline === 1 ? 'offline' : 'online' },
  };
}

function acts(...all: [string, string, number][]): Simulation['steps'][number]['actions'] {
  return all.map(([action, resource, node], i) => ({ order: i + 1, action, resource, node: NODES[node]! }));
}

/** Both nodes start; then the first hangs and is switched off. */
export function playedFailure(configuration: Simulation['configuration']): Simulation {
  const right = configuration === 'ours';
  const begin = acts(['start', 'disk:0', 0], ['start', 'disk:1', 1], ['promote', 'disk:0', 0], ['start', 'mail', 0]);
  const after = acts(['stop', 'mail', 0], ['reboot', 'fencing', 0], ['promote', 'disk:1', 1], ['start', 'mail', 1]);
  return {
    scenario: 'failed-stop',
    title: 'The file system can not be unmounted',
    configuration,
    steps: [
      { event: 'both nodes start', actions: begin, expected: placed(0), actual: placed(0), equal: true },
      {
        event: 'the first node hangs',
        actions: right ? after : after.slice(0, 1),
        expected: placed(1, 0),
        actual: right ? placed(1, 0) : { ...placed(0), resources: { ...placed(0).resources, mail: [] } },
        equal: right,
      },
    ],
  };
}

function rehearsed(event: string, extra: Partial<RehearsalStep> = {}): RehearsalStep {
  return {
    scenario: 'standby',
    event,
    addressAway: 0.5,
    serviceAway: 1,
    recovered: 1.25,
    expectedNodes: [NODES[1]],
    servedBy: NODES[1],
    fenced: [],
    violations: [],
    ok: true,
    ...extra,
  };
}

export function sampleRehearsal(): Rehearsal {
  return {
    cluster: 'post',
    at: '2015-01-03 10:20:30',
    versions: { corosync: '3.1.7', pacemaker: '2.1.5' },
    steps: [
      rehearsed('north.example.org to standby'),
      rehearsed('power of north.example.org off', {
        scenario: 'power-off',
        addressAway: 2,
        serviceAway: null,
        servedBy: null,
        fenced: [NODES[0]],
        violations: ['10:20:31 two nodes hold the address'],
        ok: false,
      }),
    ],
    substitutions: [{ original: 'ocf:linbit:drbd', standIn: 'ocf:pacemaker:Stateful', why: 'no kernel module' }],
    took: 42,
    blind: 0.06,
    leftovers: ['process 4242'],
    ok: false,
  };
}

const unknown = { figures: null, standing: null, project: null, reason: 'no project of this report stands for it' };

/** A made-up cluster with everything a report can show of one. */
export function sampleDeployment(project: string): DeployedCluster {
  const release = (version: string, date: string) => ({ tag: `v${version}`, version, date });
  const behind: ClusterComponent = {
    name: 'corosync',
    layer: 'messaging',
    candidate: 'corosync',
    version: '1.4.5',
    project,
    figures: {
      lastRelease: '2.3.4',
      released: '2014-08-26',
      daysSinceRelease: 127,
      absenceFactor: 2,
      commitsLastYear: 321,
    },
    standing: {
      used: release('1.4.5', '2013-01-01'),
      series: { name: '1.4', behind: { to: release('1.4.7', '2014-06-01'), releases: 2, commits: 40, days: 516 } },
      newest: { to: release('2.3.4', '2014-08-26'), releases: 11, commits: 1234, days: 602 },
    },
    reason: null,
  };
  return {
    cluster: {
      name: 'post',
      title: 'Mail on two nodes',
      domain: 'example.org',
      target: 'debian12',
      nodes: ['north', 'south'].map((name, i) => ({
        name,
        interfaces: [
          { network: 'lan', device: 'eth0', address: `192.0.2.1${i}` },
          { network: 'back', device: 'eth1', address: `198.51.100.1${i}` },
        ],
      })),
      networks: [
        { id: 'lan', subnet: '192.0.2.0/24', roles: ['service', 'cluster'] },
        { id: 'back', subnet: '198.51.100.0/24', roles: ['replication'] },
      ],
      virtualAddress: { name: 'mail', address: '192.0.2.100', network: 'lan' },
      storage: {
        resource: 'store',
        drbd: 9,
        protocol: 'C',
        port: 7788,
        device: '/dev/drbd0',
        disk: '/dev/vdb1',
        metaDisk: 'internal',
        filesystem: 'ext4',
        mount: '/srv/mail',
      },
      fencing: ['north', 'south'].map((node, i) => ({ id: `fence-${node}`, node, agent: 'fence_pve', delay: 5 * i })),
      quorum: { kind: 'qdevice', host: 'west.example.org', algorithm: 'ffsplit' },
      service: 'Mail',
    },
    components: [behind, { ...unknown, name: 'crmsh', layer: null, candidate: null, version: '4.4.1' }],
    lint: [
      {
        rule: 'one-time-source',
        severity: 'warning',
        message: 'Time: a single source can not be told from a wrong one',
        place: { file: 'north/etc/chrony/chrony.conf', line: 3 },
        fix: null,
      },
    ],
    simulations: [playedFailure('ours'), playedFailure('thesis')],
    rehearsal: sampleRehearsal(),
  };
}
