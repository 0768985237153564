import { lstatSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import * as z from 'zod';
import type { CandidateCatalogue } from '../model/candidate.js';
import { HealthError } from '../model/error.js';
import type { Study } from '../model/project.js';
import { builtinSelectionFile } from './builtin.js';
import { loadDocument } from './document.js';
import { IDENTITIES_FILE } from './identities.js';
import { toProject } from './project.js';
import { loadPublished } from './published.js';
import { distinctNames, knownReplication, knownSuccessors, part } from './rules.js';
import { labelSchema, projectSchema } from './schema.js';
import { loadCandidates, SELECTION_FILE } from './selection.js';
import { clusterStack, studyClusterProblems, studyClusterSchema, toStudyCluster } from './study-cluster.js';
import { stackProblems, stackSchema, toStack } from './stack.js';
import { STUDY_FILE } from './template.js';
import { defaultRules, ruleProblems, rulesSchema, type RuleTexts } from './watch-rules.js';

export { loadPublished } from './published.js';

/** The study of the thesis, for those who have no file yet. */
const DEFAULT_STUDY = 'thesis';
/** Its cluster. The study's own stack has every layer of it, so it isn't read for that: it would slow every command down. */
const DEFAULT_CLUSTER = { spec: 'zimbra-ha', target: 'rhel6', simulation: null, rehearsal: null } as const;

/** health.yaml. */
const studySchema = z.strictObject({
  study: labelSchema,
  projects: z.array(projectSchema).min(1, 'must list at least one project'),
  replicates: labelSchema.optional(),
  identities: labelSchema.optional(),
  selection: labelSchema.optional(),
  stack: stackSchema.optional(),
  cluster: studyClusterSchema.optional(),
  rules: rulesSchema.optional(),
});

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
  const selection = builtinSelectionFile(published.id);
  return {
    name: published.id,
    projects: published.projects,
    replicates: published.id,
    replica: false,
    ...(selection !== null && { selection }),
    ...(published.stack !== null && { stack: published.stack }),
    cluster: DEFAULT_CLUSTER,
  };
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
  const text = loadDocument(file, options.cwd, studySchema, [
    distinctNames,
    knownReplication,
    knownSuccessors,
    (yaml, data) => (data?.stack ? stackProblems(yaml, data.stack, catalogueOf(data.selection)) : []),
    (yaml, data) => {
      if (!data?.cluster) return [];
      const { cwd } = options;
      return studyClusterProblems(yaml, data.cluster, { folder, cwd, catalogue: catalogueOf(data.selection) });
    },
    // The default rules are read only for a study that changes them.
    (yaml, data) =>
      part(yaml.value, 'rules') === undefined
        ? []
        : ruleProblems(yaml, data?.projects.map(({ name }) => name) ?? [], defaultRules()),
  ]);
  const selection = selectionOf(text.selection);
  const cluster = text.cluster ? toStudyCluster(text.cluster, folder) : null;
  const stack = {
    ...(cluster && clusterStack(cluster, options.cwd, catalogueOf(text.selection))),
    ...(text.stack && toStack(text.stack, catalogueOf(text.selection))),
  };
  const study = {
    name: text.study.trim(),
    projects: text.projects.map((project) => toProject(project, folder)),
    replicates: text.replicates ?? null,
    replica: false,
    ...(selection !== null && { selection }),
    ...((text.stack || cluster) && { stack }),
    ...(cluster && { cluster }),
    // As they are written: whoever evaluates makes rules of them.
    ...(text.rules !== undefined && { rules: text.rules as RuleTexts }),
  };
  if (text.identities === undefined) return { study: withIdentities(study, beside), file, identities: beside };
  const identities = resolve(folder, text.identities.trim());
  return { study: { ...study, identities }, file, identities };

  function selectionOf(named: string | undefined): string | null {
    if (named !== undefined) return resolve(folder, named.trim());
    const found = join(folder, SELECTION_FILE);
    return isThere(found) ? found : null;
  }
  // The user's own candidates may be deployed too.
  function catalogueOf(named: string | undefined): CandidateCatalogue {
    const found = selectionOf(named);
    return loadCandidates(found === null ? null : { file: found, cwd: options.cwd });
  }
}

/** The file beside health.yaml is taken without being named, where it is there. */
function withIdentities(study: Study, file: string): Study {
  return isThere(file) ? { ...study, identities: file } : study;
}
