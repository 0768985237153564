import type { ClusterNode, ClusterSpec } from '../../model/cluster.js';
import { fullName, interfaceFor } from '../hosts.js';

/** /etc/hosts of every node alike: a cluster must find its nodes while DNS, which runs on them, doesn't answer. */
export function renderHosts(spec: ClusterSpec): string {
  const { name, address } = spec.virtualAddress;
  const lines = [
    ['127.0.0.1', 'localhost.localdomain localhost'],
    ['::1', 'localhost6.localdomain6 localhost6'],
    [address, `${fullName(spec, { name })} ${name}`],
    ...spec.nodes.map((node) => [interfaceFor(spec, node, 'cluster').address, `${fullName(spec, node)} ${node.name}`]),
  ];
  return lines.map(([own = '', names = '']) => `${own.padEnd(15)} ${names}\n`).join('');
}

/** /etc/hostname, and HOSTNAME of rhel6's /etc/sysconfig/network. */
export function renderHostname(spec: ClusterSpec, node: ClusterNode): string {
  return `${fullName(spec, node)}\n`;
}

export function renderSysconfigNetwork(spec: ClusterSpec, node: ClusterNode): string {
  return `NETWORKING=yes\nHOSTNAME=${fullName(spec, node)}\n`;
}
