import { ofKind, type Fault, type LintRule } from '../rule.js';

export const drbdFencingSection: LintRule = {
  id: 'drbd/fencing-section',
  severity: 'error',
  title: "`fencing` in the other generation's section",
  why: 'DRBD 8.4 has it in `disk`, DRBD 9 in `net`; in the wrong one the file is refused.',
  remedy: 'Put it where the version that runs looks for it.',
  source: 'drbd.conf(5) of 8.4 and of 9',
  check: (context) =>
    ofKind(context, 'drbd')
      .filter(({ text }) =>
        (/\bnode-id\b/.test(text) ? /\bdisk\s*\{[^}]*\bfencing\b/ : /\bnet\s*\{[^}]*\bfencing\b/).test(text),
      )
      .map(({ name, text }): Fault => ({
        message: /\bnode-id\b/.test(text)
          ? 'DRBD 9, and fencing stands in disk'
          : 'DRBD 8.4, and fencing stands in net',
        file: name,
        line: null,
      })),
};
