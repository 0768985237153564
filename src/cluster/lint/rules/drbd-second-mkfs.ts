import { ofKind, type Fault, type LintRule } from '../rule.js';

export const drbdSecondMkfs: LintRule = {
  id: 'drbd/second-mkfs',
  severity: 'error',
  title: 'The file system is made twice',
  why: 'DRBD has one file system in two copies: the second mkfs erases what the first node wrote.',
  remedy: 'Make it once, on the first primary.',
  source: 'Thesis, section 7.2.1',
  check: (context) =>
    ofKind(context, 'commands', 'runbook').flatMap((file) => {
      const made = new Set<string>();
      return file.lines.flatMap((line, i): Fault[] => {
        const device = /^\s*mkfs\S*\s.*?(\/dev\/drbd\S+)/.exec(line)?.[1];
        if (device === undefined) return [];
        const again = made.has(device);
        made.add(device);
        return again ? [{ message: `mkfs of ${device} again`, file: file.name, line: i + 1 }] : [];
      });
    }),
};
