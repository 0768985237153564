import { faultyLines, ofKind, type LintRule } from '../rule.js';

export const agentSecondName: LintRule = {
  id: 'agent/second-name',
  severity: 'warning',
  title: 'One agent under two names',
  why: 'Resources then name either, and the next update changes one of them.',
  remedy: 'Name the agent by its own provider: ocf:btactic:zimbra.',
  source: 'Thesis, section 7.4',
  check: (context) =>
    faultyLines(
      ofKind(context, 'commands', 'runbook'),
      /ln\s+-s\S*\s+(\S*resource\.d\/\S+)\s+(\S*resource\.d\/\S+)/,
      ([, from, to]) => `${from} is linked into ${to}`,
    ),
};
