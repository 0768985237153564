import type { RehearsalScenario } from '../../model/cluster.js';
import { clusterState } from './cluster-state.js';
import type { RehearsalNode } from './rehearsal-node.js';
import type { Stage } from './stage.js';

/** Milliseconds a lone node gets to serve although it may not. */
const ALONE = 12_000;

/** What is done, scenario by scenario; each begins with two nodes at rest, and may leave them in any state. */
export const scenarios: Record<RehearsalScenario, (stage: Stage) => Promise<void>> = {
  start: async (stage) => {
    await stage.step('start', {
      event: 'both nodes powered on',
      expected: stage.hosts,
      act: async () => {
        await Promise.all(stage.nodes.map((node) => node.boot()));
      },
    });
  },

  // Section 7.7 of the thesis: there (table 7.10), back online without moving, and back again (table 7.11).
  standby: async (stage) => {
    const first = await stage.roles();
    for (const { active, passive } of [first, swapped(first)]) {
      await stage.step('standby', {
        event: `${active.host} to standby`,
        expected: [passive.host],
        act: () => standby(passive, active.host, true),
      });
      await stage.step('standby', {
        event: `${active.host} online again`,
        expected: [passive.host],
        act: () => standby(passive, active.host, false),
      });
    }
  },

  // Corosync dead, the node is lost to its peer. Without controld or execd it can't be trusted and is fenced too; the
  // other daemons are started again in place. Which of both it is differs between versions: what counts is the service.
  'kill-corosync': (stage) => killDaemon(stage, 'kill-corosync', 'corosync'),
  'kill-pacemakerd': (stage) => killDaemon(stage, 'kill-pacemakerd', 'pacemakerd'),
  'kill-controld': (stage) => killDaemon(stage, 'kill-controld', 'pacemaker-controld'),
  'kill-execd': (stage) => killDaemon(stage, 'kill-execd', 'pacemaker-execd'),
  'kill-based': (stage) => killDaemon(stage, 'kill-based', 'pacemaker-based'),
  'kill-fenced': (stage) => killDaemon(stage, 'kill-fenced', 'pacemaker-fenced'),
  'kill-schedulerd': (stage) => killDaemon(stage, 'kill-schedulerd', 'pacemaker-schedulerd'),
  'kill-attrd': (stage) => killDaemon(stage, 'kill-attrd', 'pacemaker-attrd'),

  'kill-service': async (stage) => {
    const { active, passive } = await stage.roles();
    await stage.step('kill-service', {
      event: `kill -9 of the service's process on ${active.host}`,
      expected: [stage.plan.failureMoves ? passive.host : active.host],
      act: () => kill(active, 'mailbox.mjs'),
    });
  },

  'power-off': async (stage) => {
    const { active, passive } = await stage.roles();
    await stage.step('power-off', {
      event: `power of ${active.host} off`,
      expected: [passive.host],
      act: () => active.powerOff(),
      loses: true,
    });
  },

  'cut-link': async (stage) => {
    const { active } = await stage.roles();
    await stage.step('cut-link', {
      event: 'link between the nodes cut, clients reach both',
      expected: stage.plan.activeSurvives ? [active.host] : stage.hosts,
      act: () => stage.cut(true),
      loses: true,
    });
  },

  'cold-start': async (stage) => {
    const { passive: alone } = await stage.roles();
    const step = await stage.step('cold-start', {
      event: `power of both off, ${alone.host} alone on again`,
      expected: [],
      act: async () => {
        await Promise.all(stage.nodes.map((node) => node.powerOff()));
        await alone.boot();
      },
      hold: ALONE,
    });
    if (!(await isUp(alone))) {
      step.violations.push(`${alone.host} alone was not up after ${ALONE / 1000} s: this says nothing`);
      step.ok = false;
    }
    await stage.step('cold-start', {
      event: 'the other one on too',
      expected: stage.hosts,
      act: async () => {
        await Promise.all(stage.nodes.filter((node) => node.pid === null).map((node) => node.boot()));
      },
    });
  },
};

function swapped({ active, passive }: { active: RehearsalNode; passive: RehearsalNode }) {
  return { active: passive, passive: active };
}

async function standby(by: RehearsalNode, host: string, on: boolean): Promise<void> {
  const change = on ? ['--update', 'on'] : ['--delete'];
  const { code, err } = await by.run('crm_attribute', ['--node', host, '--name', 'standby', ...change]);
  if (code !== 0) throw new Error(`crm_attribute on ${by.host}: ${err.trim()}`);
}

async function killDaemon(stage: Stage, scenario: RehearsalScenario, daemon: string): Promise<void> {
  const { active, passive } = await stage.roles();
  await stage.step(scenario, {
    event: `kill -9 ${daemon} on ${active.host}`,
    expected: daemon === 'corosync' ? [passive.host] : stage.hosts,
    act: () => kill(active, daemon),
    loses: true,
  });
}

async function kill(node: RehearsalNode, program: string): Promise<void> {
  if (node.kill(program) === 0) throw new Error(`${program} does not run on ${node.host}`);
}

/** Pacemaker works there, and knows that it has no quorum. */
async function isUp(node: RehearsalNode): Promise<boolean> {
  const state = await clusterState(node);
  return state !== null && state.coordinator && !state.quorum;
}
