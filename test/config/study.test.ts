import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clusterFile } from '../../src/config/cluster.js';
import { loadStudy } from '../../src/config/study.js';
import { TEMPLATE } from '../../src/config/template.js';
import { HealthError } from '../../src/model/error.js';
import { temporaryFolder } from '../fixtures/repository.js';

/** What loading this health.yaml complains about, one line each. */
function complaints(yaml: string | Buffer): string[] {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'health.yaml'), yaml);
  return caught(() => loadStudy({ config: null, cwd }));
}

function caught(work: () => unknown): string[] {
  try {
    work();
  } catch (error) {
    if (!(error instanceof HealthError)) throw error;
    expect(error.code).toBe('bad-config');
    expect(error.exitCode).toBe(2);
    expect(error.message).not.toContain('\n');
    return [error.message, ...(error.hint?.split('\n') ?? [])];
  }
  return [];
}

/** A health.yaml whose only project starts with these lines, from line 3 on. */
function project(lines: string): string {
  return `study: ours\nprojects:\n  - ${lines.replaceAll('\n', '\n    ')}\n`;
}

describe('a study that is fine', () => {
  it('is the built-in one where there is no file', () => {
    const { study, file } = loadStudy({ config: null, cwd: temporaryFolder() });
    expect(file).toBeNull();
    expect(study.name).toBe('thesis');
    expect(study.replicates).toBe('thesis');
    expect(study.replica).toBe(false);
    expect(study.projects.map(({ name, url }) => [name, url])).toEqual([
      ['corosync', 'https://github.com/corosync/corosync'],
      ['drbd', 'https://github.com/LINBIT/drbd-8.4'],
      ['pacemaker', 'https://github.com/ClusterLabs/pacemaker'],
    ]);
  });

  it('is what health init writes', () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'health.yaml'), TEMPLATE);
    const { study, file } = loadStudy({ config: null, cwd });
    expect(file).toBe(join(cwd, 'health.yaml'));
    expect(study.projects.map(({ name }) => name)).toEqual(['drbd', 'corosync']);
  });

  it('is what the template says once all its comments are taken off', () => {
    const cwd = temporaryFolder();
    const uncommented = TEMPLATE.replace(
      /^( *)# ((?: {2})?[a-z_-]+:.*|- name: our-agents|  url: \.\.\/our-agents)$/gm,
      '$1$2',
    )
      .replace(/^health\.yaml:.*\n/m, '')
      .replace(/^Next:.*\n/m, '')
      .replace(/^ *(name|url): [a-z(].*[;,].*\n/gm, '');
    expect(uncommented).toContain('\nreplicates: thesis');
    expect(uncommented).toContain('\n  storage: {component: drbd, version: 8.4.3}');
    // Each example stands alone: the successor's is no project of the template.
    const withoutSecondRefs = uncommented.replace(/^ {4}refs: branches\n/m, '').replace(/^ {4}succeeded_by: .*\n/m, '');
    writeFileSync(join(cwd, 'health.yaml'), withoutSecondRefs);
    writeFileSync(join(cwd, 'selection.yaml'), '# nothing yet\n');
    copyFileSync(clusterFile('zimbra-ha', cwd), join(cwd, 'cluster.yaml'));
    for (const file of ['simulation.json', 'rehearsal.json']) writeFileSync(join(cwd, file), '[]');
    const { study } = loadStudy({ config: null, cwd });
    expect(study.selection).toBe(join(cwd, 'selection.yaml'));
    expect(study.stack?.['storage']).toEqual({ component: 'drbd-8.4', version: '8.4.3' });
    expect(study.cluster).toMatchObject({ target: 'debian12', simulation: join(cwd, 'simulation.json') });
    expect(study.replicates).toBe('thesis');
    expect(study.projects[0]?.refs).toEqual(['main', 'release/*']);
  });

  it('may deploy a candidate of its own, from the selection file it names or that lies beside it', () => {
    const cwd = temporaryFolder();
    const own = `candidates:\n  - {id: mine, name: Mine, layers: [storage]}\n`;
    writeFileSync(join(cwd, 'chosen.yaml'), own);
    const study = 'study: a\nprojects:\n  - {name: a, url: b}\nstack: {storage: {component: mine}}\n';
    writeFileSync(join(cwd, 'health.yaml'), `${study}selection: chosen.yaml\n`);
    const stack = { storage: { component: 'mine', version: null } };
    expect(loadStudy({ config: null, cwd }).study).toMatchObject({ stack, selection: join(cwd, 'chosen.yaml') });
    writeFileSync(join(cwd, 'health.yaml'), study);
    expect(() => loadStudy({ config: null, cwd })).toThrow("no candidate is called 'mine'");
    writeFileSync(join(cwd, 'selection.yaml'), own);
    expect(loadStudy({ config: null, cwd }).study).toMatchObject({ stack, selection: join(cwd, 'selection.yaml') });
  });

  it('has its relative paths made absolute against its own folder', () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, 'studies'));
    const text = ['../a', './b.git', '/c', 'file:///d', 'https://example.org/e', 'http://[::1]:8080/f', 'C']
      .map((url, i) => `  - {name: p${i}, url: "${url}"}`)
      .join('\n');
    writeFileSync(join(cwd, 'studies', 'own.yaml'), `study: ours\nprojects:\n${text}\n`);
    const { study } = loadStudy({ config: 'studies/own.yaml', cwd });
    expect(study.projects.map(({ url }) => url)).toEqual([
      join(cwd, 'a'),
      join(cwd, 'studies', 'b.git'),
      '/c',
      'file:///d',
      'https://example.org/e',
      'http://[::1]:8080/f',
      join(cwd, 'studies', 'C'),
    ]);
  });

  it('may say all there is to say', () => {
    const cwd = temporaryFolder();
    const text =
      '\uFEFFstudy: " Öur stack "\nreplicates: thesis\nstack:\n  storage: {component: drbd, version: "8.4"}\n' +
      'projects:\n  - name: a\n    url: x\n    refs: [main, "release/*"]\n    layer: storage\n    tags: [one, two]\n' +
      '    succeeded_by: b\n  - {name: b, url: y, refs: default}\n';
    writeFileSync(join(cwd, 'health.yaml'), text);
    expect(loadStudy({ config: null, cwd }).study).toEqual({
      name: 'Öur stack',
      replicates: 'thesis',
      replica: false,
      stack: { storage: { component: 'drbd-8.4', version: '8.4' } },
      projects: [
        {
          name: 'a',
          url: join(cwd, 'x'),
          refs: ['main', 'release/*'],
          layer: 'storage',
          tags: ['one', 'two'],
          succeededBy: 'b',
        },
        { name: 'b', url: join(cwd, 'y'), refs: 'default', layer: null, tags: [] },
      ],
    });
  });
});

