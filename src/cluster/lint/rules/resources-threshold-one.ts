import { type Fault, type LintRule } from '../rule.js';

export const resourcesThresholdOne: LintRule = {
  id: 'resources/threshold-one',
  severity: 'warning',
  title: 'One failure bans a resource from a node',
  why: 'With two nodes the second failure, days later, stops the service for good.',
  remedy: 'A higher migration-threshold, and a failure-timeout.',
  source: 'Thesis, section 7.5',
  check: ({ configs }) =>
    configs.flatMap(({ file, properties, resourceDefaults }) =>
      [properties, resourceDefaults].flatMap((settings): Fault[] => {
        const found = settings.get('migration-threshold');
        return found?.value === '1' ? [{ message: 'migration-threshold=1', file, line: found.line }] : [];
      }),
    ),
};
