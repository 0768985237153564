import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadPlainStudy } from '../../src/config/plain-study.js';
import { loadStudy } from '../../src/config/study.js';
import { temporaryFolder } from '../fixtures/repository.js';

const PROJECTS = 'study: ours\nprojects:\n  - {name: a, url: ./a, layer: storage, tags: [x]}\n  - {name: b, url: b}\n';

function folder(files: Record<string, string>): { config: null; cwd: string } {
  const cwd = temporaryFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  return { config: null, cwd };
}

it.each<[string, Record<string, string>]>([
  ['projects alone', { 'health.yaml': PROJECTS }],
  ['files beside it', { 'health.yaml': PROJECTS, 'identities.yaml': '', 'selection.yaml': '' }],
  ['files it names', { 'health.yaml': `${PROJECTS}identities: who/is.yaml\nselection: what.yaml\n` }],
  ['what it replicates', { 'health.yaml': `${PROJECTS}replicates: thesis\n` }],
])('a plain study is what it is: %s', (_, files) => {
  const options = folder(files);
  expect(loadPlainStudy(options)).toEqual(loadStudy(options));
});

it.each([
  'stack: {messaging: {component: corosync}}',
  'stack:',
  'cluster: zimbra-ha',
  'rules: {silence: off}',
  'rules:',
  'replicates: nothing-known',
  'stakc: {}',
  'study: again',
])('one that says more, or something wrong, is left to those who know: %s', (line) => {
  expect(loadPlainStudy(folder({ 'health.yaml': `${PROJECTS}${line}\n` }))).toBeNull();
});

it('so is one that is not there', () => {
  expect(loadPlainStudy(folder({}))).toBeNull();
  expect(loadPlainStudy({ config: 'other.yaml', cwd: temporaryFolder() })).toBeNull();
});
