import type { Command } from 'commander';
import { define } from '../define.js';

interface InitFlags {
  schema?: boolean;
}

export function addClusterInit(cluster: Command): void {
  define<InitFlags>(cluster, {
    name: 'init',
    summary:
      "Write a commented cluster spec to begin with: the thesis's two-node Zimbra cluster, its mistakes mended. Never " +
      'over a file that is there.',
    listensTo: ['out'],
    examples: [
      { line: 'health cluster init', does: 'writes cluster.yaml' },
      { line: 'health cluster init --schema > cluster.schema.json', does: 'the JSON Schema of a spec, for editors' },
    ],
    shape: (command) => command.option('--schema', 'print the JSON Schema instead'),
    async run({ options, globals, printer }) {
      if (options.schema) {
        const { clusterJsonSchema } = await import('../../config/cluster.js');
        printer.data(clusterJsonSchema());
        return;
      }
      const file = globals.out ?? 'cluster.yaml';
      const { initCluster } = await import('../../pipeline/cluster-files.js');
      initCluster(file);
      printer.note(`wrote ${file}; next: health cluster render ${file} --out DIR`);
    },
  });
}
