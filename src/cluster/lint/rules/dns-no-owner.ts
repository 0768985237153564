import { readZone } from '../parse/zone.js';
import { ofKind, type Fault, type LintRule } from '../rule.js';

export const dnsNoOwner: LintRule = {
  id: 'dns/no-owner',
  severity: 'error',
  title: 'The first record has no owner',
  why: 'A record without a name takes that of the record before; the first has none to take.',
  remedy: 'Write @ for the zone itself.',
  source: 'Thesis, table 7.7',
  check: (context) =>
    ofKind(context, 'zone', 'reverse-zone').flatMap((file): Fault[] => {
      const [first] = readZone(file.text).records;
      return first && first.owner === ''
        ? [{ message: `${first.type} without an owner`, file: file.name, line: first.line }]
        : [];
    }),
};
