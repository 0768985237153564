import { ofKind, type Fault, type LintRule } from '../rule.js';

export const fencingHandedToNobody: LintRule = {
  id: 'fencing/handed-to-nobody',
  severity: 'error',
  title: 'cman hands fencing to Pacemaker, which has no device',
  why: 'fence_pcmk only passes the request on.',
  remedy: 'Give Pacemaker a device for each node.',
  source: 'Thesis, section 7.5',
  check: (context) =>
    context.configs.some(({ primitives }) => primitives.some(({ agent }) => agent.startsWith('stonith:')))
      ? []
      : ofKind(context, 'cluster.conf')
          .filter(({ text }) => text.includes('fence_pcmk'))
          .map(({ name }): Fault => ({ message: 'fence_pcmk, and no stonith resource', file: name, line: null })),
};
