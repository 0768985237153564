import { type Fault, type LintRule } from '../rule.js';

export const resourcesOperationsMissing: LintRule = {
  id: 'resources/operations-missing',
  severity: 'warning',
  title: 'A promotable resource without timeouts for what it does most',
  why: 'promote, demote and notify then have the default of 20 seconds, which DRBD can need longer than.',
  remedy: 'Operations promote, demote and notify with 90 seconds.',
  source: 'Thesis, section 7.5; ocf:linbit:drbd meta-data',
  check: ({ configs }) =>
    configs.flatMap(({ file, primitives, clones }) =>
      clones
        .filter(({ promotable }) => promotable)
        .flatMap(({ child, meta }): Fault[] => {
          const found = primitives.find(({ id }) => id === child);
          const wanted = ['promote', 'demote', ...(meta['notify'] === 'true' ? ['notify'] : [])];
          const missing = wanted.filter((name) => !found?.operations.some((one) => one.name === name));
          return found && missing.length > 0
            ? [{ message: `${child}: no ${missing.join(', ')}`, file, line: found.line }]
            : [];
        }),
    ),
};
