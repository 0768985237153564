import { faultyLines, ofKind, type LintRule } from '../rule.js';

export const machineSizeUnits: LintRule = {
  id: 'machine/size-units',
  severity: 'note',
  title: 'Sizes in bits',
  why: 'Gb and Mb are gigabits and megabits; a disk of 8 Gb would be one of 1 GB.',
  remedy: 'Write GiB and MiB, as the tools count.',
  source: 'Thesis, table 7.1',
  check: (context) =>
    faultyLines(
      ofKind(context, 'partitions'),
      /\b(\d+)\s*([GM])b\b/,
      ([found]) => `${found} means bits`,
      ([, count, unit]) => `${count} ${unit}iB`,
    ),
};
