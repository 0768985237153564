import { type Fault, type LintRule } from '../rule.js';

export const resourcesNoMonitor: LintRule = {
  id: 'resources/no-monitor',
  severity: 'error',
  title: 'A resource that nobody looks at',
  why: 'It can be gone for days before anybody notices: Pacemaker only looks where a monitor is.',
  remedy: 'A monitor with an interval.',
  source: 'Thesis, section 7.5 (zcs_fs)',
  check: ({ configs }) =>
    configs.flatMap(({ file, primitives }) =>
      primitives
        .filter(({ operations }) => !operations.some(({ name, interval }) => name === 'monitor' && interval > 0))
        .map(({ id, line }): Fault => ({ message: id, file, line })),
    ),
};
