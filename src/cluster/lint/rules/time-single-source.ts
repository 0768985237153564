import { ofKind, type Fault, type LintRule } from '../rule.js';

export const timeSingleSource: LintRule = {
  id: 'time/single-source',
  severity: 'warning',
  title: 'One time source',
  why: 'With one source a wrong clock is the truth; with two nobody knows which is right; four can outvote one.',
  remedy: 'Name at least four, of which some are not behind the same router.',
  source: 'RFC 8633, section 3.2; thesis, table 7.5',
  check: (context) =>
    ofKind(context, 'ntp.conf', 'chrony.conf').flatMap((file): Fault[] => {
      const sources = file.lines.filter((line) => /^\s*(server|peer)\s/.test(line)).length;
      const pools = file.lines.filter((line) => /^\s*pool\s/.test(line)).length;
      if (sources + 4 * pools >= 3) return [];
      return [{ message: `${sources === 1 ? 'one source' : `${sources} sources`}`, file: file.name, line: null }];
    }),
};
