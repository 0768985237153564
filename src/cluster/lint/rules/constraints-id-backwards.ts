import { type Fault, type LintRule } from '../rule.js';

export const constraintsIdBackwards: LintRule = {
  id: 'constraints/id-backwards',
  severity: 'note',
  title: 'An id that reads the other way round',
  why: '`a-with-b` says that a follows b; who reads it at night believes it.',
  remedy: 'FOLLOWER-with-LEADER, NEXT-after-FIRST',
  source: 'Thesis, section 7.5',
  check: ({ configs }) =>
    configs.flatMap(({ file, colocations }) =>
      colocations.flatMap(({ id, follower, leader, line }): Fault[] => {
        const [left = '', right] = id.split('-with-');
        const says =
          right !== undefined && left.startsWith(leader) && right.startsWith(follower) && leader !== follower;
        return says ? [{ message: `${id}, and ${follower} follows ${leader}`, file, line }] : [];
      }),
    ),
};
