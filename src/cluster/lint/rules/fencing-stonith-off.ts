import { faultyLines, ofKind, type Fault, type LintRule } from '../rule.js';

export const fencingStonithOff: LintRule = {
  id: 'fencing/stonith-off',
  severity: 'error',
  title: 'Fencing is switched off',
  why: 'A node that can not be reached may be alive: without fencing both nodes serve, and both write.',
  remedy: 'stonith-enabled=true, and a device for each node.',
  source: 'Thesis, section 7.5',
  check: (context) => [
    ...context.configs.flatMap(({ file, properties }): Fault[] => {
      const found = properties.get('stonith-enabled');
      return found && /^(false|0|no|off)$/i.test(found.value)
        ? [{ message: `stonith-enabled=${found.value}`, file, line: found.line }]
        : [];
    }),
    ...faultyLines(
      ofKind(context, 'commands', 'pcs'),
      /stonith-enabled=(false|0|no|off)/,
      ([found]) => found,
      () => 'stonith-enabled=true',
    ),
  ],
};
