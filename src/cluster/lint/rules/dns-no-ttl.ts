import { readZone } from '../parse/zone.js';
import { ofKind, type Fault, type LintRule } from '../rule.js';

export const dnsNoTtl: LintRule = {
  id: 'dns/no-ttl',
  severity: 'warning',
  title: 'A zone without $TTL',
  why: 'Records without a time to live of their own have none, and are refused.',
  remedy: 'Begin the zone with $TTL 1h.',
  source: 'Thesis, table 7.7',
  check: (context) =>
    ofKind(context, 'zone', 'reverse-zone')
      .filter(({ text }) => !readZone(text).hasTtl)
      .map(({ name }): Fault => ({ message: 'no $TTL', file: name, line: null })),
};
