import type { ClusterSpec, Placement } from '../../model/cluster.js';
import { fullName } from '../hosts.js';
import type { Simulator } from './simulator.js';
import type { Outcome } from './outcome.js';

/** What a scenario needs to know of a configuration to do things to it: ids of resources, whoever wrote them. */
export interface SimulatedNames {
  /** Full names: the one that serves first, and the other. */
  first: string;
  second: string;
  /** Resource that is promoted, the one with the file system, the service. */
  storage: string;
  filesystem: string;
  service: string;
  /** Everything that must be on the active node. */
  serving: readonly string[];
  /** Interval of the service's monitor, milliseconds: a failed operation is named by it. */
  monitor: number;
}

interface ScenarioStep {
  event: string;
  run(simulator: Simulator, names: SimulatedNames): Outcome;
  /** Where everything belongs afterwards. */
  expected(names: SimulatedNames): Placement;
}

export interface Scenario {
  id: string;
  title: string;
  steps: readonly ScenarioStep[];
}

/** DRBD's agent says how good a node's data is; Pacemaker promotes nobody who says nothing. */
const GOOD_DATA = '10000';

function scoreName({ storage }: SimulatedNames): string {
  return `master-${storage}`;
}

/** Two reactions as one: what was done first and then, and where that led. */
function together(before: Outcome, after: Outcome): Outcome {
  const actions = [...before.actions, ...after.actions].map((action, i) => ({ ...action, order: i + 1 }));
  return { actions, placement: after.placement };
}

type NodeState = Placement['nodes'][string];

/** `active` serves; the other node holds the second copy, or nothing where it isn't there. Null: nobody serves. */
function served(names: SimulatedNames, active: 'first' | 'second' | null, states: [NodeState, NodeState]): Placement {
  const nodes = { [names.first]: states[0], [names.second]: states[1] };
  const onlines = [names.first, names.second].filter((node) => nodes[node] === 'online');
  const serving = active === null ? null : names[active];
  const copies = onlines.map((node) => ({ node, role: node === serving ? 'promoted' : 'unpromoted' }) as const);
  const whole = { node: serving, role: serving === null ? 'stopped' : 'started' } as const;
  return {
    nodes,
    resources: {
      [names.storage]: copies.length > 0 ? copies : [{ node: null, role: 'stopped' }],
      ...Object.fromEntries(names.serving.map((id) => [id, [whole]])),
    },
  };
}

const start: ScenarioStep = {
  event: 'both nodes start',
  run(simulator, names) {
    simulator.setQuorum(true);
    const up = simulator.step(['-u', names.first, '-u', names.second]);
    for (const node of [names.first, names.second]) simulator.set(node, scoreName(names), GOOD_DATA, true);
    return together(up, simulator.step());
  },
  expected: (names) => served(names, 'first', ['online', 'online']),
};

function standby(which: 'first' | 'second', on: boolean): ScenarioStep {
  const other = which === 'first' ? 'second' : 'first';
  return {
    event: on ? `the ${which} node goes to standby` : `the ${which} node is online again`,
    run(simulator, names) {
      simulator.set(names[which], 'standby', on ? 'on' : 'off');
      const done = simulator.step();
      if (on) return done;
      simulator.set(names[which], scoreName(names), GOOD_DATA, true);
      return together(done, simulator.step());
    },
    expected: (names) =>
      served(names, other, [
        which === 'first' && on ? 'standby' : 'online',
        which === 'second' && on ? 'standby' : 'online',
      ]),
  };
}

export const scenarios: readonly Scenario[] = [
  { id: 'start', title: 'Cold start', steps: [start] },
  {
    id: 'standby',
    title: 'Standby and back (tables 7.10 and 7.11)',
    steps: [start, standby('first', true), standby('first', false), standby('second', true), standby('second', false)],
  },
  {
    id: 'node-failure',
    title: 'The active node dies',
    steps: [
      start,
      {
        event: 'the first node is heard of no more',
        run: (simulator, { first }) => simulator.step(['-f', first]),
        expected: (names) => served(names, 'second', ['offline', 'online']),
      },
    ],
  },
  {
    id: 'resource-failure',
    title: 'The service dies',
    steps: [
      start,
      {
        event: 'the service is found dead on the first node',
        run: (simulator, { first, service, monitor }) =>
          simulator.step(['-i', `${service}_monitor_${monitor}@${first}=7`]),
        expected: (names) => served(names, 'first', ['online', 'online']),
      },
    ],
  },
  {
    id: 'failed-stop',
    title: 'The file system can not be unmounted',
    steps: [
      start,
      {
        event: 'the first node goes to standby, and its file system does not stop',
        run(simulator, { first, filesystem }) {
          simulator.set(first, 'standby', 'on');
          return together(simulator.step(['-F', `${filesystem}_stop_0@${first}=1`]), simulator.step());
        },
        expected: (names) => served(names, 'second', ['offline', 'online']),
      },
    ],
  },
  {
    id: 'lost-quorum',
    title: 'Quorum is lost',
    steps: [
      start,
      {
        event: 'neither node has a majority',
        run(simulator) {
          simulator.setQuorum(false);
          return simulator.step();
        },
        expected(names) {
          const stopped = served(names, null, ['online', 'online']);
          return {
            ...stopped,
            resources: { ...stopped.resources, [names.storage]: [{ node: null, role: 'stopped' }] },
          };
        },
      },
    ],
  },
  {
    id: 'stale-data',
    title: 'The other copy is stale',
    steps: [
      start,
      {
        event: 'the data of the second node is outdated, and the first goes to standby',
        run(simulator, names) {
          simulator.set(names.second, scoreName(names), null, true);
          simulator.set(names.first, 'standby', 'on');
          return simulator.step();
        },
        // Better no service than one on old data.
        expected: (names) => served(names, null, ['standby', 'online']),
      },
    ],
  },
];

/** The names of a spec's own configuration. */
export function namesOf(spec: ClusterSpec): SimulatedNames {
  const [first, second] = spec.nodes.map((node) => fullName(spec, node));
  const of = (agent: string): string => spec.resources.find((resource) => resource.agent === agent)?.id ?? '';
  const service = spec.resources.find(({ id }) => id === spec.service.resource);
  const monitor = service?.operations.find(({ name }) => name === 'monitor')?.interval ?? 0;
  const prefers = spec.locations.find(({ role, score }) => role === 'promoted' && score > 0)?.node;
  const preferred = spec.nodes.findIndex(({ name }) => name === prefers);
  const [active = '', passive = ''] = preferred === 1 ? [second, first] : [first, second];
  return {
    first: active,
    second: passive,
    storage: of('ocf:linbit:drbd'),
    filesystem: of('ocf:heartbeat:Filesystem'),
    service: service?.id ?? '',
    serving: spec.resources.filter(({ clone }) => clone === null).map(({ id }) => id),
    monitor: monitor * 1000,
  };
}
