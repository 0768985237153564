import { readZone } from '../parse/zone.js';
import { ofKind, type Fault, type LintRule } from '../rule.js';

export const dnsUndottedName: LintRule = {
  id: 'dns/undotted-name',
  severity: 'error',
  title: 'A full name without its final dot',
  why: 'The zone is added to it: astapor.got.com becomes astapor.got.com.got.com.',
  remedy: 'End full names with a dot.',
  source: 'Thesis, table 7.7',
  check: (context) =>
    ofKind(context, 'zone', 'reverse-zone').flatMap((file) =>
      readZone(file.text).records.flatMap(({ owner, type, data, line }): Fault[] => {
        const target = ['NS', 'CNAME', 'PTR', 'MX'].includes(type) ? data.at(-1) : undefined;
        return [owner, target ?? '']
          .filter((name) => /[a-z-]\.[a-z]/i.test(name) && !name.endsWith('.'))
          .map((name) => ({ message: name, file: file.name, line, fix: { from: name, to: `${name}.` } }));
      }),
    ),
};
