import type { Command } from 'commander';
import { HealthError } from '../model/error.js';
import { visibleLine } from '../model/text.js';
import { define } from './define.js';

export function addRender(program: Command): void {
  define(program, {
    name: 'render',
    summary:
      'Draw the HTML page of a run from its JSON alone: no store and no repository is needed, and the page is the one ' +
      'health report --html writes, byte for byte.',
    listensTo: ['json', 'out'],
    examples: [
      { line: 'health report --json --out run.json', does: 'make a run to keep' },
      { line: 'health render run.json --out run.html', does: 'its page' },
      { line: 'health render run.json', does: 'the same, beside the JSON' },
    ],
    shape: (command) => command.argument('<run>', 'the JSON of a run'),
    async run({ args, globals, printer }) {
      const [file = ''] = args;
      const out = globals.out ?? `${file.replace(/\.json$/i, '')}.html`;
      if (out === file) throw new HealthError('bad-usage', '--out names the run itself');
      const { renderRun } = await import('../pipeline/render.js');
      const { intact } = await renderRun(file, out);
      if (!intact) printer.warn(`${file} was changed after it was written: its seal is broken`);
      if (printer.json) printer.data({ written: [out], intact });
      else printer.result(visibleLine(out));
    },
  });
}
