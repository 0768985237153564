import type { ClusterInterface, ClusterNetwork, ClusterNode, ClusterSpec } from '../model/cluster.js';

/** The name that `uname -n`, corosync, DRBD and Pacemaker have alike for a node. */
export function fullName({ domain }: ClusterSpec, { name }: Pick<ClusterNode, 'name'>): string {
  return `${name}.${domain}`;
}

/** The node's interface on the first network for a purpose. The spec's rules see to it that there is one. */
export function interfaceFor(
  spec: ClusterSpec,
  node: ClusterNode,
  role: ClusterNetwork['roles'][number],
): ClusterInterface {
  for (const network of networksFor(spec, role)) {
    const found = node.interfaces.find((one) => one.network === network.id);
    if (found) return found;
  }
  throw new Error(`${node.name} has no interface for ${role}`);
}

export function networksFor({ networks }: ClusterSpec, role: ClusterNetwork['roles'][number]): ClusterNetwork[] {
  return networks.filter(({ roles }) => roles.includes(role));
}

export function networkOf({ networks }: ClusterSpec, id: string): ClusterNetwork {
  const found = networks.find((network) => network.id === id);
  if (!found) throw new Error(`no network ${id}`);
  return found;
}
