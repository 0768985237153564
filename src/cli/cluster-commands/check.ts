import type { Command } from 'commander';
import type { CheckOutcome } from '../../model/cluster.js';
import { ExitCode } from '../../model/error.js';
import { visibleLine } from '../../model/text.js';
import { define } from '../define.js';
import type { Printer } from '../printer.js';

const STYLES = { passed: 'green', failed: 'red', skipped: 'yellow' } as const;
const SAID_MOST = 8;

function print(printer: Printer, outcomes: readonly CheckOutcome[]): void {
  for (const { state, file, tool, said } of outcomes) {
    printer.result(`${printer.style(STYLES[state], state.padEnd(8))} ${visibleLine(file)}  ${visibleLine(tool)}`);
    if (state !== 'passed')
      for (const line of said.slice(0, SAID_MOST)) printer.result(`           ${visibleLine(line)}`);
  }
  const count = (state: CheckOutcome['state']): number => outcomes.filter((one) => one.state === state).length;
  printer.note(`${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`);
}

export function addClusterCheck(cluster: Command): void {
  define(cluster, {
    name: 'check',
    summary:
      'Hold every file of a rendered folder against the program that will read it: corosync, crm_verify, crmsh, pcs, ' +
      'drbdadm, named-checkzone, chronyd and more. What is not installed is skipped, and said so. Exit code 1: one said no.',
    listensTo: ['json'],
    examples: [
      { line: 'health cluster check cluster', does: 'all of them' },
      { line: 'health cluster check cluster --json', does: 'with what each program said' },
    ],
    shape: (command) => command.argument('<dir>', 'a folder that health cluster render wrote'),
    async run({ args, printer }) {
      const [folder = ''] = args;
      const { checkRendered } = await import('../../pipeline/cluster.js');
      const outcomes = checkRendered(folder, (file, tool) => {
        if (printer.verbose) printer.note(`${file}: ${tool}`);
      });
      if (printer.json) printer.data(outcomes);
      else print(printer, outcomes);
      return outcomes.some(({ state }) => state === 'failed') ? ExitCode.refused : ExitCode.done;
    },
  });
}
