import type { Manifest, ProjectSeal } from '../../src/model/manifest.js';
import type { Result } from '../../src/model/result.js';

function projectSeal(project: string): ProjectSeal {
  return {
    project,
    url: `https://example.invalid/${project}`,
    choice: 'branches',
    tips: { 'refs/heads/main': '0123456789abcdef0123456789abcdef01234567' },
    head: 'refs/heads/main',
    flags: [],
    mailmap: null,
    compat: 'default',
    actions: true,
    renames: true,
    lines: false,
    commits: 4567,
    collectedAt: '2015-01-02 03:04:05',
    collectedBy: '0.0.0',
  };
}

/** What a made-up result of these projects rests on. */
export function sampleSeal(names: readonly string[]): Pick<Result, 'ledger' | 'successions' | 'manifest' | 'seal'> {
  const rule = { sha256: 'b4'.repeat(32), entries: 0 };
  const manifest: Manifest = {
    schema: 5,
    identities: null,
    rules: { people: rule, bots: rule, organizations: rule },
    queries: {},
    published: null,
    anonymized: false,
    projects: names.map(projectSeal),
  };
  const collects = { first: '2015-01-02 03:04:05', last: '2015-01-02 03:04:05', count: 1 };
  const ledger = names.map((project) => ({
    project,
    collects,
    events: [],
    olderEvents: 0,
    vanished: 0,
    vanishedGroups: [],
  }));
  return { ledger, successions: [], manifest, seal: 'c5'.repeat(32) };
}
