import { ofKind, type Fault, type LintRule } from '../rule.js';

export const crmTrailingBackslash: LintRule = {
  id: 'crm/trailing-backslash',
  severity: 'error',
  title: 'A backslash swallows the next statement',
  why: 'The line below becomes a part of this one.',
  remedy: 'Take it away from the last line of a statement.',
  source: 'Thesis, section 7.5',
  check: (context) =>
    ofKind(context, 'crm').flatMap((file) =>
      file.lines.flatMap((line, i): Fault[] => {
        const next = file.lines[i + 1] ?? '';
        const begins =
          /^(configure\s+)?(primitive|group|clone|ms|colocation|order|location|property|rsc_defaults|op_defaults)\s/.test(
            next,
          );
        return /\\\s*$/.test(line) && begins
          ? [
              {
                message: `"${next.trim().split(/\s+/).slice(0, 3).join(' ')} …" becomes a part of it`,
                file: file.name,
                line: i + 1,
                fix: { from: line, to: line.replace(/\s*\\\s*$/, '') },
              },
            ]
          : [];
      }),
    ),
};
