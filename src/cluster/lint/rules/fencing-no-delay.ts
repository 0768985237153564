import { type Fault, type LintRule } from '../rule.js';

export const fencingNoDelay: LintRule = {
  id: 'fencing/no-delay',
  severity: 'warning',
  title: 'Both nodes shoot at the same time',
  why: 'A cut link: each fences the other, and both go down.',
  remedy: 'pcmk_delay_base on one device, or priority-fencing-delay.',
  source: 'Pacemaker Explained, pcmk_delay_base',
  check: ({ configs }) =>
    configs.flatMap(({ file, primitives, properties }): Fault[] => {
      const devices = primitives.filter(({ agent }) => agent.startsWith('stonith:'));
      const delays = devices.filter(
        ({ options }) => options['pcmk_delay_base'] ?? options['pcmk_delay_max'] ?? options['delay'],
      );
      const isPlain = devices.length === 2 && delays.length === 0 && !properties.has('priority-fencing-delay');
      return isPlain ? [{ message: 'two devices without any delay', file, line: devices[0]!.line }] : [];
    }),
};
