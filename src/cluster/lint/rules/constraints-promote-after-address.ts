import { type Fault, type LintRule } from '../rule.js';

export const constraintsPromoteAfterAddress: LintRule = {
  id: 'constraints/promote-after-address',
  severity: 'error',
  title: 'The data is promoted only after the address is up',
  why: 'Where the address can not start, the data never becomes writable; and the other way round nothing is checked.',
  remedy: 'Promote first, then start the group.',
  source: 'Thesis, section 7.5',
  check: ({ configs }) =>
    configs.flatMap(({ file, orders, primitives }) =>
      orders
        .filter(
          ({ first, nextAction }) =>
            nextAction === 'promote' && primitives.some(({ id, agent }) => id === first && /:IPaddr2?$/i.test(agent)),
        )
        .map(({ id, first, next, line }): Fault => ({
          message: `${id}: ${first} before ${next} is promoted`,
          file,
          line,
        })),
    ),
};
