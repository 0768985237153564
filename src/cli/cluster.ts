import type { Command } from 'commander';
import { addClusterCheck } from './cluster-commands/check.js';
import { addClusterInit } from './cluster-commands/init.js';
import { addClusterLint } from './cluster-commands/lint.js';
import { addClusterRehearse } from './cluster-commands/rehearse.js';
import { addClusterRender } from './cluster-commands/render.js';
import { addClusterSimulate } from './cluster-commands/simulate.js';
import { helpTail } from './help.js';

/** The deployment module: from a spec to files, checked by the real tools, and its failover played and rehearsed. */
export function addCluster(program: Command): void {
  const cluster = program
    .command('cluster')
    .description('Deploy a two-node cluster: from one spec, its files, checked, its failover played and rehearsed.')
    .usage('<command> [options]');
  addClusterInit(cluster);
  addClusterRender(cluster);
  addClusterLint(cluster);
  addClusterCheck(cluster);
  addClusterSimulate(cluster);
  addClusterRehearse(cluster);
  cluster.addHelpText(
    'after',
    helpTail([
      { line: 'health cluster init', does: 'a spec to begin with' },
      { line: 'health cluster render cluster.yaml --out cluster', does: 'every file of it' },
      { line: 'health cluster lint cluster.yaml', does: 'mistakes that no program complains of' },
      { line: 'health cluster check cluster', does: 'each held against the program that reads it' },
      { line: 'health cluster simulate cluster.yaml', does: 'what failures would do' },
      { line: 'sudo health cluster rehearse cluster.yaml', does: 'what they do, to a real one on this machine' },
      {
        line: 'health cluster simulate cluster.yaml --thesis --json > simulation.json',
        does: 'for the report; in health.yaml: cluster: {spec: cluster.yaml, simulation: simulation.json}',
      },
    ]),
  );
}
