import { ofKind, type Fault, type LintRule } from '../rule.js';

export const agentVariableNeverSet: LintRule = {
  id: 'agent/variable-never-set',
  severity: 'error',
  title: 'A variable that is read and never set',
  why: 'The test is always true or always false, and the message that shows it is empty.',
  remedy: 'Set it from its parameter (OCF_RESKEY_…), or take the code away.',
  source: 'Thesis, appendix A',
  check: (context) =>
    ofKind(context, 'agent').flatMap((file) => {
      const set = new Set(
        [
          ...file.text.matchAll(
            /(?:^|[\s;({])(?:for\s+|local\s+|export\s+|read\s+(?:-\w+\s+)*)?([A-Za-z_]\w*)(?:=|\s+in\s|\s*;\s*do|\b(?=\s*$))/gm,
          ),
        ].map(([, name]) => name),
      );
      for (const [, names = ''] of file.text.matchAll(/\b(?:local|read|export)\s+(?:-\w+\s+)*([\w\s]+)/g))
        for (const name of names.split(/\s+/)) set.add(name);
      for (const [, name] of file.text.matchAll(/\$\{(\w+):?[=]/g)) set.add(name);
      return [...file.text.matchAll(/\$\{?([a-z_]\w*)\b/g)].flatMap((match): Fault[] => {
        const name = match[1] ?? '';
        if (set.has(name)) return [];
        set.add(name);
        return [{ message: name, file: file.name, line: file.text.slice(0, match.index).split('\n').length }];
      });
    }),
};
