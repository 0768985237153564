import { faultyLines, ofKind, type LintRule } from '../rule.js';

export const packagesSignaturesOff: LintRule = {
  id: 'packages/signatures-off',
  severity: 'error',
  title: 'Packages are not checked',
  why: 'Whoever stands between you and the mirror installs what they like, as root.',
  remedy: 'gpgcheck=1, and a gpgkey.',
  source: 'Thesis, table 7.9',
  check: (context) =>
    faultyLines(
      ofKind(context, 'repository'),
      /^\s*gpgcheck\s*=\s*0/,
      ([found]) => found.trim(),
      () => 'gpgcheck=1',
    ),
};
