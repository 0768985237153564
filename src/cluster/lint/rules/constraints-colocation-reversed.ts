import { isPromoted } from '../parse/resource-config.js';
import { type Fault, type LintRule } from '../rule.js';

export const constraintsColocationReversed: LintRule = {
  id: 'constraints/colocation-reversed',
  severity: 'error',
  title: 'The address decides where the data is promoted',
  why: 'The follower comes first: as written, DRBD is promoted where the virtual address happens to be, stale data included.',
  remedy: 'Follower first, leader second: the group with the promoted copy.',
  source: 'Thesis, section 7.5',
  check: ({ configs }) =>
    configs.flatMap(({ file, colocations, clones }) =>
      colocations
        .filter(
          ({ follower, followerRole, leader, leaderRole }) =>
            isPromoted(followerRole) &&
            !isPromoted(leaderRole) &&
            clones.some(({ id, promotable }) => id === follower && promotable) &&
            !clones.some(({ id }) => id === leader),
        )
        .map(({ id, follower, leader, line }): Fault => ({
          message: `${id}: ${follower} follows ${leader}`,
          file,
          line,
        })),
    ),
};
