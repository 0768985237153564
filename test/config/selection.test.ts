import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtinSelectionFile } from '../../src/config/builtin.js';
import { catalogueJsonSchema, selectionJsonSchema } from '../../src/config/selection-json-schema.js';
import { loadCandidates, loadSelection, noSelection } from '../../src/config/selection.js';
import { loadQuestions } from '../../src/config/questions.js';
import { HealthError } from '../../src/model/error.js';
import type { Question } from '../../src/model/selection-model.js';
import { temporaryFolder } from '../fixtures/repository.js';

const QUESTIONS: Question[] = [
  {
    id: 'documentation',
    text: 'How good is it?',
    choices: [
      { word: 'none', meaning: 'none' },
      { word: 'full', meaning: 'full' },
    ],
    unit: null,
    source: 'QSOS',
  },
  { id: 'effort-hours', text: 'How long?', choices: [], unit: 'hours', source: 'Lazy User Model' },
];

function load(text: string | Uint8Array) {
  const cwd = temporaryFolder();
  const file = join(cwd, 'selection.yaml');
  writeFileSync(file, text);
  return loadSelection({ file, cwd, questions: QUESTIONS });
}

function complaints(text: string | Uint8Array): string[] {
  try {
    load(text);
  } catch (error) {
    if (!(error instanceof HealthError)) throw error;
    expect(error.code).toBe('bad-config');
    return [error.message, ...(error.hint?.split('\n') ?? [])];
  }
  return [];
}

const FULL = `sources:
  trial: {title: Our own trial, date: 2026-05-01}
layers:
  - {id: database, title: Database, role: Keeps tables.}
capabilities:
  - {id: views, title: Views, meaning: It has views.}
candidates:
  - id: floater
    name: ' Floater '
    layers: [cluster-manager, database]
    aliases: [floatd]
    from: trial
    licence: MIT OR Apache-2.0
    repository: {is: https://example.org/floater.git, holds: the daemon}
    support: {is: [{by: Example Ltd, what: by the year}], from: {title: Their offer, url: 'https://example.org/', date: '2026'}}
    company: {unknown: the README names nobody}
    has: [virtual-address, views]
    lacks: {thesis-7: [fencing]}
    unclear: {quorum: nothing is said}
  - id: drbd-9
    from: trial
    support: {unknown: we asked and heard nothing}
    has: [no-single-point]
need:
  storage: {capabilities: [shared-nothing], urgency: 40, depth: part}
  database: {}
state: {platforms: [linux], hours: 100, money: 0, energy: 3.5, free: true, support: true, location: ' Here '}
answers:
  - {candidate: drbd, question: documentation, answer: full, source: read it, date: 2024-02-29}
  - {candidate: drbd-8.4, question: documentation, answer: none, source: read it again, date: 2026-03-01, expires: never}
  - {candidate: floatd, question: effort-hours, answer: 12, source: tried it, date: 2026-03-01, expires: 2026-03-01}
weights:
  qsos: {activity: 2.5, bugs: critical}
`;

