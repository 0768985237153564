import { ofKind, type Fault, type LintRule } from '../rule.js';

export const bootServiceLeftOn: LintRule = {
  id: 'boot/service-left-on',
  severity: 'warning',
  title: 'The service itself still starts at boot',
  why: 'It starts on both nodes, on the one without the data as well.',
  remedy: 'Switch it off: the cluster starts it.',
  source: 'Thesis, section 7.5',
  check: (context) =>
    ofKind(context, 'commands')
      .filter(({ text }) => /chkconfig\s+pacemaker\s+off/.test(text) && !/chkconfig\s+zimbra\s+off/.test(text))
      .map(({ name }): Fault => ({ message: 'zimbra is not in the list', file: name, line: null })),
};
