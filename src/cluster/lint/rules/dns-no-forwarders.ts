import { ofKind, type Fault, type LintRule } from '../rule.js';

export const dnsNoForwarders: LintRule = {
  id: 'dns/no-forwarders',
  severity: 'warning',
  title: 'A resolver without forwarders',
  why: 'The nodes ask themselves; where they may not ask the root servers, no name outside of the zone is found.',
  remedy: 'Add forwarders, or say in words that the root servers are asked.',
  source: 'Thesis, table 7.6 (the text asks for them, the file has none)',
  check: (context) =>
    ofKind(context, 'named.conf')
      .filter(({ text }) => !/\bforwarders\s*\{/.test(text))
      .map(({ name }): Fault => ({ message: 'no forwarders', file: name, line: null })),
};
