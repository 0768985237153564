import { readdirSync, readFileSync } from 'node:fs';
import parse from 'spdx-expression-parse';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { findCandidate } from '../../src/config/catalogue.js';
import { loadPublished } from '../../src/config/published.js';
import { loadCandidates } from '../../src/config/selection.js';
import type { Candidate, Fact } from '../../src/model/candidate.js';
import { isDay } from '../../src/model/date.js';

const catalogue = loadCandidates();

/** What the thesis names: sections 3.1.1 to 3.1.3 and 3.2, tables 3.1, 3.2 and 5.1, chapter 6. */
const NAMED = {
  suite: ['hp-serviceguard', 'red-hat-cluster-suite', 'suse-ha'],
  'cluster-manager': [
    'mesos',
    'keepalived',
    'linux-cluster-manager',
    'onesis',
    'rocks',
    'scms-pro',
    'ultra-monkey',
    'xcat',
  ],
  messaging: ['heartbeat', 'openais', 'corosync'],
  membership: ['cman'],
  'resource-management': ['pacemaker', 'rgmanager'],
  storage: ['hadoop', 'gfs', 'glusterfs', 'lustre', 'moosefs', 'ocfs2', 'xtreemfs', 'drbd', 'drbd-8.4', 'drbd-9'],
  administration: ['crmsh', 'pcs', 'ccs'],
  'operating-system': ['rhel'],
  application: ['zimbra'],
  supporting: ['endian', 'proxmox-ve', 'freenas', 'zabbix'],
};

function facts(candidate: Candidate): [string, Fact<unknown>][] {
  const { description, company, licence, website, repository, platforms, support, capabilities } = candidate;
  const plain = { description, company, licence, website, repository, platforms, support };
  return [...Object.entries<Fact<unknown>>(plain), ...Object.entries<Fact<unknown>>(capabilities)];
}

it('has every candidate the thesis names, in its layer', () => {
  for (const [layer, names] of Object.entries(NAMED)) {
    for (const name of names) {
      const found = findCandidate(catalogue, name);
      expect(found?.layers, name).toContain(layer);
      expect(found?.thesis, name).toMatch(/^(section|table|chapter) \d/);
    }
  }
  expect(catalogue.candidates).toHaveLength(new Set(Object.values(NAMED).flat()).size - 1);
});

it('reads nothing but what lies in the file of the first layer', () => {
  const folder = new URL('../../data/catalogue/', import.meta.url);
  for (const name of readdirSync(folder).filter((file) => file !== 'layers.yaml')) {
    const { candidates } = parseYaml(readFileSync(new URL(name, folder), 'utf8')) as {
      candidates: { id: string; layers: string[] }[];
    };
    expect(candidates.map(({ layers }) => `${layers[0]}.yaml`)).toEqual(candidates.map(() => name));
  }
  const ids = catalogue.candidates.flatMap(({ id, aliases }) => [id, ...aliases]);
  expect(new Set(ids).size).toBe(ids.length);
});

describe.each(catalogue.candidates)('$id', (candidate) => {
  it('says of every fact where and when it was read, and of every unknown what was looked at', () => {
    for (const [key, { value, sources, note }] of facts(candidate)) {
      if (value === null) expect(note, key).toMatch(/\w{3}/);
      else expect(sources.length, key).toBeGreaterThan(0);
      for (const { title, url, date } of sources) {
        expect(title, key).toMatch(/\w{3}/);
        expect(isDay(date) || date === '2015' || /^20\d\d$/.test(date), `${key}: ${date}`).toBe(true);
        expect(url === null ? title : url, key).toMatch(/^(Thesis, |https?:\/\/)/);
      }
    }
  });

  it('has a licence that SPDX can read, one sentence of description, and something that was looked for', () => {
    if (candidate.licence.value !== null) parse(candidate.licence.value);
    if (candidate.description.value !== null) expect(candidate.description.value).toMatch(/^[A-Z][^.]*\.$|^[A-Z].*\.$/);
    expect(Object.keys(candidate.capabilities).length).toBeGreaterThan(0);
  });
});

it('ranks no suite, and collects none', () => {
  for (const { id, kind, layers, repository } of catalogue.candidates) {
    expect(kind === 'suite', id).toBe(layers.includes('suite'));
    if (kind === 'suite') expect(repository.value, id).toBeNull();
  }
});

it('is the same whenever it is read', () => {
  expect(loadCandidates().sha256).toBe(catalogue.sha256);
  expect(catalogue.sha256).toMatch(/^[0-9a-f]{64}$/);
});

it('knows every component of the stack of the thesis, in a layer it fills', () => {
  const stack = Object.entries(loadPublished('thesis')?.stack ?? {});
  expect(stack.length).toBeGreaterThan(5);
  for (const [layer, { component, version }] of stack) {
    expect(catalogue.candidates.find(({ id }) => id === component)?.layers, component).toContain(layer);
    expect(version, component).toMatch(/^\d/);
  }
});
