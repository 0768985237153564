import type { ClusterResource, ClusterSpec, ClusterTarget, ResourceOperation } from '../../model/cluster.js';
import type { Dialect } from '../dialect.js';
import { resourcePlan, scoreText } from '../resource-plan.js';

/** A value as the crm shell reads it. */
function quoted(value: string): string {
  return /^[A-Za-z0-9_@:./+-]+$/.test(value) ? value : `"${value.replace(/["\\]/g, String.raw`\$&`)}"`;
}

function settings(values: Record<string, string>): string[] {
  return Object.entries(values).map(([name, value]) => `${name}=${quoted(value)}`);
}

/** One statement: the rest goes on lines of its own, each but the last ended by a backslash. */
function statement(head: string, rest: readonly string[]): string {
  return [head, ...rest.map((line) => `\t${line}`)].join(' \\\n');
}

function section(word: string, values: Record<string, string>): string[] {
  const words = settings(values);
  return words.length === 0 ? [] : [`${word} ${words.join(' ')}`];
}

function operation({ name, interval, timeout, role }: ResourceOperation, { roles }: Dialect): string {
  const own = role === null ? '' : ` role=${roles[role]}`;
  return `op ${name} interval=${interval}s timeout=${timeout}s${own}`;
}

function primitive({ id, agent, options, operations, meta }: ClusterResource, dialect: Dialect): string {
  return statement(`primitive ${id} ${agent}`, [
    ...section('params', options),
    ...operations.map((one) => operation(one, dialect)),
    ...section('meta', meta),
  ]);
}

function shortScore(score: number): string {
  return scoreText(score).replace('INFINITY', 'inf');
}

/** For `crm configure load update FILE`: statements only, nothing that is a command of another shell. */
export function renderCrm(spec: ClusterSpec, target: ClusterTarget): string {
  const plan = resourcePlan(spec, target);
  const { dialect } = plan;
  const statements = [
    statement('property cib-bootstrap-options:', settings(plan.properties)),
    statement('rsc_defaults rsc-options:', settings(plan.resourceDefaults)),
    statement('op_defaults op-options:', settings(plan.operationDefaults)),
    ...plan.fences.map(({ id, agent, options }) =>
      statement(`primitive ${id} stonith:${agent}`, [
        ...section('params', options),
        'op monitor interval=60s timeout=60s',
      ]),
    ),
    ...plan.resources.map((resource) => primitive(resource, dialect)),
    ...plan.groups.map(({ id, members, meta }) => statement(`group ${id} ${members.join(' ')}`, section('meta', meta))),
    ...plan.resources.flatMap((resource) => {
      const { clone } = resource;
      if (!clone) return [];
      const word = clone.promotable && !dialect.promotableClone ? 'ms' : 'clone';
      return [statement(`${word} ${clone.id} ${resource.id}`, section('meta', plan.cloneMeta(resource)))];
    }),
    ...plan.fences.map(({ id, host }) => `location ${id}-not-on-itself ${id} -inf: ${host}`),
    ...plan.colocations.map(({ id, follower, leader, leaderRole, score }) => {
      const role = leaderRole === null ? '' : `:${dialect.roles[leaderRole]}`;
      return `colocation ${id} ${shortScore(score)}: ${follower} ${leader}${role}`;
    }),
    ...plan.orders.map(
      ({ id, first, firstAction, next, nextAction }) =>
        `order ${id} ${dialect.promotableClone ? 'Mandatory' : 'inf'}: ${first}:${firstAction} ${next}:${nextAction}`,
    ),
    ...plan.locations.map(({ id, resource, role, node, score }) =>
      role === null
        ? `location ${id} ${resource} ${shortScore(score)}: ${node}`
        : statement(`location ${id} ${resource}`, [
            `rule $role=${dialect.roles[role]} ${shortScore(score)}: #uname eq ${node}`,
          ]),
    ),
  ];
  return `# crm configure load update ${spec.name}.crm\n${statements.join('\n')}\n`;
}
