import { faultyLines, ofKind, type LintRule } from '../rule.js';

export const statusAgentSpelling: LintRule = {
  id: 'status/agent-spelling',
  severity: 'error',
  title: 'An agent that does not exist under that name',
  why: 'Names of agents are file names: IPAddr2 is not IPaddr2.',
  remedy: 'IPaddr2',
  source: 'Thesis, table 7.10',
  check: (context) =>
    faultyLines(
      ofKind(context, 'status', 'crm', 'pcs', 'commands'),
      /\bIPAddr2\b/,
      ([found]) => found,
      () => 'IPaddr2',
    ),
};
