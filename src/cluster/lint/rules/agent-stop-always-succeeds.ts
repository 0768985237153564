import { ofKind, type Fault, type LintRule } from '../rule.js';

export const agentStopAlwaysSucceeds: LintRule = {
  id: 'agent/stop-always-succeeds',
  severity: 'error',
  title: 'A stop that never fails',
  why: 'Pacemaker believes it: the file system is unmounted under living processes, or the service starts on the other node while it still runs here.',
  remedy: 'Look for processes after the stop, end what is left, and return 1 where something survives.',
  source: 'Thesis, appendix A',
  check: (context) =>
    ofKind(context, 'agent').flatMap((file) => {
      let inside = false;
      let sure = false;
      let start = 0;
      return file.lines.flatMap((line, i): Fault[] => {
        if (/^\s*(?:function\s+)?\w*stop\w*\s*\(\)/.test(line)) [inside, sure, start] = [true, false, i + 1];
        if (inside && /return\s+("?\$OCF_ERR|"?\$\{OCF_ERR|[1-9]|"?\$\w*(ret|rc|code))/.test(line)) sure = true;
        if (!inside || !line.startsWith('}')) return [];
        inside = false;
        return sure ? [] : [{ message: 'no way out of it but success', file: file.name, line: start }];
      });
    }),
};
