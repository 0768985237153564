import { readZone } from '../parse/zone.js';
import { ofKind, type Fault, type LintRule } from '../rule.js';

/** With or without the domain: the thesis writes one host both ways. */
function short(name: string): string {
  return name.split('.')[0] ?? '';
}

export const dnsCnameBesideOthers: LintRule = {
  id: 'dns/cname-beside-others',
  severity: 'error',
  title: 'A CNAME beside other records of one name',
  why: 'A name that is an alias has nothing else (RFC 1034, 3.6.2); the zone is refused, or one of the two is lost.',
  remedy: 'Keep the A record.',
  source: 'RFC 1034, section 3.6.2; thesis, table 7.7',
  check: (context) =>
    ofKind(context, 'zone').flatMap((file) => {
      const { records } = readZone(file.text);
      return records
        .filter(
          ({ type, owner }) =>
            type === 'CNAME' && records.some((other) => other.type !== 'CNAME' && short(other.owner) === short(owner)),
        )
        .map(({ owner, line }): Fault => ({ message: `${owner} has other records too`, file: file.name, line }));
    }),
};
