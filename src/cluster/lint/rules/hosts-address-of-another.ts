import { readHosts } from '../parse/hosts.js';
import { nodeAddresses } from '../addresses.js';
import { ofKind, type Fault, type LintRule } from '../rule.js';

export const hostsAddressOfAnother: LintRule = {
  id: 'hosts/address-of-another',
  severity: 'error',
  title: 'A host has the address of another one',
  why: 'Names and addresses that contradict each other send traffic to the wrong node, and a cluster that fences by name shoots the wrong one.',
  remedy: "Give each name the address that the host's own interface file has.",
  source: 'Thesis, table 7.3',
  check(context) {
    const own = nodeAddresses(context);
    return ofKind(context, 'hosts').flatMap((file) =>
      readHosts(file.text).flatMap(({ address, names, line }): Fault[] => {
        const node = names.map((name) => name.split('.')[0] ?? '').find((name) => own.has(name));
        const right = node === undefined ? undefined : own.get(node);
        if (right === undefined || right.has(address)) return [];
        return [
          {
            message: `${node} is given ${address}, and its interface has ${[...right].join(', ')}`,
            file: file.name,
            line,
          },
        ];
      }),
    );
  },
};
