import { type Fault, type LintRule } from '../rule.js';

export const constraintsAddressOutsideGroup: LintRule = {
  id: 'constraints/address-outside-group',
  severity: 'warning',
  title: 'The virtual address is in no group and tied to none',
  why: 'It can stay behind while the service moves.',
  remedy: 'Put it into the group, between the file system and the service.',
  source: 'Thesis, section 7.5 (table 7.10 shows it in the group, the commands leave it out)',
  check: ({ configs }) =>
    configs.flatMap(({ file, primitives, groups, colocations }) =>
      primitives
        .filter(
          ({ id, agent }) =>
            agent === 'ocf:heartbeat:IPaddr2' &&
            !groups.some(({ members }) => members.includes(id)) &&
            !colocations.some(({ follower }) => follower === id),
        )
        .map(({ id, line }): Fault => ({ message: id, file, line })),
    ),
};
