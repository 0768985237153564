import { ofKind, type Fault, type LintRule } from '../rule.js';

export const commandsNeverOnlineAgain: LintRule = {
  id: 'commands/never-online-again',
  severity: 'error',
  title: 'A node is sent to standby and never brought back',
  why: 'It stays out, and the next failure has nowhere to go; what table 7.11 shows is not reached.',
  remedy: 'crm node online NODE',
  source: 'Thesis, section 7.7 and table 7.11',
  check: (context) =>
    ofKind(context, 'commands').flatMap((file) => {
      const out = new Map<string, number>();
      file.lines.forEach((line, i) => {
        const [, verb, node = ''] =
          /\b(?:crm node|pcs node|pcs cluster)\s+(standby|online|unstandby)\s*(\S*)/.exec(line) ?? [];
        if (verb === 'standby') out.set(node, i + 1);
        else if (verb !== undefined) out.delete(node);
      });
      return [...out].map(([node, line]): Fault => ({ message: node, file: file.name, line }));
    }),
};
