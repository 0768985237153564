import type { ClusterResource, ClusterSpec, ClusterTarget, ResourceOperation } from '../../model/cluster.js';
import type { Dialect } from '../dialect.js';
import { fullName } from '../hosts.js';
import { type PlannedFence, type ResourcePlan, resourcePlan, scoreText } from '../resource-plan.js';
import { xml, xmlText, type Xml } from '../xml.js';

function pairs(element: string, id: string, values: Record<string, string>): Xml | null {
  const entries = Object.entries(values);
  if (entries.length === 0) return null;
  return xml(
    element,
    { id },
    entries.map(([name, value]) => xml('nvpair', { id: `${id}-${name}`, name, value })),
  );
}

function operation(resource: string, { name, interval, timeout, role }: ResourceOperation, dialect: Dialect): Xml {
  const suffix = role === null ? '' : `-${role}`;
  return xml('op', {
    id: `${resource}-${name}-${interval}s${suffix}`,
    name,
    interval: `${interval}s`,
    timeout: `${timeout}s`,
    ...(role !== null && { role: dialect.roles[role] }),
  });
}

function primitive({ id, agent, options, operations, meta }: ClusterResource, dialect: Dialect): Xml {
  const [kind = '', provider = '', type] = agent.split(':');
  const called = type === undefined ? { class: kind, type: provider } : { class: kind, provider, type };
  return xml('primitive', { id, ...called }, [
    pairs('meta_attributes', `${id}-meta_attributes`, meta),
    pairs('instance_attributes', `${id}-instance_attributes`, options),
    operations.length === 0
      ? null
      : xml(
          'operations',
          {},
          operations.map((one) => operation(id, one, dialect)),
        ),
  ]);
}

function fence({ id, agent, options }: PlannedFence): Xml {
  return xml('primitive', { id, class: 'stonith', type: agent }, [
    pairs('instance_attributes', `${id}-instance_attributes`, options),
    xml('operations', {}, [xml('op', { id: `${id}-monitor-60s`, name: 'monitor', interval: '60s', timeout: '60s' })]),
  ]);
}

function resources(plan: ResourcePlan): Xml {
  const { dialect, groups, cloneMeta } = plan;
  const grouped = new Set(groups.flatMap(({ members }) => members));
  const byId = new Map(plan.resources.map((one) => [one.id, one]));
  return xml('resources', {}, [
    ...plan.fences.map(fence),
    ...plan.resources
      .filter(({ id }) => !grouped.has(id))
      .map((resource) => {
        const own = primitive(resource, dialect);
        const { clone } = resource;
        if (!clone) return own;
        const element = clone.promotable && !dialect.promotableClone ? 'master' : 'clone';
        const meta = pairs('meta_attributes', `${clone.id}-meta_attributes`, cloneMeta(resource));
        return xml(element, { id: clone.id }, [meta, own]);
      }),
    ...groups.map(({ id, members, meta }) =>
      xml('group', { id }, [
        pairs('meta_attributes', `${id}-meta_attributes`, meta),
        ...members.map((member) => primitive(byId.get(member)!, dialect)),
      ]),
    ),
  ]);
}

function constraints({ dialect, fences, colocations, orders, locations }: ResourcePlan): Xml {
  return xml('constraints', {}, [
    ...fences.map(({ id, host }) =>
      xml('rsc_location', { id: `${id}-not-on-itself`, rsc: id, node: host, score: '-INFINITY' }),
    ),
    ...colocations.map(({ id, follower, leader, leaderRole, score }) =>
      xml('rsc_colocation', {
        id,
        rsc: follower,
        'with-rsc': leader,
        ...(leaderRole !== null && { 'with-rsc-role': dialect.roles[leaderRole] }),
        score: scoreText(score),
      }),
    ),
    ...orders.map(({ id, first, firstAction, next, nextAction }) =>
      xml('rsc_order', {
        id,
        first,
        'first-action': firstAction,
        // oxlint-disable-next-line unicorn/no-thenable -- an XML attribute's name; nobody awaits it
        then: next,
        'then-action': nextAction,
        kind: 'Mandatory',
      }),
    ),
    ...locations.map(({ id, resource, role, node, score }) => {
      if (role === null) return xml('rsc_location', { id, rsc: resource, node, score: scoreText(score) });
      const expression = { id: `${id}-rule-expression`, attribute: '#uname', operation: 'eq', value: node };
      return xml('rsc_location', { id, rsc: resource }, [
        xml('rule', { id: `${id}-rule`, role: dialect.roles[role], score: scoreText(score) }, [
          xml('expression', expression),
        ]),
      ]);
    }),
  ]);
}

/** The cluster's whole configuration as Pacemaker keeps it, without any status. */
export function renderCib(spec: ClusterSpec, target: ClusterTarget): string {
  const plan = resourcePlan(spec, target);
  const { properties, resourceDefaults, operationDefaults } = plan;
  const head = { 'validate-with': plan.dialect.schema, admin_epoch: '0', epoch: '1', num_updates: '0' };
  const cib = xml('cib', head, [
    xml('configuration', {}, [
      xml('crm_config', {}, [pairs('cluster_property_set', 'cib-bootstrap-options', properties)]),
      xml(
        'nodes',
        {},
        spec.nodes.map((node) => xml('node', { id: nodeId(spec, target, node), uname: fullName(spec, node) })),
      ),
      resources(plan),
      constraints(plan),
      Object.keys(resourceDefaults).length === 0
        ? null
        : xml('rsc_defaults', {}, [pairs('meta_attributes', 'rsc-options', resourceDefaults)]),
      Object.keys(operationDefaults).length === 0
        ? null
        : xml('op_defaults', {}, [pairs('meta_attributes', 'op-options', operationDefaults)]),
    ]),
    xml('status', {}),
  ]);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xmlText(cib)}`;
}

/** On cman Pacemaker calls nodes by their name. */
function nodeId(spec: ClusterSpec, target: ClusterTarget, node: ClusterSpec['nodes'][number]): string {
  return target === 'rhel6' ? fullName(spec, node) : String(node.id);
}
