import { ofKind, type Fault, type LintRule } from '../rule.js';

export const drbdNoFencing: LintRule = {
  id: 'drbd/no-fencing',
  severity: 'error',
  title: 'DRBD does not ask whether its peer is dead',
  why: 'A node that lost the link promotes its copy while the peer still writes: two versions of the data.',
  remedy: 'fencing resource-and-stonith; with the crm-fence-peer handlers',
  source: 'DRBD User Guide, fencing',
  check: (context) =>
    ofKind(context, 'drbd')
      .filter(({ text }) => /^\s*resource\s/m.test(text) && !/\bfencing\s+resource-(only|and-stonith)\s*;/.test(text))
      .map(({ name }): Fault => ({ message: 'no fencing policy', file: name, line: null })),
};
