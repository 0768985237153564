import { readZone } from '../parse/zone.js';
import { ofKind, type Fault, type LintRule } from '../rule.js';

export const dnsNoSoa: LintRule = {
  id: 'dns/no-soa',
  severity: 'error',
  title: 'A zone without SOA',
  why: 'No name server loads it.',
  remedy: 'Begin with $TTL, and an SOA with serial, refresh, retry, expire and minimum.',
  source: 'Thesis, table 7.7',
  check: (context) =>
    ofKind(context, 'zone', 'reverse-zone')
      .filter(({ text }) => !readZone(text).records.some(({ type }) => type === 'SOA'))
      .map(({ name }): Fault => ({ message: 'no SOA record', file: name, line: null })),
};
