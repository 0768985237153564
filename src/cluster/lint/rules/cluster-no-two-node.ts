import { keyOf, readSections, sectionsNamed } from '../parse/sections.js';
import { ofKind, type Fault, type LintRule } from '../rule.js';

export const clusterNoTwoNode: LintRule = {
  id: 'cluster/no-two-node',
  severity: 'error',
  title: 'Two nodes without two_node',
  why: 'With two votes of two needed, the survivor of a failure has no quorum and stops the service.',
  remedy: 'two_node (and with it wait_for_all), or a third voter.',
  source: 'votequorum(5), cman(5)',
  check: (context) => [
    ...ofKind(context, 'cluster.conf')
      .filter(({ text }) => !/two_node="1"/.test(text) && !/<quorumd\b/.test(text))
      .map(({ name }): Fault => ({ message: 'no two_node="1"', file: name, line: null })),
    ...ofKind(context, 'corosync.conf').flatMap((file): Fault[] => {
      const root = readSections(file.text);
      const quorum = sectionsNamed(root, 'quorum')[0];
      const two = sectionsNamed(root, 'node').length === 2;
      if (!quorum || !two || keyOf(quorum, 'two_node')?.value === '1' || quorum.sections.length > 0) return [];
      return [{ message: 'two nodes, no two_node and no device', file: file.name, line: quorum.line }];
    }),
  ],
};
