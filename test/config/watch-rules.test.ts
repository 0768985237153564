import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadStudy } from '../../src/config/study.js';
import { defaultRules, studyRules } from '../../src/config/watch-rules.js';
import { HealthError } from '../../src/model/error.js';
import { temporaryFolder } from '../fixtures/repository.js';

const HEAD = 'study: x\nprojects: [{name: a, url: b}]\n';

function load(rules: string): ReturnType<typeof studyRules> {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'health.yaml'), HEAD + rules);
  return studyRules(loadStudy({ config: null, cwd }).study.rules as Parameters<typeof studyRules>[0]);
}

function problems(rules: string): string[] {
  try {
    load(rules);
  } catch (error) {
    if (error instanceof HealthError) return [error.message, ...(error.hint?.split('\n') ?? [])];
    throw error;
  }
  return [];
}

it('without a word about them the default rules hold, each kind once', () => {
  expect(load('')).toEqual(defaultRules());
  expect(new Set(defaultRules().map(({ kind }) => kind)).size).toBe(defaultRules().length);
  expect(defaultRules()).toHaveLength(12);
});

it('a value is changed, a rule is turned off, and one of its own kind goes on from the default', () => {
  const rules = load(
    'rules:\n  silence: {at_least_days: 30}\n  rival-ahead: off\n  quick: {kind: silence, factor: 1, projects: [a]}\n',
  );
  const base = defaultRules().find(({ id }) => id === 'silence')!;
  expect(rules.find(({ id }) => id === 'silence')).toEqual({ ...base, params: { ...base.params, at_least_days: 30 } });
  expect(rules.some(({ id }) => id === 'rival-ahead')).toBe(false);
  expect(rules.at(-1)).toEqual({
    id: 'quick',
    kind: 'silence',
    projects: ['a'],
    params: { ...base.params, factor: 1 },
  });
});

it.each([
  ['rules: 3\n', ["health.yaml:3:1: rules: must be a mapping: a rule's name, and its values or off"]],
  [
    'rules:\n  silense: {factor: 2}\n',
    [
      "health.yaml:4:3: rules.silense: there is no rule 'silense'; did you mean 'silence'?; a rule of your own needs 'kind'",
    ],
  ],
  [
    'rules:\n  silense: off\n',
    ["health.yaml:4:3: rules.silense: there is no rule 'silense' to turn off; did you mean 'silence'?"],
  ],
  [
    'rules:\n  silence: {facter: 2}\n',
    ["health.yaml:4:13: rules.silence: unknown key 'facter'; did you mean 'factor'?"],
  ],
  ['rules:\n  silence: {factor: two}\n', ['health.yaml:4:21: rules.silence.factor: must be a number, not text']],
  [
    'rules:\n  silence: {percentile: 101}\n',
    ['health.yaml:4:25: rules.silence.percentile: must be a number from 50 to 100'],
  ],
  ['rules:\n  silence: yes\n', ['health.yaml:4:3: rules.silence: must be a mapping, or off']],
  [
    'rules:\n  mine: {kind: silense}\n',
    ["health.yaml:4:10: rules.mine.kind: no kind of rule is called 'silense'; did you mean 'silence'?"],
  ],
  [
    'rules:\n  silence: {kind: score-below}\n',
    ["health.yaml:4:13: rules.silence.kind: the rule 'silence' is of the kind silence; name yours otherwise"],
  ],
  [
    'rules:\n  Mine!: {kind: silence}\n',
    ['health.yaml:4:3: rules.Mine!: a rule is named by small letters, digits and dashes'],
  ],
  [
    'rules:\n  silence: {projects: [b]}\n',
    ["health.yaml:4:24: rules.silence.projects[0]: no project of this study is called 'b'; there are: a"],
  ],
])('%j is refused with its place', (rules, expected) => {
  expect(problems(rules)).toEqual(expected);
});
