import { ofKind, type Fault, type LintRule } from '../rule.js';

export const packagesTwoAddresses: LintRule = {
  id: 'packages/two-addresses',
  severity: 'warning',
  title: 'mirrorlist and baseurl together',
  why: 'Which of them is used differs between versions of yum.',
  remedy: 'Keep one of them.',
  source: 'Thesis, table 7.9',
  check: (context) =>
    ofKind(context, 'repository')
      .filter(({ text }) => /^\s*mirrorlist\s*=/m.test(text) && /^\s*baseurl\s*=/m.test(text))
      .map(({ name }): Fault => ({ message: 'mirrorlist and baseurl', file: name, line: null })),
};
