import { keyOf, readSections, sectionsNamed } from '../parse/sections.js';
import { ofKind, type Fault, type LintRule } from '../rule.js';

export const clusterTwoNodeWithMore: LintRule = {
  id: 'cluster/two-node-with-more',
  severity: 'error',
  title: 'two_node with more than two votes',
  why: 'corosync lets it pass, and a third vote makes the exception for two nodes meaningless.',
  remedy: 'Take two_node or the third vote away.',
  source: 'votequorum(5); corosync -t accepts it',
  check: (context) =>
    ofKind(context, 'corosync.conf').flatMap((file) =>
      sectionsNamed(readSections(file.text), 'quorum').flatMap((quorum): Fault[] => {
        const two = keyOf(quorum, 'two_node');
        const votes = Number(keyOf(quorum, 'expected_votes')?.value ?? 2);
        if (two?.value !== '1' || (votes <= 2 && quorum.sections.length === 0)) return [];
        return [
          {
            message: votes > 2 ? `two_node with expected_votes ${votes}` : 'two_node with a quorum device',
            file: file.name,
            line: two.line,
          },
        ];
      }),
    ),
};
