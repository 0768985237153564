import { ofKind, type Fault, type LintRule } from '../rule.js';

export const agentExitInValidate: LintRule = {
  id: 'agent/exit-in-validate',
  severity: 'error',
  title: '`exit` in the check that every action runs through',
  why: 'A monitor on the passive node then ends with the check\'s code: not "not running" but an error, and the node is banned.',
  remedy: 'Return, and let the caller decide what it means for a probe.',
  source: 'Thesis, appendix A',
  check: (context) =>
    ofKind(context, 'agent').flatMap((file) => {
      let inside = false;
      return file.lines.flatMap((line, i): Fault[] => {
        if (/^\s*(?:function\s+)?\w*validate\w*\s*\(\)/.test(line)) inside = true;
        else if (line.startsWith('}')) inside = false;
        return inside && /(?:^|[\s;])exit\s+["$\w]/.test(line)
          ? [{ message: line.trim(), file: file.name, line: i + 1 }]
          : [];
      });
    }),
};
