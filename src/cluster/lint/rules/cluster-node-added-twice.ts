import { ofKind, type Fault, type LintRule } from '../rule.js';

export const clusterNodeAddedTwice: LintRule = {
  id: 'cluster/node-added-twice',
  severity: 'error',
  title: 'A node is added twice',
  why: 'The second call fails, and the other node is never added.',
  remedy: 'Add the other node.',
  source: 'Thesis, section 7.5',
  check: (context) =>
    ofKind(context, 'commands').flatMap((file) => {
      const added = new Set<string>();
      return file.lines.flatMap((line, i): Fault[] => {
        const node = /--addnode\s+(\S+)/.exec(line)?.[1];
        if (node === undefined) return [];
        const again = added.has(node);
        added.add(node);
        return again ? [{ message: node, file: file.name, line: i + 1 }] : [];
      });
    }),
};
