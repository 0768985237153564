import { ofKind, type Fault, type LintRule } from '../rule.js';

export const timeNoLoopback6: LintRule = {
  id: 'time/no-loopback6',
  severity: 'note',
  title: 'The IPv6 loopback address may not ask',
  why: 'Tools that ask localhost over IPv6, which comes first, get no answer.',
  remedy: 'restrict ::1',
  source: 'Thesis, table 7.5',
  check: (context) =>
    ofKind(context, 'ntp.conf')
      .filter(({ text }) => /^\s*restrict\s+127\.0\.0\.1/m.test(text) && !/^\s*restrict\s+(-6\s+)?::1/m.test(text))
      .map(({ name }): Fault => ({ message: '127.0.0.1 may ask, ::1 may not', file: name, line: null })),
};
