import type { Command } from 'commander';
import type { Replication } from '../model/result.js';
import { visibleLine } from '../model/text.js';
import { openInBrowser } from './browser.js';
import { define } from './define.js';
import { interruptible } from './interrupt.js';
import { withProgress } from './live.js';
import { tableText } from './table.js';

const LABEL =
  'Replica: histories made up by this program, with the commits and committers per year of the real projects.';
const DEFAULT_REPORT = 'reports/demo.html';
const FOLDER = 'data/demo';

function figure(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(2);
}

function replicationTable(replication: readonly Replication[], heading: (line: string) => string): string {
  const columns = ['figure', 'title', 'project', 'published', 'replica', 'how the published figure comes out'];
  const rows = replication.map(({ figure: number, title, project, published, ours, reproducedBy }) => [
    number,
    title,
    project,
    published,
    figure(ours),
    reproducedBy?.rule ?? 'not reproduced',
  ]);
  return tableText(columns, rows, { heading });
}

export function addDemo(program: Command): void {
  define<{ open?: boolean }>(program, {
    name: 'demo',
    summary:
      'The study on built-in replica histories: offline, without git, in a few seconds. Nothing in it is real data.',
    listensTo: ['json', 'out'],
    examples: [
      { line: 'health demo', does: `write ${DEFAULT_REPORT}` },
      { line: 'health demo --open', does: 'and show it in the browser' },
    ],
    shape: (command) => command.option('--open', 'show the report in the browser'),
    async run({ options, globals, printer }) {
      const { demo } = await import('../pipeline/demo.js');
      const target = globals.out ?? DEFAULT_REPORT;
      const { report, result } = await interruptible(
        printer,
        'interrupted; run health demo again to start afresh',
        (signal) =>
          withProgress([], printer, (progress) =>
            demo({ dir: FOLDER, report: target, signal, ...(progress && { progress }) }),
          ),
      );
      if (printer.json) printer.data({ replica: true, report, replication: result.replication });
      else {
        printer.result(printer.style('bold', LABEL));
        printer.result(replicationTable(result.replication, (line) => printer.style('bold', line)));
        printer.result(`\nReport of the replica: ${visibleLine(report)}`);
      }
      if (options.open && !(await openInBrowser(report)))
        printer.warn(`no browser could be started; open ${report} yourself`);
    },
  });
}
