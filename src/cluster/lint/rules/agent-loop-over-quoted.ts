import { faultyLines, ofKind, type LintRule } from '../rule.js';

export const agentLoopOverQuoted: LintRule = {
  id: 'agent/loop-over-quoted',
  severity: 'error',
  title: 'A loop over one quoted text',
  why: 'The list is one word in quotes: the loop runs once, over all of it.',
  remedy: 'Take the quotes away, or write the words out.',
  source: 'Thesis, appendix A',
  check: (context) =>
    faultyLines(ofKind(context, 'agent'), /^\s*for\s+\w+\s+in\s+"\$\{?\w+\}?"\s*;/, ([found]) => found.trim()),
};
