import { faultyLines, ofKind, type LintRule } from '../rule.js';

export const agentSedLoneStar: LintRule = {
  id: 'agent/sed-lone-star',
  severity: 'error',
  title: 'A sed pattern that matches nothing it means',
  why: '`*` at the beginning of an expression is a star, not "as often as there is": the text stays as it was.',
  remedy: "sed 's/ *$//' or ${name%/}",
  source: 'Thesis, appendix A',
  check: (context) => faultyLines(ofKind(context, 'agent'), /sed\s+'s\/\*/, ([found]) => found),
};