it('reads all there is to say', () => {
  const { selection, catalogue } = load(FULL);
  expect(selection).toMatchObject({
    needs: [
      { layer: 'storage', capabilities: ['shared-nothing'], urgency: 40, depth: 'part' },
      { layer: 'database', capabilities: [], urgency: null, depth: 'whole' },
    ],
    state: { platforms: ['linux'], hours: 100, money: 0, energy: 3.5, free: true, support: true, location: 'Here' },
    answers: [
      { candidate: 'drbd-8.4', answer: 'full', expires: '2025-02-28' },
      { candidate: 'drbd-8.4', answer: 'none', expires: null },
      { candidate: 'floater', answer: 12, expires: '2026-03-01' },
    ],
    weights: { qsos: { activity: 2.5, bugs: 'critical' } },
  });
  expect(selection.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(selection.candidates.map(({ id }) => id)).toEqual(['drbd-9', 'floater']);
  expect(catalogue.layers.at(-1)).toEqual({ id: 'database', title: 'Database', role: 'Keeps tables.' });
  const trial = { title: 'Our own trial', url: null, date: '2026-05-01' };
  expect(catalogue.candidates.find(({ id }) => id === 'floater')).toMatchObject({
    name: 'Floater',
    kind: 'free',
    thesis: null,
    licence: { value: 'MIT OR Apache-2.0', sources: [trial], note: null },
    repository: { value: { url: 'https://example.org/floater.git', holds: 'the daemon' }, sources: [trial] },
    support: { sources: [{ title: 'Their offer', url: 'https://example.org/', date: '2026' }] },
    company: { value: null, sources: [], note: 'the README names nobody' },
    website: { value: null, sources: [], note: null },
    capabilities: {
      views: { value: true, sources: [trial] },
      fencing: { value: false, sources: [{ title: 'Thesis, chapter 7' }] },
      quorum: { value: null, note: 'nothing is said' },
    },
  });
});

it('lets an entry of an id that ships replace what it says and leave the rest', () => {
  const shipped = loadCandidates().candidates.find(({ id }) => id === 'drbd-9');
  const own = load(FULL).catalogue.candidates.find(({ id }) => id === 'drbd-9');
  expect(own?.support).toEqual({ value: null, sources: [], note: 'we asked and heard nothing' });
  expect(own?.capabilities['no-single-point']?.value).toBe(true);
  expect({ ...own, support: null, capabilities: null }).toEqual({ ...shipped, support: null, capabilities: null });
  expect(own?.capabilities).toMatchObject(shipped?.capabilities ?? {});
});

it('is fine with a file that says nothing', () => {
  for (const text of ['', '# all gone\n\n', 'answers: []\n', 'state: {}\n']) {
    expect({ ...load(text).selection, sha256: null }).toEqual(noSelection());
  }
});

it('reads the selection of the thesis', () => {
  const file = builtinSelectionFile('thesis') ?? '';
  const { selection, catalogue } = loadSelection({ file, cwd: process.cwd(), questions: loadQuestions() });
  expect(selection.needs.length).toBeGreaterThan(5);
  expect(selection.state.free).toBe(true);
  for (const { candidate, source, date, expires } of selection.answers) {
    expect(catalogue.candidates.find(({ id }) => id === candidate)?.kind).toBe('free');
    expect(source).toMatch(/\w{5}/);
    expect(['2014-12-31', '2026-11-25']).toContain(date);
    expect(expires).not.toBeNull();
  }
  // Figures of effort would have to be made up.
  expect(selection.answers.filter(({ question }) => question.startsWith('effort-'))).toEqual([]);
});

const answer = (fields: string) =>
  `answers:\n  - {candidate: drbd, question: documentation, answer: full, source: s, date: 2026-01-01${fields}}\n`;
const candidate = (fields: string) =>
  `candidates:\n  - {id: x, name: X, layers: [storage], from: {title: T, date: '2026'}${fields}}\n`;

describe('complains about', () => {
  it.each<[string, string, string[]]>([
    ['an unknown key', 'anwsers: []\n', ["selection.yaml:1:1: unknown key 'anwsers'; did you mean 'answers'?"]],
    [
      'an unknown layer',
      'need:\n  strage: {}\n',
      ["selection.yaml:2:3: need: no layer is called 'strage'; did you mean 'storage'?"],
    ],
    [
      'an unknown capability',
      'need:\n  storage: {capabilities: [posix, fncing]}\n',
      ["selection.yaml:2:35: need.storage.capabilities[1]: no capability is called 'fncing'; did you mean 'fencing'?"],
    ],
    [
      'an unknown platform',
      'state: {platforms: [linx]}\n',
      ["selection.yaml:1:21: state.platforms[0]: no platform is called 'linx'; did you mean 'linux'?"],
    ],
    [
      'an unknown candidate and question',
      'answers:\n  - {candidate: drdb, question: docmentation, answer: full, source: s, date: 2026-01-01}\n',
      [
        "selection.yaml:2:17: answers[0].candidate: no candidate is called 'drdb'; did you mean 'drbd'?",
        "selection.yaml:2:33: answers[0].question: no question is called 'docmentation'; did you mean 'documentation'?",
      ],
    ],
    [
      'a word that is no answer',
      answer('').replace('full', 'fulll'),
      ["selection.yaml:2:56: answers[0].answer: 'fulll' is no answer to this; did you mean 'full'?"],
    ],
    [
      'a word where a number is asked for',
      answer('').replace('documentation', 'effort-hours'),
      ['selection.yaml:2:55: answers[0].answer: must be a number (hours)'],
    ],
    [
      'yes for an answer',
      answer('').replace('full', 'true'),
      ["answer: must be a word or a number; put it in quotes: 'yes'"],
    ],
    [
      'no day',
      answer('').replace('2026-01-01', '2026-02-30'),
      ['answers[0].date: must be a day of the calendar: YYYY-MM-DD'],
    ],
    [
      'an expiry before the day',
      answer(', expires: 2025-12-31'),
      ['expires: is before the day of the answer, 2026-01-01'],
    ],
    [
      'an expiry that is no day',
      answer(', expires: soon'),
      ["expires: must be a day of the calendar, YYYY-MM-DD, or 'never'"],
    ],
    [
      'the same answer twice, by another name of the candidate',
      `${answer('')}  - {candidate: drbd-8.4, question: documentation, answer: none, source: s, date: 2026-01-01}\n`,
      ["answers[1].question: is answered for 'drbd-8.4' on that day by answers[0] already"],
    ],
    ['no source', answer('').replace('source: s, ', ''), ['answers[0].source: is missing']],
    ['an energy beyond 5', 'state: {energy: 6}\n', ['state.energy: must be from 1 to 5']],
    [
      'a weight below 0',
      'weights: {qsos: {a: -1}}\n',
      ['weights.qsos.a: must be a number from 0 to 1000000, or an importance'],
    ],
    [
      'an importance that is none',
      'weights: {qsos: {a: critcal}}\n',
      ["critical, relevant, ignored; did you mean 'critical'?"],
    ],
    [
      'no SPDX',
      candidate(', licence: GPL2'),
      ["candidates[0].licence: is no SPDX licence expression such as 'GPL-2.0-or-later'"],
    ],
    ['no SPDX within a fact', candidate(', licence: {is: GPL}'), ['candidates[0].licence.is: is no SPDX']],
    [
      'an unknown source',
      candidate(', website: {is: "https://e.org/", from: redme}'),
      ["website.from: no source is called 'redme'"],
    ],
    [
      'a fact without a source',
      'candidates:\n  - {id: x, name: X, layers: [storage], licence: MIT}\n',
      ['candidates[0].licence: says not where it comes from'],
    ],
    [
      'a fact that says two things',
      candidate(', licence: {is: MIT, unknown: asked}'),
      ['licence: must say one of: is, unknown'],
    ],
    [
      'an unknown key of a fact',
      candidate(', licence: {is: MIT, form: x}'),
      ["unknown key 'form'; did you mean 'from'?"],
    ],
    [
      'a capability that is there and is not',
      candidate(', has: [fencing], lacks: [fencing]'),
      ["lacks[0]: 'fencing' is under has already"],
    ],
    [
      'an unknown layer of a candidate',
      candidate('').replace('[storage]', '[storge]'),
      ["layers[0]: no layer is called 'storge'; did you mean 'storage'?"],
    ],
    [
      'a new candidate without a name',
      'candidates:\n  - {id: x, layers: [storage]}\n',
      ["candidates[0].id: 'x' is in no catalogue, so it needs name too"],
    ],
    ['a candidate twice', `${candidate('')}  - {id: x, name: X, layers: [storage]}\n`, ["'x' is there already"]],
    [
      'a repository with a password',
      candidate(', repository: "https://u:p@e.org/x"'),
      ['must not hold a user or password'],
    ],
    [
      'a website that is a script',
      candidate(', website: "javascript:alert(1)"'),
      ['website: must be an http(s) address'],
    ],
    [
      'an id that leads elsewhere',
      candidate('').replace('id: x', 'id: ../x'),
      ['candidates[0].id: may hold only letters'],
    ],
    [
      'a hostile id',
      candidate('').replace('id: x', 'id: __proto__, kind: root'),
      ['candidates[0].kind: must be one of: free, suite'],
    ],
  ])('%s', (_, text, expected) => {
    const found = complaints(text);
    expect(found).toHaveLength(expected.length);
    expected.forEach((part, i) => expect(found[i]).toContain(part));
    for (const line of found) expect(line).toMatch(/^selection\.yaml:\d+:\d+: /);
  });

  it('a file that is too large, or no text', () => {
    expect(complaints('#'.repeat(300_000))).toEqual(['selection.yaml: is larger than 256 KB']);
    expect(complaints(new Uint8Array([0xff, 0xfe, 0x00]))).toEqual(['selection.yaml: is not UTF-8 text']);
  });
});

it('describes its files as JSON Schema', () => {
  for (const schema of [selectionJsonSchema(), catalogueJsonSchema()]) {
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      additionalProperties: false,
    });
    // Facts are more than "anything": a value, or a mapping with is or unknown.
    expect(schema).toHaveProperty([
      'properties',
      'candidates',
      'items',
      'properties',
      'licence',
      'anyOf',
      '1',
      'properties',
      'is',
    ]);
  }
});