describe('a file that is not fine', () => {
  it.each<[string, string, string[]]>([
    ['nothing', '', ['health.yaml:1:1: is empty']],
    ['comments only', '# hello\n', ['health.yaml:1:1: is empty']],
    ['a list', '- a\n', ['health.yaml:1:1: must be a mapping (key: value), not a list']],
    ['an open bracket', 'study: [a\n', [expect.stringMatching(/^health\.yaml:2:1: .*\]$/) as unknown as string]],
    ['a tab', 'study: x\nprojects:\n\t- a\n', ['health.yaml:3:1: tabs may not indent; use blanks']],
    [
      'successors that are not there, or go round',
      'study: x\nprojects:\n  - {name: drbd, url: y, succeeded_by: drbd-8}\n  - {name: drbd-9, url: y, succeeded_by: drbd-9}\n',
      [
        "health.yaml:3:40: projects[0].succeeded_by: no project of this study is called 'drbd-8'; did you mean 'drbd-9'?",
        "health.yaml:4:42: projects[1].succeeded_by: 'drbd-9' leads back to 'drbd-9' itself",
      ],
    ],
    [
      'a second document',
      'study: x\n---\nstudy: y\n',
      ["health.yaml:2:1: holds several documents ('---'); only one is allowed"],
    ],
    [
      'a duplicate key',
      'study: x\nprojects: []\nstudy: y\n',
      ["health.yaml:3:1: duplicate key 'study' (first on line 1)"],
    ],
    [
      'an alias',
      'study: &a x\nprojects: *a\n',
      ['health.yaml:2:11: aliases (*a) are not supported; write the value out'],
    ],
    [
      'a tag',
      'study: !!js/function x\n',
      [expect.stringContaining('health.yaml:1:8: Unresolved tag') as unknown as string],
    ],
    ['a key that is no word', '? [a]\n: 1\n', ['health.yaml:1:3: a key must be a plain word']],
    ['no projects', 'study: x\nprojects: []\n', ['health.yaml:2:11: projects: must list at least one project']],
    [
      'projects that are no list',
      'study: x\nprojects: {a: b}\n',
      ['health.yaml:2:11: projects: must be a list, not a mapping (key: value)'],
    ],
    [
      'a mistyped key',
      'study: x\nproject: []\n',
      ['health.yaml:1:1: projects: is missing', "health.yaml:2:1: unknown key 'project'; did you mean 'projects'?"],
    ],
    [
      'a key like nothing else',
      'study: x\nprojects: [{name: a, url: b}]\n__proto__: 1\n',
      [
        "health.yaml:3:1: unknown key '__proto__'; known keys: study, projects, replicates, identities, selection, stack, cluster, rules",
      ],
    ],
    [
      'a mistyped key of a project',
      project('name: a\nulr: x\nurl: y'),
      ["health.yaml:4:5: projects[0]: unknown key 'ulr'; did you mean 'url'?"],
    ],
    [
      'a name that is a number',
      project('name: 12\nurl: x'),
      ["health.yaml:3:11: projects[0].name: must be text, not a number; put it in quotes: '12'"],
    ],
    ['an empty value', project('name: a\nurl:'), ['health.yaml:4:9: projects[0].url: must be text, not nothing']],
    ['no url', project('name: a'), ['health.yaml:3:5: projects[0].url: is missing']],
    [
      'a project that is text',
      project('drbd'),
      ['health.yaml:3:5: projects[0]: must be a mapping (key: value), not text'],
    ],
    [
      'one branch as text',
      project('name: a\nurl: x\nrefs: main'),
      [
        "health.yaml:5:11: projects[0].refs: must be 'branches', 'default' or a list of patterns such as [main, 'release/*']; for one branch: ['main']",
      ],
    ],
    [
      'no pattern',
      project('name: a\nurl: x\nrefs: []'),
      ['health.yaml:5:11: projects[0].refs: must name at least one pattern, or be left out'],
    ],
    [
      'bad patterns',
      project('name: a\nurl: x\nrefs: [ok, "a b", a..b, 3, -x, ""]'),
      [
        'health.yaml:5:16: projects[0].refs[1]: is no name or pattern a git ref can have',
        'health.yaml:5:23: projects[0].refs[2]: is no name or pattern a git ref can have',
        'health.yaml:5:29: projects[0].refs[3]: must be text; put it in quotes',
        'health.yaml:5:32: projects[0].refs[4]: is no name or pattern a git ref can have',
        'health.yaml:5:36: projects[0].refs[5]: must not be empty',
      ],
    ],
    [
      'an unknown study',
      'study: x\nreplicates: thesi\nprojects: [{name: a, url: b}]\n',
      ["health.yaml:2:13: replicates: no published study is called 'thesi'; did you mean 'thesis'?"],
    ],
    [
      'a study that is a path',
      'study: x\nreplicates: ../../x\nprojects: [{name: a, url: b}]\n',
      ["health.yaml:2:13: replicates: no published study is called '../../x'; there are: thesis"],
    ],
    [
      'a stack of unknown layers and components, and one in a layer it does not fill',
      `${project('name: a\nurl: b')}stack:\n  strage: {component: drbd}\n  storage: {component: drdb}\n  messaging: {component: drbd}\n`,
      [
        "health.yaml:6:3: stack: no layer is called 'strage'; did you mean 'storage'?",
        "health.yaml:7:24: stack.storage.component: no candidate is called 'drdb'; did you mean 'drbd'?",
        "health.yaml:8:26: stack.messaging.component: 'drbd' fills storage, not messaging",
      ],
    ],
    [
      'a version that is a number',
      `${project('name: a\nurl: b')}stack: {storage: {component: drbd, version: 8.4}}\n`,
      ["health.yaml:5:45: stack.storage.version: must be text, not a number; put it in quotes: '8.4'"],
    ],
    [
      'a stack without component',
      `${project('name: a\nurl: b')}stack: {storage: {version: v1}}\n`,
      ['health.yaml:5:18: stack.storage.component: is missing'],
    ],
    [
      'a name twice',
      'study: x\nprojects:\n  - {name: drbd, url: a}\n  - {name: DRBD, url: b}\n  - {name: drbd, url: c}\n',
      [
        "health.yaml:4:12: projects[1].name: 'DRBD' differs from 'drbd' on line 3 by case only; both would be one file",
        "health.yaml:5:12: projects[2].name: 'drbd' is already the name of the project on line 3",
      ],
    ],
  ])('%s', (_, yaml, expected) => {
    expect(complaints(yaml)).toEqual(expected);
  });

  it.each([
    ['""', 'must not be empty'],
    ['..', 'dot or a dash'],
    ['a..b', "must not contain '..'"],
    ['a/b', 'may hold only'],
    ['"a\\\\b"', 'may hold only'],
    ['.hidden', 'dot or a dash'],
    ['"-rf"', 'dot or a dash'],
    ['dot.', 'must not end with a dot'],
    ['nul', 'reserved by Windows'],
    ['COM1.txt', 'reserved by Windows'],
    ['"<script>"', 'may hold only'],
    ['"a\\u0000b"', 'may hold only'],
    ['"a\\u202eb"', 'may hold only'],
    ['"\'; DROP TABLE scmlog; --"', 'may hold only'],
    ['é', 'may hold only'],
    [`"${'x'.repeat(101)}"`, 'at most 100 characters'],
  ])('refuses the name %s', (name, reason) => {
    const [first = '', ...others] = complaints(project(`name: ${name}\nurl: x`));
    expect(first).toMatch(/^health\.yaml:3:11: projects\[0\]\.name: /);
    expect(first).toContain(reason);
    expect(others).toEqual([]);
  });

  it.each([
    ['""', 'must not be empty'],
    ['ssh://git@host:22/x', null],
    ['git://host/x', null],
    ['git@github.com:a/b', null],
    ['ssh://git:secret@host/x', 'must not hold a password'],
    ['ssh://-oProxyCommand=x/y', 'starts with a dash'],
    ['ssh://%2DoProxyCommand=x/y', 'starts with a dash'],
    ['"-oProxyCommand=x@host:y"', 'starts with a dash'],
    ['git@-host:y', 'starts with a dash'],
    ['git@host:-y', 'starts with a dash'],
    ['ssh:///x', 'names no host'],
    ['ext::sh -c x://y', 'helper programs'],
    ['javascript://x', 'starts with javascript://'],
    ['~/x', 'not expanded'],
    ['https://user:secret@example.org/x', 'must not hold a user or password'],
    ['http://', 'no address'],
    ['file://host/x', 'three slashes'],
    ['"a\\nb"', 'control characters'],
  ])('holds the url %s to what can be read', (url, reason) => {
    const found = complaints(project(`name: a\nurl: ${url}`));
    if (reason === null) expect(found).toEqual([]);
    else {
      expect(found).toHaveLength(1);
      expect(found[0]).toMatch(/^health\.yaml:4:\d+: projects\[0\]\.url: /);
      expect(found[0]).toContain(reason);
      expect(found[0]).not.toContain('secret');
    }
  });

  it('is told all at once, but not without end', () => {
    const many = Array.from({ length: 50 }, (_, i) => `  - {name: p${i}}`).join('\n');
    const found = complaints(`study: x\nprojects:\n${many}\n`);
    expect(found).toHaveLength(21);
    expect(found[0]).toBe('health.yaml:3:5: projects[0].url: is missing');
    expect(found[20]).toBe('and 30 more problems');
  });

  it('may be a bomb, and is refused without delay', () => {
    const laughs = ['a: &a [x, x]', ...Array.from({ length: 20 }, (_, i) => `b${i}: &b${i} [*a, *a]`)].join('\n');
    expect(complaints(laughs)[0]).toContain('aliases (*a) are not supported');
    const start = performance.now();
    expect(complaints('['.repeat(200_000))).toEqual(['health.yaml:1:1: is nested too deeply']);
    expect(complaints(Array.from({ length: 20_000 }, (_, i) => `k${i}: 1`).join('\n'))).toHaveLength(21);
    expect(complaints('#'.repeat(300_000))).toEqual(['health.yaml: is larger than 256 KB']);
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  it('may not be a file at all, or no text', () => {
    const cwd = temporaryFolder();
    symlinkSync('nowhere', join(cwd, 'health.yaml'));
    expect(caught(() => loadStudy({ config: null, cwd }))).toEqual(['health.yaml: no such file']);
    expect(caught(() => loadStudy({ config: 'other.yaml', cwd }))).toEqual(['other.yaml: no such file']);
    expect(caught(() => loadStudy({ config: '.', cwd }))).toEqual([`${cwd}: is a folder, not a file`]);
    expect(complaints(Buffer.from([0x73, 0xff, 0xfe]))).toEqual(['health.yaml: is not UTF-8 text']);
  });
});
