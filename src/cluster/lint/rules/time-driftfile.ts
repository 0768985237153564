import { faultyLines, ofKind, type LintRule } from '../rule.js';

export const timeDriftfile: LintRule = {
  id: 'time/driftfile',
  severity: 'error',
  title: 'The drift file is no path',
  why: 'The daemon can not keep what it learnt of its clock, and starts from nothing each time.',
  remedy: 'driftfile /var/lib/ntp/drift',
  source: 'Thesis, table 7.5',
  check: (context) =>
    faultyLines(
      ofKind(context, 'ntp.conf', 'chrony.conf'),
      /^\s*driftfile\s+([^/\s]\S*?)(\/\S*)?\s*$/,
      ([, found, rest = '']) => `${found}${rest}`,
      () => 'driftfile /var/lib/ntp/drift',
    ),
};
