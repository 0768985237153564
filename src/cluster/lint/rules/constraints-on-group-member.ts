import { type Fault, type LintRule } from '../rule.js';

export const constraintsOnGroupMember: LintRule = {
  id: 'constraints/on-group-member',
  severity: 'warning',
  title: 'A constraint on one member of a group',
  why: 'The group already ties its members together and in order; a second rule can contradict the first.',
  remedy: 'Constrain the group.',
  source: 'Thesis, section 7.5',
  check: ({ configs }) =>
    configs.flatMap(({ file, groups, colocations, orders }) => {
      const members = new Set(groups.flatMap((group) => group.members));
      const named = [
        ...colocations.map(({ id, follower, leader, line }) => ({ id, ends: [follower, leader], line })),
        ...orders.map(({ id, first, next, line }) => ({ id, ends: [first, next], line })),
      ];
      return named.flatMap(({ id, ends, line }): Fault[] => {
        const own = ends.filter((end) => members.has(end));
        return own.length === 0 ? [] : [{ message: `${id}: ${own.join(', ')}`, file, line }];
      });
    }),
};
