import { ofKind, type Fault, type LintRule } from '../rule.js';

export const dnsNoReverseZone: LintRule = {
  id: 'dns/no-reverse-zone',
  severity: 'warning',
  title: 'No reverse zone',
  why: 'Mail servers ask for the name of the address that talks to them, and turn away the ones without.',
  remedy: 'Add a zone in in-addr.arpa with a PTR for each address.',
  source: 'Thesis, table 7.6',
  check: (context) =>
    ofKind(context, 'named.conf')
      .filter(({ text }) => !text.includes('in-addr.arpa'))
      .map(({ name }): Fault => ({ message: 'no zone in in-addr.arpa', file: name, line: null })),
};
