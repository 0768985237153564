import { type Fault, type LintRule } from '../rule.js';

export const resourcesSameMonitorInterval: LintRule = {
  id: 'resources/same-monitor-interval',
  severity: 'error',
  title: 'Two monitors of one resource with one interval',
  why: 'Pacemaker tells operations apart by name and interval: one of the two is lost.',
  remedy: 'Different intervals for the two roles.',
  source: 'Pacemaker Explained, resource operations',
  check: ({ configs }) =>
    configs.flatMap(({ file, primitives }) =>
      primitives.flatMap(({ id, operations }) => {
        const seen = new Set<number>();
        return operations
          .filter(({ name }) => name === 'monitor')
          .flatMap(({ interval, line }): Fault[] => {
            const again = seen.has(interval);
            seen.add(interval);
            return again ? [{ message: `${id}: every ${interval} s again`, file, line }] : [];
          });
      }),
    ),
};
