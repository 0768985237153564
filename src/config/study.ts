import { lstatSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { HealthError } from '../model/error.js';
import type { Study } from '../model/project.js';
import { loadDocument } from './document.js';
import { IDENTITIES_FILE } from './identities.js';
import { toProject } from './project.js';
import { loadPublished } from './published.js';
import { distinctNames, knownReplication, knownSuccessors } from './rules.js';
import { studySchema } from './schema.js';
import { STUDY_FILE } from './template.js';

export { loadPublished } from './published.js';

/** The study of the thesis, for those who have no file yet. */
const DEFAULT_STUDY = 'thesis';

// Unlike existsSync, a dangling link or a forbidden file counts: somebody put it there and should hear of it.
function isThere(file: string): boolean {
  try {
    lstatSync(file);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ENOENT');
  }
}

function builtinStudy(): Study {
  const published = loadPublished(DEFAULT_STUDY);
  if (published === null) {
    throw new HealthError('failed', 'the built-in study is missing from this installation', {
      hint: 'reinstall stack-health, or write your own study: health init',
    });
  }
  return { name: published.id, projects: published.projects, replicates: published.id, replica: false };
}

interface LoadedStudy {
  study: Study;
  /** Null: the built-in study. */
  file: string | null;
  /** Where the identity file is, or would be. */
  identities: string;
}

/**
 * The study to work on: the file named, else health.yaml in `cwd`, else the built-in study of the thesis (`file` is null
 * then). HealthError bad-config lists all that is wrong with a file: `FILE:LINE:COL: path: message`.
 */
export function loadStudy(options: { config: string | null; cwd: string }): LoadedStudy {
  const file = resolve(options.cwd, options.config ?? STUDY_FILE);
  const folder = dirname(file);
  const beside = join(folder, IDENTITIES_FILE);
  if (options.config === null && !isThere(file)) {
    return { study: withIdentities(builtinStudy(), beside), file: null, identities: beside };
  }
  const text = loadDocument(file, options.cwd, studySchema, [distinctNames, knownReplication, knownSuccessors]);
  const study = {
    name: text.study.trim(),
    projects: text.projects.map((project) => toProject(project, folder)),
    replicates: text.replicates ?? null,
    replica: false,
  };
  if (text.identities === undefined) return { study: withIdentities(study, beside), file, identities: beside };
  const identities = resolve(folder, text.identities.trim());
  return { study: { ...study, identities }, file, identities };
}

/** The file beside health.yaml is taken without being named, where it is there. */
function withIdentities(study: Study, file: string): Study {
  return isThere(file) ? { ...study, identities: file } : study;
}
