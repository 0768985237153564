import { ofKind, type Fault, type LintRule } from '../rule.js';

export const drbdDiscardOnPrimary: LintRule = {
  id: 'drbd/discard-on-primary',
  severity: 'error',
  title: 'The first primary throws its own data away',
  why: 'With --discard-my-data the node that has the data becomes the target of the synchronisation.',
  remedy: 'Leave it out: the first synchronisation needs only `primary --force` on one node.',
  source: 'Thesis, section 7.2.1',
  check: (context) =>
    ofKind(context, 'commands', 'runbook').flatMap((file) => {
      let forced = false;
      return file.lines.flatMap((line, i): Fault[] => {
        if (/drbdadm\s+primary\s+--force|drbdadm\s+--\s+--overwrite-data-of-peer/.test(line)) forced = true;
        if (/drbdadm\s+secondary/.test(line)) forced = false;
        return forced && /--discard-my-data/.test(line) ? [{ message: line.trim(), file: file.name, line: i + 1 }] : [];
      });
    }),
};
