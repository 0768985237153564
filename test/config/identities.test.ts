import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { acceptMerges } from '../../src/config/identity-writer.js';
import { loadIdentities } from '../../src/config/identities.js';
import { loadStudy } from '../../src/config/study.js';
import { HealthError } from '../../src/model/error.js';
import { noIdentityRules } from '../../src/model/identities.js';
import { temporaryFolder } from '../fixtures/repository.js';

function written(text: string): { cwd: string; file: string } {
  const cwd = temporaryFolder();
  const file = join(cwd, 'identities.yaml');
  writeFileSync(file, text);
  return { cwd, file };
}

function rules(text: string) {
  const { cwd, file } = written(text);
  return loadIdentities(file, cwd).rules;
}

function complaints(text: string): string[] {
  try {
    rules(text);
  } catch (error) {
    if (!(error instanceof HealthError)) throw error;
    expect(error.code).toBe('bad-config');
    return [error.message, ...(error.hint?.split('\n') ?? [])];
  }
  return [];
}

const FULL = `# Our people
people:
  - name: Ada Example
    email: ada@example.org
    aliases:
      - ada@work.example          # her old desk
      - Ada E. <ada@home.example>
      - Countess
      - {name: 'A<da', email: x@y.example}
bots: ['build-*', ci@example.org]
not_bots: [robot-lover]
web_merge: [merge@forge.example]
organizations:
  - {domain: firm.example, name: The Firm, from: 2010-01-01, until: 2014-12-31}
  - {domain: firm.example, name: The Heir}
personal_domains: [ada.example]
`;

it('reads people, bots and organisations', () => {
  expect(rules(FULL)).toEqual({
    people: [
      {
        name: 'Ada Example',
        email: 'ada@example.org',
        aliases: [
          { name: null, email: 'ada@work.example' },
          { name: 'Ada E.', email: 'ada@home.example' },
          { name: 'Countess', email: null },
          { name: 'A<da', email: 'x@y.example' },
        ],
      },
    ],
    bots: ['build-*', 'ci@example.org'],
    notBots: ['robot-lover'],
    webMerge: ['merge@forge.example'],
    organizations: [
      { domain: 'firm.example', organization: 'The Firm', from: '2010-01-01', until: '2014-12-31' },
      { domain: 'firm.example', organization: 'The Heir', from: null, until: null },
    ],
    personalDomains: ['ada.example'],
  });
});

it('is fine with a file that says nothing', () => {
  for (const text of ['', '\n', '# all gone\n\n  # really\n', 'people:\nbots:\n']) {
    expect(rules(text)).toEqual(noIdentityRules);
  }
});

it('says where something is wrong', () => {
  expect(complaints('peple: []\n')).toEqual(["identities.yaml:1:1: unknown key 'peple'; did you mean 'people'?"]);
  const people = (aliases: string) => `people:\n  - name: Ada\n    email: a@x\n    aliases: ${aliases}\n`;
  expect(complaints(people('[12]'))).toEqual([
    "identities.yaml:4:15: people[0].aliases[0]: must be 'Name <address>', an address or a name; put it in quotes",
  ]);
  expect(complaints(people("['Ada <']"))).toEqual([
    "identities.yaml:4:15: people[0].aliases[0]: must be 'Name <address>', an address or a name",
  ]);
  expect(complaints(`${people('[b@x, B@X]')}  - {name: ada, email: A@x}\n`)).toEqual([
    'identities.yaml:4:20: people[0].aliases[1]: is said twice (line 4)',
    'identities.yaml:5:12: people[1].name: is somebody else already (line 2)',
  ]);
  expect(complaints("organizations:\n  - {domain: 'no dot', name: X, from: 2014-02-30}\nbots: ['**']\n")).toEqual([
    'identities.yaml:2:14: organizations[0].domain: must be a domain such as example.org',
    'identities.yaml:2:39: organizations[0].from: must be a day: YYYY-MM-DD',
    'identities.yaml:3:8: bots[0]: means everybody',
  ]);
});

it('is found beside health.yaml, or where that says', () => {
  const { cwd, file } = written('');
  writeFileSync(join(cwd, 'health.yaml'), 'study: s\nprojects:\n  - {name: a, url: b}\n');
  expect(loadStudy({ config: null, cwd })).toMatchObject({ identities: file, study: { identities: file } });
  writeFileSync(join(cwd, 'health.yaml'), 'study: s\nprojects:\n  - {name: a, url: b}\nidentities: who/is.yaml\n');
  expect(loadStudy({ config: null, cwd }).study.identities).toBe(join(cwd, 'who/is.yaml'));
  const empty = temporaryFolder();
  expect(loadStudy({ config: null, cwd: empty })).toMatchObject({ identities: join(empty, 'identities.yaml') });
  expect(loadStudy({ config: null, cwd: empty }).study).not.toHaveProperty('identities');
});

