import { readHosts } from '../parse/hosts.js';
import { ofKind, type Fault, type LintRule } from '../rule.js';

export const hostsLoopbackName: LintRule = {
  id: 'hosts/loopback-name',
  severity: 'error',
  title: 'A name of the cluster points to the loopback address',
  why: 'Each node then takes the service for its own, wherever it runs: nothing it sends there leaves the machine.',
  remedy: 'Give 127.0.0.1 to localhost alone.',
  source: 'Thesis, table 7.3',
  check: (context) =>
    ofKind(context, 'hosts').flatMap((file) =>
      readHosts(file.text).flatMap(({ address, names, line }): Fault[] => {
        const foreign = names.filter((name) => !/^(localhost|ip6-)/.test(name));
        if (!/^(127\.|::1$)/.test(address) || foreign.length === 0) return [];
        return [{ message: `${foreign.join(', ')} is given ${address}`, file: file.name, line }];
      }),
    ),
};
