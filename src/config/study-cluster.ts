import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import * as z from 'zod';
import type { CandidateCatalogue } from '../model/candidate.js';
import { clusterTargets, type ClusterSpec } from '../model/cluster.js';
import type { StudyCluster } from '../model/deployed-cluster.js';
import type { Deployed } from '../model/project.js';
import { Complaints } from './candidate-rules.js';
import { candidateNames, findCandidate } from './catalogue.js';
import { builtinClusters, loadCluster } from './cluster.js';
import type { Problem } from './problem.js';
import { labelSchema } from './schema.js';
import type { YamlText } from './yaml.js';

/** `cluster` of health.yaml: the spec, or a mapping with what else there is of it. */
export const studyClusterSchema = z.preprocess(
  (value) => (typeof value === 'string' ? { spec: value } : value),
  z.strictObject({
    spec: labelSchema,
    target: z.enum(clusterTargets).optional(),
    simulation: labelSchema.optional(),
    rehearsal: labelSchema.optional(),
  }),
);

export type StudyClusterText = z.infer<typeof studyClusterSchema>;

/** With absolute paths; those of the file are relative to its folder. */
export function toStudyCluster(text: StudyClusterText, folder: string): StudyCluster {
  const path = (file: string | undefined): string | null => (file === undefined ? null : resolve(folder, file.trim()));
  const spec = text.spec.trim();
  return {
    spec: builtinClusters().includes(spec) ? spec : resolve(folder, spec),
    target: text.target ?? null,
    simulation: path(text.simulation),
    rehearsal: path(text.rehearsal),
  };
}

/** Files that are missing, and components that the catalogue doesn't have. HealthError bad-config for a bad spec. */
export function studyClusterProblems(
  yaml: YamlText,
  text: StudyClusterText,
  { folder, cwd, catalogue }: { folder: string; cwd: string; catalogue: CandidateCatalogue },
): Problem[] {
  const complaints = new Complaints(yaml);
  const spec = ['cluster', 'spec'];
  const cluster = toStudyCluster(text, folder);
  for (const key of ['simulation', 'rehearsal'] as const) {
    const file = cluster[key];
    if (file !== null && !existsSync(file)) complaints.say(['cluster', key], `there is no file ${text[key]?.trim()}`);
  }
  if (!builtinClusters().includes(cluster.spec) && !existsSync(cluster.spec)) {
    complaints.say(spec, `there is no file ${text.spec.trim()}, and no spec of that name comes along`);
    return complaints.problems;
  }
  const layers = catalogue.layers.map(({ id }) => id);
  for (const { layer, candidate } of loadCluster(cluster.spec, cwd).components) {
    if (layer !== null) complaints.expect(spec, 'layer', layer, layers);
    if (candidate !== null) complaints.expect(spec, 'candidate', candidate, candidateNames(catalogue));
  }
  return complaints.problems;
}

/** What of a spec runs on a target. */
export function deployedComponents(spec: ClusterSpec, target: ClusterSpec['target']): ClusterSpec['components'] {
  return spec.components.filter(({ targets }) => targets === null || targets.includes(target));
}

/** A cluster's components as the stack of its study, a layer at a time. */
export function clusterStack(
  cluster: StudyCluster,
  cwd: string,
  catalogue: CandidateCatalogue,
): Record<string, Deployed> {
  const spec = loadCluster(cluster.spec, cwd);
  const target = cluster.target ?? spec.target;
  return Object.fromEntries(
    deployedComponents(spec, target).flatMap(({ layer, candidate, name, versions }) =>
      layer === null
        ? []
        : [
            [
              layer,
              {
                component: findCandidate(catalogue, candidate ?? name)?.id ?? candidate ?? name,
                version: versions[target] ?? null,
              },
            ] as const,
          ],
    ),
  );
}
