import { ofKind, type Fault, type LintRule } from '../rule.js';

export const drbdNoResource: LintRule = {
  id: 'drbd/no-resource',
  severity: 'error',
  title: "A DRBD resource's file without a resource",
  why: 'drbdadm reads no resource from it.',
  remedy: 'resource NAME { device …; disk …; meta-disk …; on HOST { address …; } … }',
  source: 'Thesis, table 7.8',
  check: (context) =>
    ofKind(context, 'drbd')
      .filter(({ text }) => !/^\s*resource\s+\S+\s*\{/m.test(text))
      .map(({ name, text }): Fault => ({
        message: /\sIN\s/.test(text) ? 'records of a DNS zone stand in it' : 'no resource section',
        file: name,
        line: null,
      })),
};
