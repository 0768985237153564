import type { Command } from 'commander';
import { HealthError } from '../../model/error.js';
import { visible, visibleLine } from '../../model/text.js';
import { define } from '../define.js';
import { targetOption, type TargetFlag } from './target.js';

interface RenderFlags extends TargetFlag {
  diff?: string;
}

export function addClusterRender(cluster: Command): void {
  define<RenderFlags>(cluster, {
    name: 'render',
    summary:
      'Write every configuration file of a cluster: a folder for each node, and the CIB, crm and pcs scripts, Ansible ' +
      'variables and a runbook for the whole. The same spec gives the same bytes. No secret is in any of them.',
    listensTo: ['out', 'json'],
    examples: [
      { line: 'health cluster render cluster.yaml --out cluster', does: 'for the target the spec names' },
      { line: 'health cluster render zimbra-ha --target rhel6 --out thesis', does: "the thesis's own platform" },
      { line: 'health cluster render cluster.yaml --diff cluster', does: 'show what would change, write nothing' },
    ],
    shape: (command) =>
      command
        .argument('<spec>', 'a file, or zimbra-ha, which comes with the program')
        .addOption(targetOption())
        .option('--diff <dir>', 'compare with a rendered folder instead of writing'),
    async run({ args, options, globals, printer }) {
      const [spec = ''] = args;
      const { renderSpec, renderedChanges, writeRendered } = await import('../../pipeline/cluster-files.js');
      const rendered = renderSpec(spec, process.cwd(), options.target);
      if (options.diff !== undefined) {
        if (globals.out !== null) throw new HealthError('bad-usage', '--diff writes nothing: leave out --out');
        const changes = renderedChanges(rendered, options.diff);
        if (printer.json) printer.data(changes);
        else for (const { patch } of changes) printer.result(visible(patch));
        printer.note(changes.length === 0 ? 'nothing would change' : `${changes.length} files would change`);
        return;
      }
      if (globals.out === null) {
        throw new HealthError('bad-usage', 'where to? Name a folder with --out', {
          hint: `health cluster render ${spec} --out cluster`,
        });
      }
      const places = writeRendered(rendered, globals.out);
      if (printer.json) printer.data({ target: rendered.target, folder: globals.out, files: places });
      else for (const place of places) printer.result(visibleLine(`${globals.out}/${place}`));
      printer.note(`${places.length} files for ${rendered.target}; next: health cluster check ${globals.out}`);
    },
  });
}
