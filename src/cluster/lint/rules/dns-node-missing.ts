import { nodeAddresses } from '../addresses.js';
import { readZone } from '../parse/zone.js';
import { ofKind, type Fault, type LintRule } from '../rule.js';

export const dnsNodeMissing: LintRule = {
  id: 'dns/node-missing',
  severity: 'warning',
  title: 'A node has no address in the zone',
  why: 'The other name server then does not know it, and what is found depends on who is asked.',
  remedy: 'Give every node an A record in every copy of the zone.',
  source: 'Thesis, table 7.7',
  check(context) {
    const nodes = [...nodeAddresses(context).keys()];
    return ofKind(context, 'zone').flatMap((file) => {
      const owners = new Set(
        readZone(file.text)
          .records.filter(({ type }) => type === 'A')
          .map(({ owner }) => owner.split('.')[0]),
      );
      return nodes
        .filter((node) => !owners.has(node))
        .map((node): Fault => ({ message: `no A record for ${node}`, file: file.name, line: null }));
    });
  },
};
