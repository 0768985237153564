import { ofKind, type Fault, type LintRule } from '../rule.js';

export const drbdMetaDiskIsDisk: LintRule = {
  id: 'drbd/meta-disk-is-disk',
  severity: 'error',
  title: 'Meta-data on the disk itself',
  why: 'DRBD writes its meta-data over the data.',
  remedy: 'Name another device, or `internal`.',
  source: 'drbd.conf(5), meta-disk; drbdadm lets it pass',
  check: (context) =>
    ofKind(context, 'drbd').flatMap((file): Fault[] => {
      const disk = /^\s*disk\s+(\S+?);/m.exec(file.text)?.[1];
      const at = file.lines.findIndex((line) => new RegExp(`^\\s*meta-disk\\s+${disk ?? '[^\\s\\S]'}\\s*;`).test(line));
      return at < 0 ? [] : [{ message: `meta-disk ${disk}`, file: file.name, line: at + 1 }];
    }),
};
