import { type Fault, type LintRule } from '../rule.js';

export const resourcesRecurringStartStop: LintRule = {
  id: 'resources/recurring-start-stop',
  severity: 'error',
  title: 'A start or stop that recurs',
  why: 'Only monitors recur; Pacemaker refuses the interval, or ignores the operation.',
  remedy: 'interval=0 for every operation but monitor.',
  source: 'Thesis, section 7.5',
  check: ({ configs }) =>
    configs.flatMap(({ file, primitives }) =>
      primitives.flatMap(({ id, operations }) =>
        operations
          .filter(({ name, interval }) => name !== 'monitor' && interval > 0)
          .map(({ name, interval, line }): Fault => ({ message: `${id}: ${name} every ${interval} s`, file, line })),
      ),
    ),
};
