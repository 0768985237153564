import type { Command } from 'commander';
import type { Placement, Simulation, SimulationStep } from '../../model/cluster.js';
import { ExitCode } from '../../model/error.js';
import { visibleLine } from '../../model/text.js';
import { define } from '../define.js';
import { several } from '../globals.js';
import type { Printer } from '../printer.js';
import { targetOption, type TargetFlag } from './target.js';

interface SimulateFlags extends TargetFlag {
  scenario?: string[];
  thesis?: boolean;
}

/** `zcs_fs on astapor.got.com`, in the placement's order. */
function places({ resources, nodes }: Placement): string[] {
  const where = Object.entries(resources).map(([id, copies]) => {
    const running = copies.filter(({ node }) => node !== null);
    const text = running.map(({ node, role }) => (role === 'started' ? node : `${node} (${role})`)).join(', ');
    return `${id}: ${text === '' ? 'stopped' : text}`;
  });
  return [
    Object.entries(nodes)
      .map(([node, state]) => `${node} ${state}`)
      .join(', '),
    ...where,
  ];
}

function printStep(printer: Printer, { event, actions, actual, expected, equal }: SimulationStep): void {
  printer.result(
    `  ${equal ? printer.style('green', 'as expected') : printer.style('red', 'NOT as expected')}  ${visibleLine(event)}`,
  );
  const done = actions.filter(({ action }) => !['notify', 'monitor', 'cancel'].includes(action));
  if (done.length > 0) {
    const words = done.map(
      ({ action, resource, node }) => `${action} ${resource}${node === '' ? '' : ` on ${node.split('.')[0]}`}`,
    );
    printer.result(`    ${printer.style('dim', visibleLine(words.join(', ')))}`);
  }
  for (const line of places(actual)) printer.result(`    ${visibleLine(line)}`);
  if (!equal)
    for (const line of places(expected)) printer.result(`    ${printer.style('red', visibleLine(`expected ${line}`))}`);
}

function print(printer: Printer, simulations: readonly Simulation[]): void {
  for (const { title, scenario, configuration, steps } of simulations) {
    const whose = configuration === 'thesis' ? ", the thesis's configuration" : '';
    printer.result(printer.style('bold', visibleLine(`${title} (${scenario})${whose}`)));
    for (const step of steps) printStep(printer, step);
  }
}

export function addClusterSimulate(cluster: Command): void {
  define<SimulateFlags>(cluster, {
    name: 'simulate',
    summary:
      "Play what can happen to a cluster through Pacemaker's own scheduler, without any cluster: standby, failures, lost " +
      'quorum, stale data. Exit code 1: something would not go where it belongs.',
    listensTo: ['json'],
    examples: [
      { line: 'health cluster simulate cluster.yaml', does: 'every scenario' },
      { line: 'health cluster simulate zimbra-ha --scenario standby', does: 'tables 7.10 and 7.11 of the thesis' },
    ],
    shape: (command) =>
      command
        .argument('<spec>', 'a file, or zimbra-ha')
        .addOption(targetOption())
        .option('--thesis', "beside it, the thesis's own configuration taken at its word")
        .option('--scenario <id>', 'only this scenario (repeatable)', several),
    async run({ args, options, printer }) {
      const [spec = ''] = args;
      const { simulateSpec } = await import('../../pipeline/cluster.js');
      const scenarios = options.scenario ?? [];
      const simulations = simulateSpec({
        spec,
        cwd: process.cwd(),
        target: options.target,
        scenarios,
        besideThesis: options.thesis ?? false,
      });
      if (printer.json) printer.data(simulations);
      else print(printer, simulations);
      const isRight = simulations.every(
        ({ configuration, steps }) => configuration === 'thesis' || steps.every(({ equal }) => equal),
      );
      return isRight ? ExitCode.done : ExitCode.refused;
    },
  });
}
