import { join } from 'node:path';
import { parseCatalogue, type Catalogue } from '../../src/metrics/catalogue.js';
import { plainScope, type Scope } from '../../src/model/measurement.js';
import type { Project } from '../../src/model/project.js';
import { extract } from '../../src/source/extraction.js';
import { openReadable, type Readable, type ReadableOptions } from '../../src/store/readable.js';
import { openStore } from '../../src/store/store.js';
import { ada, bob, type Person, TestRepository } from '../fixtures/repository.js';

/** Ada again, from another address. */
const adaElsewhere: Person = { name: ada.name, email: 'ada@example.com' };
const carol: Person = { name: 'Carol <b>Example</b>', email: 'carol@example.org' };

const at = (date: string): { date: string } => ({ date: `${date}:00+0200` });

/** Two files that change together, with this in them. */
const source = (folder: string, text: string): { files: Record<string, string> } => ({
  files: { [`${folder}/one.c`]: `${text}\n`, [`${folder}/two.c`]: `${text}\n` },
});

/**
 * `main`: 2011 one commit; 2012 none; 2013 two by Ada from two addresses; 2014 three, and a branch of Bob's that was
 * made in August 2014 and merged in February 2015. `next`, never merged, has one more of July 2014. Version 1.0.0 is of
 * July 2014, a candidate for 1.1.0 of the year's last day.
 */
function alpha(dir: string): void {
  const repo = new TestRepository(dir);
  repo.commit({ ...at('2011-03-01T10:00'), message: 'Begin', files: { 'a.txt': 'a\n' } });
  repo.commit({ ...at('2013-05-05T23:30'), committer: adaElsewhere, author: bob, ...source('src', '1') });
  repo.commit({ ...at('2013-05-06T00:30'), ...source('src', '2') });
  repo.commit({ ...at('2014-06-30T23:59'), committer: bob, ...source('src', '3') });
  repo.commit({ ...at('2014-07-01T00:00') });
  repo.git('tag', 'v1.0.0');
  repo.git('checkout', '--quiet', '-b', 'topic');
  repo.commit({ ...at('2014-08-10T12:00'), committer: bob, files: { 'b.txt': 'b\n' } });
  repo.git('checkout', '--quiet', '-b', 'next', 'main');
  repo.commit({ ...at('2014-07-20T12:00'), committer: carol });
  repo.git('checkout', '--quiet', 'main');
  repo.commit({ ...at('2014-12-31T23:59'), ...source('src', '4') });
  repo.git('tag', 'v1.1.0-rc1');
  repo.merge(['topic'], { ...at('2015-02-01T09:00') });
  repo.git('branch', '--quiet', '-d', 'topic');
}

/** One commit a quarter, put in by one person, from 2013 on; a release a year. */
function beta(dir: string): void {
  const repo = new TestRepository(dir);
  for (const [i, day] of ['2013-02-03', '2013-08-09', '2014-02-04', '2014-08-10', '2014-11-12'].entries()) {
    repo.commit({ ...at(`${day}T12:00`), committer: carol, ...source('lib/core', `${i}`) });
    if (i % 2 === 0) repo.git('tag', `beta-0.${i}`);
  }
}

/** Collects repositories into a new store in this folder. `repositories`: folders by project name. */
export async function collected(
  folder: string,
  repositories: Record<string, string>,
  actions = false,
  options: ReadableOptions = {},
): Promise<Readable> {
  const file = join(folder, 'store.sqlite');
  const store = openStore(file);
  for (const [name, dir] of Object.entries(repositories)) {
    const project: Project = { name, url: dir, refs: 'branches', layer: null, tags: [] };
    await store.load(project, (known) => extract(dir, { refs: 'branches', actions, known }), {
      actions,
      compat: 'default',
      toolVersion: '0.0.0',
      now: '2015-03-01 00:00:00',
    });
  }
  store.close();
  return openReadable(file, options);
}

/** Two small real repositories, collected into a real store in this folder. */
export async function sampleStore(folder: string): Promise<Readable> {
  const repositories = { alpha: join(folder, 'alpha'), beta: join(folder, 'beta') };
  alpha(repositories.alpha);
  beta(repositories.beta);
  return collected(folder, repositories, true);
}

export function scopeOf(project: string, more: Partial<Scope> = {}): Scope {
  return plainScope(project, more);
}

/** A catalogue of queries given as SQL and header lines. */
export function catalogueOf(queries: Record<string, string>): Catalogue {
  const header = '-- title: T\n-- question: Q?\n-- unit: u\n-- better: up\n-- source: s\n';
  return parseCatalogue(Object.entries(queries).map(([id, text]) => ({ path: `${id}.sql`, text: header + text })));
}
