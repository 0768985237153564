import { faultyLines, ofKind, type LintRule } from '../rule.js';

export const timeNoIburst: LintRule = {
  id: 'time/no-iburst',
  severity: 'note',
  title: 'A source without iburst',
  why: 'After a boot it takes minutes until the clock is right; the cluster is up by then.',
  remedy: 'Add iburst.',
  source: 'Thesis, table 7.5',
  check: (context) =>
    faultyLines(
      ofKind(context, 'ntp.conf', 'chrony.conf'),
      /^\s*(?:server|pool)\s+(?!.*\biburst\b)(?!127\.127\.)\S+.*$/,
      ([found]) => found.trim(),
      ([found]) => `${found.trimEnd()} iburst`,
    ),
};
