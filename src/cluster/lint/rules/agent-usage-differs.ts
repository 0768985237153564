import { ofKind, type Fault, type LintRule } from '../rule.js';

export const agentUsageDiffers: LintRule = {
  id: 'agent/usage-differs',
  severity: 'warning',
  title: 'Usage and code name different actions',
  why: 'An administrator calls what the usage offers, and gets "unimplemented".',
  remedy: 'Offer what there is, and nothing else.',
  source: 'Thesis, appendix A',
  check: (context) =>
    ofKind(context, 'agent').flatMap((file): Fault[] => {
      const at = file.lines.findIndex((line) => /\{start\|/.test(line));
      const offered = /\{([a-z|-]+)\}/.exec(file.lines[at] ?? '')?.[1]?.split('|') ?? [];
      const done = new Set(
        [...file.text.matchAll(/^\s*([a-z-]+(?:\s*\|\s*[a-z-]+)*)\s*\)/gm)].flatMap(([, words = '']) =>
          words.split('|').map((word) => word.trim()),
        ),
      );
      const missing = offered.filter((word) => !done.has(word));
      const silent = [...done].filter((word) => /^(restart|reload)$/.test(word) && !offered.includes(word));
      if (at < 0 || missing.length + silent.length === 0) return [];
      const parts = [
        ...missing.map((word) => `${word} is offered and not done`),
        ...silent.map((word) => `${word} is done and not offered`),
      ];
      return [{ message: parts.join(', '), file: file.name, line: at + 1 }];
    }),
};
