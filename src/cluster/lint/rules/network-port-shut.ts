import { type Fault, type LintRule } from '../rule.js';

export const networkPortShut: LintRule = {
  id: 'network/port-shut',
  severity: 'error',
  title: 'A port that the cluster needs is not open',
  why: 'Nodes that do not hear each other fence each other.',
  remedy: 'Open corosync (UDP 5404-5412), DRBD (the port of the resource) and pcsd (TCP 2224) between the nodes.',
  source: 'Red Hat, Configuring and managing high availability clusters: enabling ports',
  check({ spec }) {
    if (!spec) return [];
    const open = (protocol: string, port: number): boolean =>
      spec.firewall.some((one) => {
        const [from = 0, to = from] = one.ports.split('-').map(Number);
        return one.protocol === protocol && from <= port && port <= to;
      });
    const needed: [string, string, number][] = [
      ['corosync', 'udp', 5405],
      ['DRBD', 'tcp', spec.storage.port],
      ['pcsd', 'tcp', 2224],
    ];
    return needed
      .filter(([, protocol, port]) => !open(protocol, port))
      .map(([what, protocol, port]): Fault => ({
        message: `${what} needs ${protocol} ${port}`,
        file: null,
        line: null,
      }));
  },
};
