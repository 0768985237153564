import { nodeAddresses } from '../addresses.js';
import { type Fault, type LintRule } from '../rule.js';

export const fencingNoDevice: LintRule = {
  id: 'fencing/no-device',
  severity: 'error',
  title: 'A node that nothing can switch off',
  why: 'Pacemaker waits for its fencing for ever, or (without fencing) serves twice.',
  remedy: 'One fencing device for each node.',
  source: 'Thesis, section 7.5',
  check(context) {
    const nodes = [...nodeAddresses(context).keys()];
    return context.configs
      .filter(({ primitives }) => primitives.length > 0)
      .flatMap(({ file, primitives }) => {
        const devices = primitives.filter(({ agent }) => agent.startsWith('stonith:'));
        const covered = devices
          .flatMap(({ options }) => (options['pcmk_host_list'] ?? options['hostlist'] ?? '').split(/[\s,;]+/))
          .map((host) => host.split('.')[0]);
        const all = devices.some(
          ({ options }) => options['pcmk_host_list'] === undefined && options['pcmk_host_map'] === undefined,
        );
        const missing = all ? [] : nodes.filter((node) => !covered.includes(node));
        return missing.map((node): Fault => ({ message: `nothing switches ${node} off`, file, line: null }));
      });
  },
};
