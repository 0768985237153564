import { type Fault, type LintRule } from '../rule.js';

export const constraintsRedundant: LintRule = {
  id: 'constraints/redundant',
  severity: 'note',
  title: 'A constraint that the group already is',
  why: 'Two members of one group are together and in order by themselves.',
  remedy: 'Take it away.',
  source: 'Thesis, section 7.5',
  check: ({ configs }) =>
    configs.flatMap(({ file, groups, colocations, orders }) => {
      const together = (a: string, b: string): boolean =>
        groups.some(({ members }) => members.includes(a) && members.includes(b));
      return [
        ...colocations.filter(({ follower, leader }) => together(follower, leader)),
        ...orders.filter(({ first, next }) => together(first, next)),
      ].map(({ id, line }): Fault => ({ message: id, file, line }));
    }),
};
