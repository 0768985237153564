import type { Study } from '../model/project.js';
import { HealthError } from '../model/error.js';
import type { Globals } from './globals.js';

/** The study the global options speak of. HealthError bad-config. */
export async function readStudy(globals: Globals): Promise<Study> {
  const options = { config: globals.config, cwd: process.cwd() };
  const { loadPlainStudy } = await import('../config/plain-study.js');
  const plain = loadPlainStudy(options);
  if (plain !== null) return plain.study;
  const { loadStudy } = await import('../config/study.js');
  return loadStudy(options).study;
}

/** HealthError unknown-project for a name the study doesn't have. */
export async function checkNames(study: Study, names: readonly string[]): Promise<void> {
  const known = study.projects.map((project) => project.name);
  const [unknown, ...others] = names.filter((name) => !known.includes(name));
  if (unknown === undefined) return;
  const { nearest } = await import('../config/near.js');
  const near = others.length === 0 ? nearest(unknown, known) : null;
  const help = near === null ? '' : ` (did you mean ${near}?)`;
  throw new HealthError('unknown-project', `no project is called ${[unknown, ...others].join(', ')}${help}`, {
    hint: `there are: ${known.join(', ')}`,
  });
}
