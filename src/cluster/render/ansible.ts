import { stringify } from 'yaml';
import type { ClusterSpec, ClusterTarget, ResourceOperation } from '../../model/cluster.js';
import type { Dialect } from '../dialect.js';
import { fullName, networksFor } from '../hosts.js';
import { type ResourcePlan, resourcePlan, scoreText } from '../resource-plan.js';

interface Attribute {
  name: string;
  value: string;
}

function attributes(values: Record<string, string>): Attribute[] {
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}

/** The role has a list of sets; a list with one set, or nothing. */
function sets(key: string, values: Record<string, string>): Record<string, { attrs: Attribute[] }[]> {
  const attrs = attributes(values);
  return attrs.length === 0 ? {} : { [key]: [{ attrs }] };
}

function operation({ name, interval, timeout, role }: ResourceOperation, { roles }: Dialect) {
  const values = { interval: `${interval}s`, timeout: `${timeout}s`, ...(role !== null && { role: roles[role] }) };
  return { action: name, attrs: attributes(values) };
}

function primitives({ fences, resources, dialect }: ResourcePlan) {
  return [
    ...fences.map(({ id, agent, options }) => ({
      id,
      agent: `stonith:${agent}`,
      ...sets('instance_attrs', options),
      operations: [{ action: 'monitor', attrs: attributes({ interval: '60s', timeout: '60s' }) }],
    })),
    ...resources.map(({ id, agent, options, meta, operations }) => ({
      id,
      agent,
      ...sets('instance_attrs', options),
      ...sets('meta_attrs', meta),
      operations: operations.map((one) => operation(one, dialect)),
    })),
  ];
}

function score(value: number): Attribute[] {
  return attributes({ score: scoreText(value) });
}

function constraints({ fences, colocations, orders, locations, dialect }: ResourcePlan) {
  return {
    ha_cluster_constraints_location: [
      ...fences.map(({ id, host }) => ({ resource: { id }, node: host, options: score(-1_000_000) })),
      ...locations.map(({ resource, role, node, score: own }) =>
        role === null
          ? { resource: { id: resource }, node, options: score(own) }
          : {
              resource: { id: resource, role: dialect.roles[role] },
              rule: `#uname eq ${node}`,
              options: score(own),
            },
      ),
    ],
    ha_cluster_constraints_colocation: colocations.map(({ follower, leader, leaderRole, score: own }) => ({
      resource_follower: { id: follower },
      resource_leader: { id: leader, ...(leaderRole !== null && { role: dialect.roles[leaderRole] }) },
      options: score(own),
    })),
    ha_cluster_constraints_order: orders.map(({ first, firstAction, next, nextAction }) =>
      Object.fromEntries([
        ['resource_first', { id: first, action: firstAction }],
        ['resource_then', { id: next, action: nextAction }],
      ]),
    ),
  };
}

function quorum({ quorum: own }: ClusterSpec) {
  if (own.kind === 'two-node') {
    return { ha_cluster_quorum: { options: attributes({ two_node: '1', wait_for_all: '1' }) } };
  }
  const net = attributes({ host: own.host, algorithm: own.algorithm });
  return { ha_cluster_quorum: { device: { model: 'net', model_options: net } } };
}

/**
 * Variables for linux-system-roles' ha_cluster, and the inventory they belong to. Passwords are variables that a vault
 * has to define.
 */
export function renderAnsible(spec: ClusterSpec, target: ClusterTarget): string {
  const plan = resourcePlan(spec, target);
  const links = networksFor(spec, 'cluster');
  const hosts = Object.fromEntries(
    spec.nodes.map((node) => {
      const addresses = links.flatMap(({ id }) => node.interfaces.find(({ network }) => network === id)?.address ?? []);
      const own = { node_name: fullName(spec, node), pcs_address: addresses[0], corosync_addresses: addresses };
      return [fullName(spec, node), { ha_cluster: own }];
    }),
  );
  const vars = {
    ha_cluster_cluster_present: true,
    ha_cluster_cluster_name: spec.name,
    ha_cluster_hacluster_password: '{{ vault_hacluster_password }}',
    ha_cluster_manage_firewall: true,
    ha_cluster_transport: {
      type: 'knet',
      crypto: attributes({ cipher: 'aes256', hash: 'sha256' }),
    },
    ...quorum(spec),
    ha_cluster_cluster_properties: [{ attrs: attributes(plan.properties) }],
    ha_cluster_resource_defaults: { meta_attrs: [{ attrs: attributes(plan.resourceDefaults) }] },
    ha_cluster_resource_operation_defaults: { meta_attrs: [{ attrs: attributes(plan.operationDefaults) }] },
    ha_cluster_resource_primitives: primitives(plan),
    ha_cluster_resource_groups: plan.groups.map(({ id, members, meta }) => ({
      id,
      resource_ids: members,
      ...sets('meta_attrs', meta),
    })),
    ha_cluster_resource_clones: plan.resources.flatMap((resource) => {
      const { clone, id } = resource;
      if (!clone) return [];
      const { promotable: _, ...meta } = plan.cloneMeta(resource);
      return [{ resource_id: id, id: clone.id, promotable: clone.promotable, ...sets('meta_attrs', meta) }];
    }),
    ...constraints(plan),
  };
  const text = stringify({ all: { hosts, vars } }, { lineWidth: 0 });
  return `# Inventory for the role linux-system-roles.ha_cluster (fedora.linux_system_roles.ha_cluster).\n${text}`;
}
