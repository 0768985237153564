import { faultyLines, ofKind, type LintRule } from '../rule.js';

export const clusterCmanQuorumTimeout: LintRule = {
  id: 'cluster/cman-quorum-timeout',
  severity: 'error',
  title: 'cman does not wait for quorum',
  why: 'A node that boots alone starts the service at once, whatever the other one does.',
  remedy: 'two_node="1" expected_votes="1", and no CMAN_QUORUM_TIMEOUT=0',
  source: 'Thesis, section 7.5',
  check: (context) => faultyLines(ofKind(context, 'cman', 'commands'), /CMAN_QUORUM_TIMEOUT=0/, ([found]) => found),
};
