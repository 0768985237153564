import { nodeNames } from '../addresses.js';
import { faultyLines, ofKind, type LintRule } from '../rule.js';

export const hostsNameSpelling: LintRule = {
  id: 'hosts/name-spelling',
  severity: 'warning',
  title: 'One host, two spellings',
  why: "DRBD's `on`, the node name of the cluster and `uname -n` are compared as texts: astapor and astapor.got.com are two hosts to them.",
  remedy: 'Use the full name everywhere.',
  source: 'Thesis, sections 7.2.1 and 7.5',
  check(context) {
    const full = new Set(nodeNames(context).filter((name) => name.includes('.')));
    const shorts = new Map([...full].map((name) => [name.split('.')[0] ?? '', name]));
    return ofKind(context, 'commands', 'hostname').flatMap((file) =>
      faultyLines(
        [file],
        /^(?:hostname\s+|HOSTNAME=)?([a-z][\w-]*)\s*$/,
        ([, name = '']) => `${name} here, ${shorts.get(name)} in the cluster`,
      ).filter(({ message }) => !message.includes('undefined')),
    );
  },
};
