import { join } from 'node:path';
import { parseCatalogue, type Catalogue } from '../../src/metrics/catalogue.js';
import { plainScope, type Scope } from '../../src/model/measurement.js';
import type { Project } from '../../src/model/project.js';
import { extract } from '../../src/source/extraction.js';
import { openReadable, type Readable } from '../../src/store/readable.js';
import { openStore } from '../../src/store/store.js';
import { ada, bob, type Person, TestRepository } from '../fixtures/repository.js';

/** Ada again, from another address. */
const adaElsewhere: Person = { name: ada.name, email: 'ada@example.com' };
const carol: Person = { name: 'Carol <b>Example</b>', email: 'carol@example.org' };

const at = (date: string): { date: string } => ({ date: `${date}:00+0200` });

/**
 * `main`: 2011 one commit; 2012 none; 2013 two by Ada from two addresses; 2014 three, and a branch of Bob's that was
 * made in August 2014 and merged in February 2015. `next`, never merged, has one more of July 2014.
 */
function alpha(dir: string): void {
  const repo = new TestRepository(dir);
  repo.commit({ ...at('2011-03-01T10:00'), message: 'Begin', files: { 'a.txt': 'a\n' } });
  repo.commit({ ...at('2013-05-05T23:30'), committer: adaElsewhere, author: bob });
  repo.commit({ ...at('2013-05-06T00:30') });
  repo.commit({ ...at('2014-06-30T23:59'), committer: bob });
  repo.commit({ ...at('2014-07-01T00:00') });
  repo.git('checkout', '--quiet', '-b', 'topic');
  repo.commit({ ...at('2014-08-10T12:00'), committer: bob, files: { 'b.txt': 'b\n' } });
  repo.git('checkout', '--quiet', '-b', 'next', 'main');
  repo.commit({ ...at('2014-07-20T12:00'), committer: carol });
  repo.git('checkout', '--quiet', 'main');
  repo.commit({ ...at('2014-12-31T23:59') });
  repo.merge(['topic'], { ...at('2015-02-01T09:00') });
  repo.git('branch', '--quiet', '-d', 'topic');
}

/** One commit a quarter, by one person, from 2013 on. */
function beta(dir: string): void {
  const repo = new TestRepository(dir);
  for (const day of ['2013-02-03', '2013-08-09', '2014-02-04', '2014-08-10', '2014-11-12']) {
    repo.commit({ ...at(`${day}T12:00`), committer: carol });
  }
}

/** Collects repositories into a new store in this folder. `repositories`: folders by project name. */
export async function collected(folder: string, repositories: Record<string, string>): Promise<Readable> {
  const file = join(folder, 'store.sqlite');
  const store = openStore(file);
  for (const [name, dir] of Object.entries(repositories)) {
    const project: Project = { name, url: dir, refs: 'branches', layer: null, tags: [] };
    await store.load(project, (known) => extract(dir, { refs: 'branches', actions: false, known }), {
      actions: false,
      compat: 'default',
      toolVersion: '0.0.0',
      now: '2015-03-01 00:00:00',
    });
  }
  store.close();
  return openReadable(file);
}

/** Two small real repositories, collected into a real store in this folder. */
export async function sampleStore(folder: string): Promise<Readable> {
  const repositories = { alpha: join(folder, 'alpha'), beta: join(folder, 'beta') };
  alpha(repositories.alpha);
  beta(repositories.beta);
  return collected(folder, repositories);
}

export function scopeOf(project: string, more: Partial<Scope> = {}): Scope {
  return plainScope(project, more);
}

/** A catalogue of queries given as SQL and header lines. */
export function catalogueOf(queries: Record<string, string>): Catalogue {
  const header = '-- title: T\n-- question: Q?\n-- unit: u\n-- better: up\n-- source: s\n';
  return parseCatalogue(Object.entries(queries).map(([id, text]) => ({ path: `${id}.sql`, text: header + text })));
}
