import { faultyLines, ofKind, type Fault, type LintRule } from '../rule.js';

export const quorumIgnored: LintRule = {
  id: 'quorum/ignored',
  severity: 'error',
  title: 'Quorum is ignored',
  why: 'A node that is cut off goes on serving; with fencing off both do.',
  remedy: 'no-quorum-policy=stop; two_node keeps the survivor of two quorate.',
  source: 'Thesis, section 7.5',
  check: (context) => [
    ...context.configs.flatMap(({ file, properties }): Fault[] => {
      const found = properties.get('no-quorum-policy');
      return found?.value === 'ignore' ? [{ message: 'no-quorum-policy=ignore', file, line: found.line }] : [];
    }),
    ...faultyLines(
      ofKind(context, 'commands', 'pcs'),
      /no-quorum-policy=ignore/,
      ([found]) => found,
      () => 'no-quorum-policy=stop',
    ),
  ],
};
