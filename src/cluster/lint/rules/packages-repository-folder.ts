import { ofKind, type Fault, type LintRule } from '../rule.js';

export const packagesRepositoryFolder: LintRule = {
  id: 'packages/repository-folder',
  severity: 'error',
  title: 'yum does not look there',
  why: 'Files in /etc/yum.repo.d are read by nobody.',
  remedy: '/etc/yum.repos.d',
  source: 'Thesis, table 7.9',
  check: (context) =>
    ofKind(context, 'repository')
      .filter(({ name }) => name.includes('/yum.repo.d/'))
      .map(({ name }): Fault => ({ message: 'yum.repo.d', file: name, line: null })),
};
