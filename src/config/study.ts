import { dirname } from 'node:path';
import * as z from 'zod';
import type { CandidateCatalogue } from '../model/candidate.js';
import { HealthError } from '../model/error.js';
import type { Study } from '../model/project.js';
import { builtinSelectionFile } from './builtin.js';
import { loadDocument } from './document.js';
import {
  plainPart,
  plainRules,
  plainShape,
  selectionFile,
  studyFile,
  withIdentities,
  type LoadedStudy,
  type StudyOptions,
} from './plain-study.js';
import { loadPublished } from './published.js';
import { part } from './rules.js';
import { loadCandidates } from './selection.js';
import { clusterStack, studyClusterProblems, studyClusterSchema, toStudyCluster } from './study-cluster.js';
import { stackProblems, stackSchema, toStack } from './stack.js';
import { defaultRules, ruleProblems, rulesSchema, type RuleTexts } from './watch-rules.js';

export { loadPublished } from './published.js';

/** The study of the thesis, for those who have no file yet. */
const DEFAULT_STUDY = 'thesis';
/** Its cluster. The study's own stack has every layer of it, so it isn't read for that: it would slow every command down. */
const DEFAULT_CLUSTER = { spec: 'zimbra-ha', target: 'rhel6', simulation: null, rehearsal: null } as const;

/** health.yaml. */
const studySchema = z.strictObject({
  ...plainShape,
  stack: stackSchema.optional(),
  cluster: studyClusterSchema.optional(),
  rules: rulesSchema.optional(),
});

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

/**
 * The study to work on: the file named, else health.yaml in `cwd`, else the built-in study of the thesis (`file` is null
 * then). HealthError bad-config lists all that is wrong with a file: `FILE:LINE:COL: path: message`.
 */
export function loadStudy(options: StudyOptions): LoadedStudy {
  const { cwd } = options;
  const file = studyFile(options);
  if (file === null) return { ...withIdentities(builtinStudy(), undefined, cwd), file };
  const folder = dirname(file);
  // The user's own candidates may be deployed too.
  const catalogueOf = (named: string | undefined): CandidateCatalogue => {
    const found = selectionFile(named, folder);
    return loadCandidates(found === null ? null : { file: found, cwd });
  };
  const text = loadDocument(file, cwd, studySchema, [
    ...plainRules,
    (yaml, data) => (data?.stack ? stackProblems(yaml, data.stack, catalogueOf(data.selection)) : []),
    (yaml, data) => {
      if (!data?.cluster) return [];
      return studyClusterProblems(yaml, data.cluster, { folder, cwd, catalogue: catalogueOf(data.selection) });
    },
    // The default rules are read only for a study that changes them.
    (yaml, data) =>
      part(yaml.value, 'rules') === undefined
        ? []
        : ruleProblems(yaml, data?.projects.map(({ name }) => name) ?? [], defaultRules()),
  ]);
  const cluster = text.cluster ? toStudyCluster(text.cluster, folder) : null;
  const stack = {
    ...(cluster && clusterStack(cluster, cwd, catalogueOf(text.selection))),
    ...(text.stack && toStack(text.stack, catalogueOf(text.selection))),
  };
  const study = {
    ...plainPart(text, folder),
    ...((text.stack || cluster) && { stack }),
    ...(cluster && { cluster }),
    // As they are written: whoever evaluates makes rules of them.
    ...(text.rules !== undefined && { rules: text.rules as RuleTexts }),
  };
  return { ...withIdentities(study, text.identities, folder), file };
}
