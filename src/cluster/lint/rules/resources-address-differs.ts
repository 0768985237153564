import { type Fault, type LintRule } from '../rule.js';

export const resourcesAddressDiffers: LintRule = {
  id: 'resources/address-differs',
  severity: 'error',
  title: 'The resource has another address than the virtual one',
  why: 'Names lead to the one, the cluster serves the other.',
  remedy: 'One address in both places.',
  source: 'this program',
  check({ configs, spec }) {
    if (!spec) return [];
    const { address } = spec.virtualAddress;
    return configs.flatMap(({ file, primitives }) => {
      const own = primitives.filter(({ agent }) => agent === 'ocf:heartbeat:IPaddr2');
      if (own.length === 0 || own.some(({ options }) => options['ip'] === address)) return [];
      return own.map(({ id, options, line }): Fault => ({
        message: `${id} has ${options['ip']}, the spec ${address}`,
        file,
        line,
      }));
    });
  },
};
