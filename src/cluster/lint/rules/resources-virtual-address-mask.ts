import { type Fault, type LintRule } from '../rule.js';

export const resourcesVirtualAddressMask: LintRule = {
  id: 'resources/virtual-address-mask',
  severity: 'warning',
  title: 'The virtual address has another mask than its network',
  why: 'Answers then leave over a gateway, or not at all.',
  remedy: 'cidr_netmask as the interface has it.',
  source: 'ocf:heartbeat:IPaddr2 meta-data',
  check({ configs, spec }) {
    if (!spec) return [];
    const prefix = spec.networks.find(({ id }) => id === spec.virtualAddress.network)?.subnet.split('/')[1];
    return configs.flatMap(({ file, primitives }) =>
      primitives
        .filter(
          ({ agent, options }) =>
            agent === 'ocf:heartbeat:IPaddr2' &&
            options['cidr_netmask'] !== undefined &&
            options['cidr_netmask'] !== prefix,
        )
        .map(({ id, options, line }): Fault => ({
          message: `${id}: ${options['cidr_netmask']}, and the network has ${prefix}`,
          file,
          line,
        })),
    );
  },
};
