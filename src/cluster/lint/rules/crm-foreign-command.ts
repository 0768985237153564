import { crmStatements } from '../parse/crm.js';
import { ofKind, type Fault, type LintRule } from '../rule.js';

export const crmForeignCommand: LintRule = {
  id: 'crm/foreign-command',
  severity: 'error',
  title: 'A command of another shell inside of `crm configure`',
  why: 'crm has no `pcs` and no `configure` there: the statement is refused, and those after it are read without it.',
  remedy: 'Statements only; or all of it with pcs, in a shell.',
  source: 'Thesis, section 7.5',
  check: (context) =>
    ofKind(context, 'crm').flatMap((file) =>
      crmStatements(file.text)
        .filter(({ words }) => words[0] === 'pcs' || words[0] === 'configure' || words[0] === 'crm')
        .map(({ words, line }): Fault => ({ message: words.slice(0, 3).join(' '), file: file.name, line })),
    ),
};