const bob = { name: 'Bob', email: 'bob@x.example' };

it('adds lines and keeps the others with their comments', () => {
  const { cwd, file } = written(FULL);
  acceptMerges(file, cwd, [
    {
      into: { name: 'ada example', email: 'ADA@example.org' },
      alias: { name: 'Ada: "x" #1', email: 'a@b.example' },
      comment: 'same\nname',
    },
    { into: bob, alias: { name: 'Bobby', email: 'bob@x.example' }, comment: 'same address' },
  ]);
  const text = readFileSync(file, 'utf8');
  const lines = new Set(FULL.split('\n'));
  expect([...lines].filter((line) => !text.includes(line))).toEqual([]);
  expect(text.split('\n').filter((line) => !lines.has(line))).toEqual([
    '      - \'Ada: "x" #1 <a@b.example>\'  # same name',
    '  - name: Bob',
    '    email: bob@x.example',
    '      - Bobby <bob@x.example>  # same address',
  ]);
  expect(loadIdentities(file, cwd).rules.people[1]).toEqual({
    ...bob,
    aliases: [{ name: 'Bobby', email: 'bob@x.example' }],
  });
});

it('makes the file, and sends a chain of merges to the one who stays', () => {
  const cwd = temporaryFolder();
  const file = join(cwd, 'new', 'identities.yaml');
  const carl = { name: 'Carl', email: 'c@x.example' };
  const odd = { name: 'odd <', email: '' };
  acceptMerges(file, cwd, [
    { into: carl, alias: odd, comment: '1' },
    { into: bob, alias: carl, comment: '2' },
  ]);
  expect(readFileSync(file, 'utf8')).toMatch(/^# Who is who/);
  expect(loadIdentities(file, cwd).rules.people).toEqual([{ ...bob, aliases: [odd, carl] }]);
});

it('leaves the file alone where the lines would make it wrong', () => {
  const { cwd, file } = written(FULL);
  const again = [{ into: bob, alias: { name: 'Ada E.', email: 'ada@home.example' }, comment: '' }];
  expect(() => acceptMerges(file, cwd, again)).toThrow(/identities\.yaml:\d+:\d+: .* is somebody else already/);
  expect(readFileSync(file, 'utf8')).toBe(FULL);
});

it.each([
  ['flow style', 'people: [{name: Bob, email: bob@x.example, aliases: [b@y.example]}] # mine\n'],
  ['flow aliases', 'people: # mine\n- name: Bob\n  email: bob@x.example\n  aliases: [b@y.example]\n'],
  ['no indent', '# mine\npeople:\n- name: Bob\n  email: bob@x.example\n  aliases:\n  - b@y.example'],
  [
    'aliases first',
    'people:\n  - aliases:\n      - b@y.example\n\n      # mine\n    name: Bob\n    email: bob@x.example\nbots: [x]\n',
  ],
  [
    'CRLF',
    'people:\r\n  - name: Bob\r\n    email: bob@x.example\r\n    aliases:\r\n      - b@y.example # mine\r\n\r\nbots: []\r\n',
  ],
  ['others only', '# mine\nbots: [x]\n'],
  ['nothing but comments', '# mine\n'],
  ['an empty list', 'people:\n# mine\nbots: []\n'],
  ['no aliases', 'people:\n  - name: Bob\n    email: bob@x.example # mine\n\n  - {name: C, email: c@x}\n'],
])('adds to a file in %s', (_, text) => {
  const { cwd, file } = written(text);
  const before = loadIdentities(file, cwd).rules;
  const alias = { name: 'Bobby', email: 'bobby@x.example' };
  acceptMerges(file, cwd, [{ into: bob, alias, comment: 'same' }]);
  const { people, ...rest } = loadIdentities(file, cwd).rules;
  const { people: had, ...others } = before;
  expect(rest).toEqual(others);
  const aliases = had.find(({ name }) => name === 'Bob')?.aliases ?? [];
  expect(people.find(({ name }) => name === 'Bob')).toEqual({ ...bob, aliases: [...aliases, alias] });
  expect(people).toHaveLength(Math.max(1, had.length));
  expect(readFileSync(file, 'utf8')).toContain('# mine');
});
