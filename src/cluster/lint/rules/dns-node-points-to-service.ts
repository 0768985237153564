import { nodeAddresses } from '../addresses.js';
import { readZone } from '../parse/zone.js';
import { ofKind, type Fault, type LintRule } from '../rule.js';

export const dnsNodePointsToService: LintRule = {
  id: 'dns/node-points-to-service',
  severity: 'error',
  title: 'The name of a node leads to the virtual address',
  why: 'Whoever speaks to the node by its name reaches the one that happens to serve: ssh, fencing and monitoring get the wrong machine.',
  remedy: "Give the node's name its own address.",
  source: 'Thesis, table 7.7',
  check(context) {
    const nodes = new Set(nodeAddresses(context).keys());
    return ofKind(context, 'zone').flatMap((file) =>
      readZone(file.text)
        .records.filter(
          ({ type, owner, data }) =>
            type === 'CNAME' && nodes.has(owner.split('.')[0] ?? '') && !nodes.has(data[0]?.split('.')[0] ?? ''),
        )
        .map(({ owner, data, line }): Fault => ({
          message: `${owner} is an alias of ${data[0]}`,
          file: file.name,
          line,
        })),
    );
  },
};
