import { readSections, sectionsNamed } from '../parse/sections.js';
import { ofKind, type Fault, type LintRule } from '../rule.js';

export const clusterDuplicateAddress: LintRule = {
  id: 'cluster/duplicate-address',
  severity: 'error',
  title: 'Two nodes of corosync.conf have one address or name',
  why: 'corosync -t accepts it; the nodes never find each other.',
  remedy: 'Give each node its own.',
  source: 'corosync.conf(5), nodelist',
  check: (context) =>
    ofKind(context, 'corosync.conf').flatMap((file) => {
      const seen = new Set<string>();
      return sectionsNamed(readSections(file.text), 'node').flatMap(({ keys, line }): Fault[] => {
        const own = keys.filter(({ name }) => /^(ring\d_addr|name|nodeid)$/.test(name));
        const again = own.filter(({ name, value }) => seen.has(`${name} ${value}`));
        for (const { name, value } of own) seen.add(`${name} ${value}`);
        const unnamed = own.some(({ name }) => name === 'name')
          ? []
          : [{ message: 'a node without name', file: file.name, line }];
        return [
          ...again.map((key) => ({ message: `${key.name}: ${key.value} again`, file: file.name, line: key.line })),
          ...unnamed,
        ];
      });
    }),
};
