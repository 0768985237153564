import { faultyLines, ofKind, type LintRule } from '../rule.js';

export const commandsCrmMonL: LintRule = {
  id: 'commands/crm-mon-l',
  severity: 'warning',
  title: '`crm_mon -l`',
  why: 'There is no such option: it was meant to be a one.',
  remedy: 'crm_mon -1',
  source: 'Thesis, sections 7.5 and 7.6',
  check: (context) =>
    faultyLines(
      ofKind(context, 'commands', 'runbook'),
      /\bcrm_mon\s+-l\b/,
      ([found]) => found.trim(),
      () => 'crm_mon -1',
    ),
};
