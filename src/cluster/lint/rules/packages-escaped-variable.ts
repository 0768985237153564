import { faultyLines, ofKind, type LintRule } from '../rule.js';

export const packagesEscapedVariable: LintRule = {
  id: 'packages/escaped-variable',
  severity: 'warning',
  title: 'A variable that is escaped',
  why: 'yum sees a backslash where its variable should be.',
  remedy: '$releasever',
  source: 'Thesis, table 7.9',
  check: (context) =>
    faultyLines(
      ofKind(context, 'repository'),
      /\\\$(\w+)/,
      ([found]) => found,
      ([, name]) => `$${name}`,
    ),
};
