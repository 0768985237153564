import { faultyLines, ofKind, type LintRule } from '../rule.js';

export const clusterWaitForAllOff: LintRule = {
  id: 'cluster/wait-for-all-off',
  severity: 'error',
  title: 'wait_for_all is switched off',
  why: 'After a full outage one node alone starts the service, on data that may be old.',
  remedy: 'Leave it on; two_node implies it.',
  source: 'votequorum(5)',
  check: (context) =>
    faultyLines(
      ofKind(context, 'corosync.conf'),
      /^\s*wait_for_all:\s*0/,
      ([found]) => found.trim(),
      () => '    wait_for_all: 1',
    ),
};
