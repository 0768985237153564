import { faultyLines, ofKind, type LintRule } from '../rule.js';

export const statusStandbyHoldsCopy: LintRule = {
  id: 'status/standby-holds-copy',
  severity: 'error',
  title: 'A node in standby is shown with a copy',
  why: 'A node in standby runs nothing, a second copy included.',
  remedy: 'Stopped: [ NODE ]',
  source: 'Thesis, table 7.10',
  check: (context) =>
    ofKind(context, 'status').flatMap((file) => {
      const standby = file.lines.flatMap((line) => /Node (\S+): standby/.exec(line)?.[1] ?? []);
      return faultyLines(
        [file],
        /(?:Slaves|Unpromoted|Started):\s*\[(.*)\]/,
        ([, nodes = '']) => standby.find((node) => nodes.includes(node)) ?? '',
      ).filter(({ message }) => message !== '');
    }),
};
