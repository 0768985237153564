import type {
  ClusterResource,
  ClusterSpec,
  ClusterTarget,
  Colocation,
  LocationRule,
  Ordering,
  ResourceGroup,
} from '../model/cluster.js';
import { dialects, type Dialect } from './dialect.js';
import { fullName } from './hosts.js';

export interface PlannedFence {
  id: string;
  agent: string;
  options: Record<string, string>;
  /** Full name of the node it switches off, on which it must not run. */
  host: string;
}

/** What Pacemaker is to be told, in a target's words: the one thing CIB, crm, pcs and the Ansible role are written from. */
export interface ResourcePlan {
  dialect: Dialect;
  properties: Record<string, string>;
  resourceDefaults: Record<string, string>;
  operationDefaults: Record<string, string>;
  fences: PlannedFence[];
  resources: ClusterResource[];
  groups: ResourceGroup[];
  colocations: Colocation[];
  orders: Ordering[];
  /** `node` is the full name. */
  locations: LocationRule[];
  /** Of a clone: its meta attributes, `clone-max` and the like. */
  cloneMeta: (resource: ClusterResource) => Record<string, string>;
}

/** Without the properties that a target's Pacemaker doesn't know. */
function propertiesOf({ properties }: ClusterSpec, { delays }: Dialect): Record<string, string> {
  return delays ? properties : without(properties, ['priority-fencing-delay']);
}

function without(record: Record<string, string>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}

function fencesOf(spec: ClusterSpec, { delays }: Dialect): PlannedFence[] {
  return spec.fencing.map(({ id, agent, node, options, secret, delay }) => {
    const host = fullName(spec, { name: node });
    const delayed = delay === 0 ? {} : delays ? { pcmk_delay_base: `${delay}s` } : { delay: String(delay) };
    const password = secret ? { [secret.option]: secret.reference.file } : {};
    return { id, agent, host, options: { ...options, ...password, pcmk_host_list: host, ...delayed } };
  });
}

function cloneMeta({ clone }: ClusterResource, { promotableClone }: Dialect): Record<string, string> {
  if (!clone) return {};
  const [max, nodeMax] = promotableClone ? ['promoted-max', 'promoted-node-max'] : ['master-max', 'master-node-max'];
  return {
    ...(clone.promotable && promotableClone && { promotable: 'true' }),
    ...(clone.promotable && { [max!]: '1', [nodeMax!]: '1' }),
    'clone-max': String(clone.max),
    'clone-node-max': '1',
    notify: String(clone.notify),
    interleave: String(clone.interleave),
  };
}

export function resourcePlan(spec: ClusterSpec, target: ClusterTarget): ResourcePlan {
  const dialect = dialects[target];
  return {
    dialect,
    properties: propertiesOf(spec, dialect),
    resourceDefaults: spec.defaults.resources,
    operationDefaults: spec.defaults.operations,
    fences: fencesOf(spec, dialect),
    resources: spec.resources,
    groups: spec.groups,
    colocations: spec.colocations,
    orders: spec.orders,
    locations: spec.locations.map((rule) => ({ ...rule, node: fullName(spec, { name: rule.node }) })),
    cloneMeta: (resource) => cloneMeta(resource, dialect),
  };
}

/** INFINITY where the number means it. */
export function scoreText(score: number): string {
  if (score >= 1_000_000) return 'INFINITY';
  return score <= -1_000_000 ? '-INFINITY' : String(score);
}
