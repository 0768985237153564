import { ofKind, type Fault, type LintRule } from '../rule.js';

export const networkMtuDiffers: LintRule = {
  id: 'network/mtu-differs',
  severity: 'error',
  title: 'Two nodes have different MTUs on one network',
  why: 'Small packets pass and large ones vanish: the cluster is up, and breaks under load.',
  remedy: 'Set one MTU on every node and switch of the network.',
  source: 'corosync.conf(5), netmtu; ping -M do',
  check(context) {
    const seen = new Map<string, { value: string; file: string }>();
    return ofKind(context, 'ifcfg', 'nmconnection').flatMap((file): Fault[] => {
      const device = /ifcfg-([^/]+)$|([^/]+)\.nmconnection$/.exec(file.name)?.slice(1).find(Boolean) ?? '';
      const at = file.lines.findIndex((line) => /^(MTU|mtu)=/.test(line));
      const value = at < 0 ? '1500' : (file.lines[at]!.split('=')[1] ?? '');
      const before = seen.get(device);
      if (!before) seen.set(device, { value, file: file.name });
      if (!before || before.value === value) return [];
      return [
        {
          message: `${device} has ${value} here and ${before.value} in ${before.file}`,
          file: file.name,
          line: at < 0 ? null : at + 1,
        },
      ];
    });
  },
};
