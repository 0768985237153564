import type { ClusterResource, ClusterSpec, ClusterTarget, ResourceOperation } from '../../model/cluster.js';
import type { Dialect } from '../dialect.js';
import { resourcePlan, scoreText, type ResourcePlan } from '../resource-plan.js';
import { shellSetting, shellWord } from '../shell-text.js';

function settings(values: Record<string, string>): string[] {
  return Object.entries(values).map(([name, value]) => shellSetting(name, value));
}

function operation({ name, interval, timeout, role }: ResourceOperation, { roles }: Dialect): string[] {
  return [name, `interval=${interval}s`, `timeout=${timeout}s`, ...(role === null ? [] : [`role=${roles[role]}`])];
}

function created({ id, agent, options, operations, meta }: ClusterResource, plan: ResourcePlan): string[] {
  const group = plan.groups.find(({ members }) => members.includes(id));
  return [
    'resource create',
    id,
    agent,
    ...settings(options),
    ...(operations.length === 0 ? [] : ['op', ...operations.flatMap((one) => operation(one, plan.dialect))]),
    ...(Object.keys(meta).length === 0 ? [] : ['meta', ...settings(meta)]),
    ...(group ? ['--group', group.id] : []),
  ];
}

/** Members of a group in its order, for each one created joins at the end. */
function inOrder({ resources, groups }: ResourcePlan): ClusterResource[] {
  const place = new Map(groups.flatMap(({ members }) => members).map((member, i) => [member, i]));
  return resources.toSorted((a, b) => (place.get(a.id) ?? -1) - (place.get(b.id) ?? -1));
}

function cloned(resource: ClusterResource, plan: ResourcePlan): string[][] {
  const { clone, id } = resource;
  if (!clone) return [];
  const meta = settings(plan.cloneMeta(resource)).filter((one) => one !== 'promotable=true');
  if (!plan.dialect.promotableClone) {
    return [['resource', clone.promotable ? 'master' : 'clone', ...(clone.promotable ? [clone.id] : []), id, ...meta]];
  }
  return [['resource', clone.promotable ? 'promotable' : 'clone', id, clone.id, 'meta', ...meta]];
}

function constraint(...rest: string[]): string[] {
  return ['constraint', ...rest];
}

/** Property, defaults and constraints in the words of pcs 0.9 (rhel6) and of pcs 0.11. */
function words(plan: ResourcePlan): { defaults: string[][]; constraints: string[][] } {
  const { dialect, fences, colocations, orders, locations } = plan;
  const old = !dialect.promotableClone;
  const set = (word: string, values: Record<string, string>): string[][] =>
    Object.keys(values).length === 0 ? [] : [[word, ...(old ? [] : ['update']), ...settings(values)]];
  return {
    defaults: [
      ...set('resource defaults', plan.resourceDefaults),
      ...set('resource op defaults', plan.operationDefaults),
    ],
    constraints: [
      ...fences.map(({ id, host }) => constraint('location', id, 'avoids', `${host}=INFINITY`)),
      ...colocations.map(({ follower, leader, leaderRole, score }) => {
        const role = leaderRole === null ? null : dialect.roles[leaderRole];
        return old
          ? constraint('colocation add', follower, leader, scoreText(score), ...(role ? [`with-rsc-role=${role}`] : []))
          : constraint('colocation add', follower, 'with', ...(role ? [role] : []), leader, scoreText(score));
      }),
      ...orders.map(({ first, firstAction, next, nextAction }) =>
        constraint('order', firstAction, first, shellWord('then'), nextAction, next),
      ),
      ...locations.map(({ resource, role, node, score }) =>
        role === null
          ? constraint('location', resource, score < 0 ? 'avoids' : 'prefers', `${node}=${scoreText(Math.abs(score))}`)
          : constraint(
              'location',
              resource,
              'rule',
              `role=${old ? dialect.roles[role].toLowerCase() : dialect.roles[role]}`,
              `score=${scoreText(score)}`,
              shellWord('#uname'),
              'eq',
              node,
            ),
      ),
    ],
  };
}

/**
 * A shell script that builds the same configuration with pcs, in a file (its first argument) that `cibadmin --empty`
 * made; `pcs cluster cib-push FILE` then makes it the cluster's.
 */
export function renderPcs(spec: ClusterSpec, target: ClusterTarget): string {
  const plan = resourcePlan(spec, target);
  const { defaults, constraints } = words(plan);
  const commands: string[][] = [
    ['property set', ...settings(plan.properties)],
    ...defaults,
    ...plan.fences.map(({ id, agent, options }) => [
      'stonith create',
      id,
      agent,
      ...settings(options),
      'op monitor interval=60s timeout=60s',
    ]),
    ...inOrder(plan).map((resource) => created(resource, plan)),
    ...plan.resources.flatMap((resource) => cloned(resource, plan)),
    ...plan.groups.flatMap(({ id, meta }) =>
      Object.keys(meta).length === 0 ? [] : [['resource meta', id, ...settings(meta)]],
    ),
    ...constraints,
  ];
  const lines = commands.map((command) => `pcs -f "$cib" ${command.join(' ')}`);
  return [
    '#!/bin/sh',
    `# Builds the configuration of ${spec.name} in a file: cibadmin --empty > FILE; sh ${spec.name}-pcs.sh FILE`,
    'set -eu',
    'cib=${1:?usage: $0 FILE}',
    ...lines,
    '',
  ].join('\n');
}
