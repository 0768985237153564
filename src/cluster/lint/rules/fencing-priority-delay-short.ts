import { seconds } from '../parse/resource-config.js';
import { type Fault, type LintRule } from '../rule.js';

export const fencingPriorityDelayShort: LintRule = {
  id: 'fencing/priority-delay-short',
  severity: 'warning',
  title: 'priority-fencing-delay is shorter than twice the longest delay',
  why: 'The delays of the devices can then undo it, and the node that serves is shot.',
  remedy: 'At least twice the longest pcmk_delay_base or pcmk_delay_max.',
  source: 'Pacemaker Explained, priority-fencing-delay',
  check: ({ configs }) =>
    configs.flatMap(({ file, primitives, properties }): Fault[] => {
      const found = properties.get('priority-fencing-delay');
      if (!found) return [];
      const longest = Math.max(
        0,
        ...primitives.flatMap(({ options }) => [
          seconds(options['pcmk_delay_base']),
          seconds(options['pcmk_delay_max']),
        ]),
      );
      return seconds(found.value) < 2 * longest
        ? [{ message: `${found.value}, and a delay of ${longest}s`, file, line: found.line }]
        : [];
    }),
};
