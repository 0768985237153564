import { ofKind, type Fault, type LintRule } from '../rule.js';

export const clusterStartedBeforeCopied: LintRule = {
  id: 'cluster/started-before-copied',
  severity: 'error',
  title: 'The cluster is started before the other node has its file',
  why: 'The other node starts with an old file or none, and the two never become one.',
  remedy: 'Copy, compare, then start.',
  source: 'Thesis, section 7.5',
  check: (context) =>
    ofKind(context, 'commands').flatMap((file): Fault[] => {
      const start = file.lines.findIndex((line) =>
        /^\s*(pcs cluster start|service (cman|pacemaker) start|systemctl start .*pacemaker)/.test(line),
      );
      const copy = file.lines.findIndex((line) => /^\s*scp\b.*\b(cluster|corosync)\.conf/.test(line));
      return start >= 0 && copy > start
        ? [{ message: `started here, copied on line ${copy + 1}`, file: file.name, line: start + 1 }]
        : [];
    }),
};
