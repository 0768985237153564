import { faultyLines, ofKind, type Fault, type LintRule } from '../rule.js';

const NAMES = /^(migration-threshold|resource-stickiness|failure-timeout|is-managed|target-role)$/;

export const resourcesDefaultsAsProperties: LintRule = {
  id: 'resources/defaults-as-properties',
  severity: 'error',
  title: 'Defaults of resources, set as properties of the cluster',
  why: 'Pacemaker takes them from rsc_defaults; as properties they need --force, and do nothing.',
  remedy: 'rsc_defaults, or pcs resource defaults',
  source: 'Thesis, section 7.5',
  check: (context) => [
    ...context.configs.flatMap(({ file, properties }) =>
      [...properties]
        .filter(([name]) => NAMES.test(name))
        .map(([name, { line }]): Fault => ({ message: name, file, line })),
    ),
    ...faultyLines(
      ofKind(context, 'commands'),
      /pcs\s+property\s+set\s+(migration-threshold|resource-stickiness|failure-timeout)/,
      ([, name]) => `${name}`,
    ),
  ],
};
