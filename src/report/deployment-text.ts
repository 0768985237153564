import type { LintFinding, Placement, Rehearsal, Simulation, SimulationStep } from '../model/cluster.js';
import type { ClusterComponent, DeployedCluster } from '../model/deployed-cluster.js';
import type { Distance } from '../model/deployment.js';
import { count, list, number, UNKNOWN } from './figure-text.js';

/** A node's name without its domain. */
export function shortNode(node: string): string {
  return node.split('.')[0] ?? node;
}

/** What the drawing shows, in words. */
export function clusterLines({ cluster }: DeployedCluster): [string, string][] {
  const { virtualAddress: virtual, storage, fencing, quorum } = cluster;
  return [
    ['Cluster', `${cluster.name}: ${cluster.title}, in the domain ${cluster.domain}, for ${cluster.target}`],
    ['Service', `${cluster.service}, behind ${virtual.name} (${virtual.address}, network ${virtual.network})`],
    ...cluster.nodes.map(({ name, interfaces }): [string, string] => [
      `Node ${name}`,
      interfaces.map(({ device, address, network }) => `${device} ${address} on ${network}`).join(', '),
    ]),
    ...cluster.networks.map(({ id, subnet, roles }): [string, string] => [
      `Network ${id}`,
      `${subnet}, for ${list(roles)}`,
    ]),
    [
      'Storage',
      `DRBD ${storage.drbd}, ${storage.resource}: ${storage.device} on ${storage.disk} (meta-data ${storage.metaDisk}), protocol ${storage.protocol}, port ${storage.port}; ${storage.filesystem} at ${storage.mount}`,
    ],
    ['Fencing', fencing.length === 0 ? 'none' : fencing.map(fenceText).join('; ')],
    ['Quorum', quorumText(quorum)],
  ];
}

function fenceText({ id, node, agent, delay }: DeployedCluster['cluster']['fencing'][number]): string {
  return `${id} (${agent}) switches ${node} off${delay > 0 ? `, after ${number(delay)} s` : ''}`;
}

function quorumText({ host, algorithm }: DeployedCluster['cluster']['quorum']): string {
  return host === null ? 'the two nodes alone (two_node)' : `a third vote from ${host} (${algorithm})`;
}

/** `12 releases, 450 days, 3 000 commits`. */
function distanceText({ releases, days, commits }: Distance): string {
  if (releases === 0 && commits === 0) return 'the newest';
  return [count(releases, 'release'), count(days, 'day'), count(commits, 'commit')].join(', ');
}

function toText(distance: Distance): string {
  const text = distanceText(distance);
  return text === 'the newest' ? `${text} (${distance.to.version})` : `${text} behind ${distance.to.version}`;
}

/** How far a component is behind, one line each; else why it isn't known. */
export function behindTexts({ standing, reason }: ClusterComponent): { series: string; newest: string } | string {
  if (standing === null) return `not known: ${reason ?? ''}`;
  const { series, newest } = standing;
  return {
    series: toText(series.behind),
    newest: toText(newest),
  };
}

/** `1.1.12, 22 October 2014` where it is known. */
export function releaseText({ figures }: ClusterComponent): string {
  if (figures === null || figures.lastRelease === null) return UNKNOWN;
  return figures.released === null ? figures.lastRelease : `${figures.lastRelease} (${figures.released})`;
}

/** `2 errors, 1 warning and 3 notes`. */
export function lintText(findings: readonly LintFinding[]): string {
  const kinds = ['error', 'warning', 'note'] as const;
  const parts = kinds.flatMap((kind) => {
    const many = findings.filter(({ severity }) => severity === kind).length;
    return many === 0 ? [] : [count(many, kind)];
  });
  return parts.length === 0 ? 'No rule found anything' : list(parts);
}

export function placeText({ place }: LintFinding): string {
  return place === null ? 'the spec' : `${place.file}${place.line === null ? '' : `:${place.line}`}`;
}

export const CONFIGURATION_TEXT = { ours: 'this cluster', thesis: "the thesis's own configuration" } as const;

/** The scenarios in their order, each with what was played of it. */
export function scenariosOf(
  simulations: readonly Simulation[],
): { scenario: string; title: string; of: Simulation[] }[] {
  const ids = [...new Set(simulations.map(({ scenario }) => scenario))];
  return ids.map((scenario) => {
    const of = simulations.filter((one) => one.scenario === scenario);
    return { scenario, title: of[0]?.title ?? scenario, of };
  });
}

/** `all 5 steps as expected`, `4 of 5 steps as expected`. */
export function outcomeText({ steps }: Simulation): string {
  const right = steps.filter(({ equal }) => equal).length;
  if (right < steps.length) return `${right} of ${count(steps.length, 'step')} as expected`;
  return steps.length === 1 ? 'as expected' : `all ${steps.length} steps as expected`;
}

/** `start zcs_fs on astapor, …`. */
export function actionsText({ actions }: SimulationStep): string {
  const words = actions.map(
    ({ action, resource, node }) => `${action} ${resource}${node === '' ? '' : ` on ${shortNode(node)}`}`,
  );
  return words.length === 0 ? 'nothing is done' : words.join(', ');
}

function copiesText(copies: Placement['resources'][string] | undefined): string {
  const running = (copies ?? []).filter(({ node }) => node !== null);
  const words = running.map(({ node, role }) => `${shortNode(node ?? '')}${role === 'started' ? '' : ` (${role})`}`);
  return words.length === 0 ? 'nowhere' : `on ${list(words.toSorted())}`;
}

/** Where a step left what it should not have; empty where all is as expected. */
export function wrongTexts({ expected, actual, equal }: SimulationStep): string[] {
  if (equal) return [];
  const nodes = Object.entries(expected.nodes).flatMap(([node, state]) =>
    actual.nodes[node] === state
      ? []
      : [`${shortNode(node)} is ${actual.nodes[node] ?? 'unknown'}, and should be ${state}`],
  );
  const resources = Object.entries(expected.resources).flatMap(([id, copies]) => {
    const [should, is] = [copiesText(copies), copiesText(actual.resources[id])];
    return should === is ? [] : [`${id} runs ${is}, and should run ${should}`];
  });
  return [...nodes, ...resources];
}

/** Seconds that something was away. */
export function awayText(seconds: number | null): string {
  return seconds === null ? 'for good' : `${number(seconds)} s`;
}

export function rehearsalLead({ at, versions, steps, took, blind, ok }: Rehearsal): string {
  const right = steps.filter((step) => step.ok).length;
  const software = list(Object.entries(versions).map(([name, version]) => `${name} ${version}`));
  return (
    `Two nodes with ${software}, run on ${at} UTC in ${number(took)} s: ${right} of ${count(steps.length, 'step')} as they should` +
    `${ok ? '' : '; the rehearsal failed'}. What was shorter than ${number(blind)} s may have been missed.`
  );
}

/** What was not played by itself, and what was left behind. */
export function rehearsalRemarks({ substitutions, leftovers }: Rehearsal): string[] {
  return [
    ...substitutions.map(({ original, standIn, why }) => `${original} was played by ${standIn}: ${why}`),
    ...leftovers.map((one) => `Left behind: ${one}`),
  ];
}
