import { Option, type Command } from 'commander';
import { rehearsalScenarios, type Rehearsal, type RehearsalScenario, type RehearsalStep } from '../../model/cluster.js';
import { ExitCode } from '../../model/error.js';
import { define } from '../define.js';
import { interruptible } from '../interrupt.js';
import type { Printer } from '../printer.js';
import { tableText } from '../table.js';
import { targetOption, type TargetFlag } from './target.js';

interface RehearseFlags extends TargetFlag {
  scenario?: RehearsalScenario[];
}

function away(seconds: number | null): string {
  return seconds === null ? 'for good' : `${seconds.toFixed(2)} s`;
}

function row({ event, addressAway, serviceAway, servedBy, fenced, ok, violations }: RehearsalStep): string[] {
  const judged = ok ? 'yes' : violations.length > 0 ? `NO: ${violations[0]}` : 'NO';
  return [event, away(addressAway), away(serviceAway), servedBy ?? 'nobody', fenced.join(', '), judged];
}

function print(printer: Printer, { steps, substitutions, took, leftovers, ok }: Rehearsal): void {
  const width = process.stdout.isTTY ? process.stdout.columns : undefined;
  const columns = ['what was done', 'address away', 'service away', 'served by', 'fenced', 'as it should'];
  printer.result(tableText(columns, steps.map(row), { width }));
  for (const { original, standIn, why } of substitutions) {
    printer.note(`${original} was played by ${standIn}: ${why}`);
  }
  for (const leftover of leftovers) printer.warn(`left behind: ${leftover}`);
  const right = steps.filter((step) => step.ok).length;
  printer.note(`${right} of ${steps.length} steps as they should, in ${took} s${ok ? '' : ': the rehearsal failed'}`);
}

function scenario(text: string, before: readonly RehearsalScenario[] | undefined): RehearsalScenario[] {
  // commander has held it against the choices already.
  return [...(before ?? []), ...rehearsalScenarios.filter((known) => known === text)];
}

export function addClusterRehearse(cluster: Command): void {
  define<RehearseFlags>(cluster, {
    name: 'rehearse',
    summary:
      'Run the cluster for real, on this machine: two nodes with corosync and Pacemaker in namespaces of their own. Nodes ' +
      'are sent to standby, daemons killed, plugs and links pulled, and it is measured how long address and service are ' +
      'away, and watched that nobody serves twice. Needs root. Exit code 1: something was not as it should.',
    listensTo: ['json'],
    examples: [
      { line: 'sudo health cluster rehearse cluster.yaml', does: 'every scenario, in a few minutes' },
      { line: 'sudo health cluster rehearse zimbra-ha --scenario standby --scenario power-off', does: 'two of them' },
      {
        line: 'sudo health cluster rehearse cluster.yaml --json > rehearsal.json',
        does: 'for the report (cluster: in health.yaml)',
      },
    ],
    shape: (command) =>
      command
        .argument('<spec>', 'a file, or zimbra-ha')
        .addOption(targetOption())
        .addOption(
          new Option('--scenario <id>', 'only this scenario (repeatable)')
            .choices(rehearsalScenarios)
            .argParser<RehearsalScenario[] | undefined>(scenario),
        ),
    async run({ args, options, printer }) {
      const [spec = ''] = args;
      const { rehearseSpec } = await import('../../pipeline/cluster.js');
      const chosen = options.scenario ?? rehearsalScenarios.filter((id) => id !== 'start');
      const progress = (text: string): void => {
        if (!printer.json) printer.note(text);
      };
      const found = await interruptible(printer, 'the rehearsal was interrupted: its nodes are gone', (signal) =>
        rehearseSpec({ spec, cwd: process.cwd(), target: options.target, scenarios: [...chosen], signal, progress }),
      );
      if (printer.json) printer.data(found);
      else print(printer, found);
      return found.ok ? ExitCode.done : ExitCode.refused;
    },
  });
}
