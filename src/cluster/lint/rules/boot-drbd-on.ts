import { faultyLines, ofKind, type LintRule } from '../rule.js';

export const bootDrbdOn: LintRule = {
  id: 'boot/drbd-on',
  severity: 'error',
  title: 'DRBD starts by itself beside Pacemaker',
  why: 'Two masters of one resource: it is up before the cluster decides anything.',
  remedy: 'chkconfig drbd off, systemctl disable drbd',
  source: 'Thesis, section 7.5',
  check: (context) =>
    faultyLines(
      ofKind(context, 'commands', 'runbook'),
      /chkconfig\s+drbd\s+on|systemctl\s+enable\b.*\bdrbd\b/,
      ([found]) => found,
      () => 'chkconfig drbd off',
    ),
};
