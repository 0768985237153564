import { lstatSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import * as z from 'zod';
import { HealthError } from '../model/error.js';
import type { Study } from '../model/project.js';
import { loadDocument } from './document.js';
import { IDENTITIES_FILE, SELECTION_FILE, STUDY_FILE } from './file-names.js';
import { toProject } from './project.js';
import { distinctNames, knownReplication, knownSuccessors } from './rules.js';
import { labelSchema, projectSchema } from './schema.js';

/** What most studies say: their projects. */
export const plainShape = {
  study: labelSchema,
  projects: z.array(projectSchema).min(1, 'must list at least one project'),
  replicates: labelSchema.optional(),
  identities: labelSchema.optional(),
  selection: labelSchema.optional(),
};

export const plainRules = [distinctNames, knownReplication, knownSuccessors];

const plainSchema = z.strictObject(plainShape);

type PlainText = z.infer<typeof plainSchema>;

export interface StudyOptions {
  config: string | null;
  cwd: string;
}

export interface LoadedStudy {
  study: Study;
  /** Null: the built-in study. */
  file: string | null;
  /** Where the identity file is, or would be. */
  identities: string;
}

// Unlike existsSync, a dangling link or a forbidden file counts: somebody put it there and should hear of it.
function isThere(file: string): boolean {
  try {
    lstatSync(file);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ENOENT');
  }
}

/** The study's file; null: none is named, and there is none in the folder. */
export function studyFile({ config, cwd }: StudyOptions): string | null {
  const file = resolve(cwd, config ?? STUDY_FILE);
  return config === null && !isThere(file) ? null : file;
}

/** The selection that is named, else the one beside the study. */
export function selectionFile(named: string | undefined, folder: string): string | null {
  if (named !== undefined) return resolve(folder, named.trim());
  const found = join(folder, SELECTION_FILE);
  return isThere(found) ? found : null;
}

/** The part of a study that its plain keys tell, but for the identities. */
export function plainPart(text: PlainText, folder: string): Study {
  const selection = selectionFile(text.selection, folder);
  return {
    name: text.study.trim(),
    projects: text.projects.map((project) => toProject(project, folder)),
    replicates: text.replicates ?? null,
    replica: false,
    ...(selection !== null && { selection }),
  };
}

/** With the identity file that is named, else the one beside the study, which is taken where it is there. */
export function withIdentities(study: Study, named: string | undefined, folder: string): Omit<LoadedStudy, 'file'> {
  const identities = named === undefined ? join(folder, IDENTITIES_FILE) : resolve(folder, named.trim());
  const isTaken = named !== undefined || isThere(identities);
  return { study: isTaken ? { ...study, identities } : study, identities };
}

/**
 * As `loadStudy`, where a file's plain keys are all it has and nothing is wrong with it; else null. Most commands need
 * no more, and what is read for the other keys takes as long to load as all of this.
 */
export function loadPlainStudy(options: StudyOptions): LoadedStudy | null {
  const file = studyFile(options);
  if (file === null) return null;
  try {
    const text = loadDocument(file, options.cwd, plainSchema, plainRules);
    const folder = dirname(file);
    return { ...withIdentities(plainPart(text, folder), text.identities, folder), file };
  } catch (error) {
    if (error instanceof HealthError && error.code === 'bad-config') return null;
    throw error;
  }
}
