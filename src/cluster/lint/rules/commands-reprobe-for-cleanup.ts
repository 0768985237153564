import { faultyLines, ofKind, type LintRule } from '../rule.js';

export const commandsReprobeForCleanup: LintRule = {
  id: 'commands/reprobe-for-cleanup',
  severity: 'warning',
  title: '`crm_resource -P` to forget a failure',
  why: "-P looks for resources anew (and now means --cleanup's opposite in some versions); the failure stays.",
  remedy: 'crm_resource --cleanup',
  source: 'Thesis, section 7.6',
  check: (context) =>
    faultyLines(
      ofKind(context, 'commands', 'runbook'),
      /\bcrm_resource\s+-P\b/,
      ([found]) => found.trim(),
      () => 'crm_resource --cleanup',
    ),
};
