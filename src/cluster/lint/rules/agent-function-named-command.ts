import { faultyLines, ofKind, type LintRule } from '../rule.js';

export const agentFunctionNamedCommand: LintRule = {
  id: 'agent/function-named-command',
  severity: 'warning',
  title: 'A function called `command`',
  why: "It hides the shell's own `command`, which functions of the OCF library call.",
  remedy: 'Give it another name.',
  source: 'Thesis, appendix A',
  check: (context) => faultyLines(ofKind(context, 'agent'), /^\s*command\s*\(\)/, () => 'command()'),
};
