import { type Fault, type LintRule } from '../rule.js';

export const crmUnknownReference: LintRule = {
  id: 'crm/unknown-reference',
  severity: 'error',
  title: 'A constraint names something that is not there',
  why: 'A typing error: the constraint is refused, or waits for ever.',
  remedy: 'The id as it is written where it is made.',
  source: 'Thesis, section 7.5 (dbrb_ms)',
  check: ({ configs }) =>
    configs.flatMap(({ file, primitives, groups, clones, colocations, orders, locations }) => {
      const known = new Set([...primitives, ...groups, ...clones].map(({ id }) => id));
      if (known.size === 0) return [];
      const named: [string, number][] = [
        ...colocations.flatMap(({ follower, leader, line }): [string, number][] => [
          [follower, line],
          [leader, line],
        ]),
        ...orders.flatMap(({ first, next, line }): [string, number][] => [
          [first, line],
          [next, line],
        ]),
        ...locations.map(({ resource, line }): [string, number] => [resource, line]),
      ];
      return named
        .filter(([id]) => id !== '' && !known.has(id))
        .map(([id, line]): Fault => ({ message: id, file, line }));
    }),
};
