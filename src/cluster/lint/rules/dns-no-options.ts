import { ofKind, type Fault, type LintRule } from '../rule.js';

export const dnsNoOptions: LintRule = {
  id: 'dns/no-options',
  severity: 'warning',
  title: 'named.conf has no options',
  why: "Without a directory a zone's file is looked for wherever the daemon was started; without limits it resolves for everybody.",
  remedy: 'Add an options block with directory, listen-on, allow-query and allow-recursion.',
  source: 'Thesis, table 7.6',
  check: (context) =>
    ofKind(context, 'named.conf')
      .filter(({ text }) => !/^\s*options\s*\{/m.test(text))
      .map(({ name }): Fault => ({ message: 'no options block', file: name, line: null })),
};
