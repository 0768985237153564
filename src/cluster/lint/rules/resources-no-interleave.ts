import { type Fault, type LintRule } from '../rule.js';

export const resourcesNoInterleave: LintRule = {
  id: 'resources/no-interleave',
  severity: 'note',
  title: 'A clone without interleave',
  why: 'What depends on the clone waits for all of its copies, on every node.',
  remedy: 'interleave=true',
  source: 'Thesis, section 7.5',
  check: ({ configs }) =>
    configs.flatMap(({ file, clones }) =>
      clones
        .filter(({ meta }) => meta['interleave'] !== 'true')
        .map(({ id, line }): Fault => ({ message: id, file, line })),
    ),
};
