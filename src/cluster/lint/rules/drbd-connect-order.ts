import { faultyLines, ofKind, type LintRule } from '../rule.js';

export const drbdConnectOrder: LintRule = {
  id: 'drbd/connect-order',
  severity: 'error',
  title: 'Options of `drbdadm connect` in the wrong place',
  why: 'A lone dash is taken for the name of a resource, and nothing is connected.',
  remedy: 'drbdadm connect --discard-my-data RESOURCE',
  source: 'Thesis, section 7.2.2',
  check: (context) =>
    faultyLines(
      ofKind(context, 'commands', 'runbook'),
      /drbdadm\s+connect\s+-\s+--discard-my-data\s+(\S+)/,
      ([found]) => found,
      ([, resource]) => `drbdadm connect --discard-my-data ${resource}`,
    ),
};
