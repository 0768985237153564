import { readlinkSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { rehearsalScenarios, type Rehearsal } from '../../model/cluster.js';
import { run } from './commands.js';
import { layOut } from './folders.js';
import { layNetworks } from './network.js';
import type { RehearsalPlan } from './plan.js';
import { Probe } from './probe.js';
import { RehearsalNode } from './rehearsal-node.js';
import { scenarios } from './scenarios.js';
import { Stage } from './stage.js';
import { Watch } from './watch.js';

/**
 * PID 1 of the rehearsal: it runs in namespaces of its own, which rehearsal.ts makes, and is the switch between the nodes.
 * The first line on its input is the plan. When the input ends, whoever wanted the rehearsal is dead, and it ends too;
 * the kernel takes all else with it. What it says are lines of JSON.
 */
export type WorkerMessage =
  | { kind: 'begun'; namespaces: string[] }
  | { kind: 'told'; text: string }
  | { kind: 'done'; steps: Rehearsal['steps']; versions: Record<string, string>; blind: number; error: string | null };

const say = (message: WorkerMessage) => process.stdout.write(`${JSON.stringify(message)}\n`);

const input = createInterface({ input: process.stdin });
input.once('line', (line) => void main(JSON.parse(line)));
input.once('close', () => process.exit(1));

async function main(plan: RehearsalPlan): Promise<void> {
  say({
    kind: 'begun',
    namespaces: ['mnt', 'net', 'pid', 'ipc', 'uts'].map((one) => readlinkSync(`/proc/self/ns/${one}`)),
  });
  const nodes = plan.nodes.map((planned) => new RehearsalNode(plan, planned));
  let steps: Rehearsal['steps'] = [];
  let blind = 0;
  let error: string | null = null;
  try {
    await layOut(plan);
    await layNetworks(plan.networks);
    const probe = new Probe(plan.virtualAddress);
    const watch = new Watch(plan, nodes);
    const stage = new Stage(plan, nodes, probe, watch, (text) => say({ kind: 'told', text }));
    steps = stage.steps;
    try {
      await play(stage);
    } finally {
      blind = watch.blind / 1000;
      probe.stop();
    }
  } catch (cause) {
    error = cause instanceof Error ? cause.message : String(cause);
  }
  say({ kind: 'done', steps, versions: await versions(), blind, error });
}

async function play(stage: Stage): Promise<void> {
  for (const scenario of rehearsalScenarios) {
    if (!stage.plan.scenarios.includes(scenario)) continue;
    await scenarios[scenario](stage);
    await stage.mend();
  }
}

async function versions(): Promise<Record<string, string>> {
  const said = await Promise.all([run('corosync', ['-v']), run('pacemakerd', ['--version'])]);
  const [corosync, pacemaker] = said.map(({ out }) => /\d+\.\d+[.\d]*/.exec(out)?.[0] ?? 'unknown');
  return { corosync: corosync ?? 'unknown', pacemaker: pacemaker ?? 'unknown' };
}
