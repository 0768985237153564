import { nodeAddresses } from '../addresses.js';
import { ofKind, type Fault, type LintRule } from '../rule.js';

export const clusterNodeMissing: LintRule = {
  id: 'cluster/node-missing',
  severity: 'error',
  title: 'A node is not in the cluster',
  why: 'One node is a cluster of one: there is nowhere to fail over to.',
  remedy: 'Add every node once.',
  source: 'Thesis, section 7.5',
  check(context) {
    const nodes = [...nodeAddresses(context).keys()];
    return ofKind(context, 'cluster.conf', 'corosync.conf').flatMap((file) =>
      nodes
        .filter((node) => !new RegExp(`\\b${node}\\b`).test(file.text))
        .map((node): Fault => ({ message: `no ${node}`, file: file.name, line: null })),
    );
  },
};
