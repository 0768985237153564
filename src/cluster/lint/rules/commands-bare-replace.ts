import { faultyLines, ofKind, type LintRule } from '../rule.js';

export const commandsBareReplace: LintRule = {
  id: 'commands/bare-replace',
  severity: 'error',
  title: '`cibadmin --replace` without anything to put there',
  why: 'It waits for XML on standard input, and takes what comes.',
  remedy: 'cibadmin --replace --xml-file FILE',
  source: 'Thesis, section 7.6',
  check: (context) =>
    faultyLines(ofKind(context, 'commands', 'runbook'), /\bcibadmin\s+(?:--replace|-R)\s*$/, ([found]) => found.trim()),
};
