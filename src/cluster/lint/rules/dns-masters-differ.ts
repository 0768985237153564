import { readZone } from '../parse/zone.js';
import { ofKind, type Fault, type LintRule } from '../rule.js';

export const dnsMastersDiffer: LintRule = {
  id: 'dns/masters-differ',
  severity: 'error',
  title: 'Two masters of one zone say different things',
  why: 'What a name means depends on which of them answers.',
  remedy: 'Keep one file on both, or make one of them a slave.',
  source: 'Thesis, table 7.7',
  check(context) {
    const first = new Map<string, { file: string; text: string }>();
    return ofKind(context, 'zone', 'reverse-zone').flatMap((file): Fault[] => {
      const base = file.name.split('/').at(-1) ?? '';
      const before = first.get(base);
      const records = JSON.stringify(readZone(file.text).records.map(({ owner, type, data }) => [owner, type, data]));
      if (!before) first.set(base, { file: file.name, text: records });
      if (!before || before.text === records) return [];
      return [{ message: `not the same records as ${before.file}`, file: file.name, line: null }];
    });
  },
};
