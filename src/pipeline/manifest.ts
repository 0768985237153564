import { createHash } from 'node:crypto';
import type { QueryInfo } from '../model/measurement.js';
import type { Manifest, ProjectSeal } from '../model/manifest.js';
import type { PublishedStudy } from '../model/published.js';
import type { Result } from '../model/result.js';
import type { Readable } from '../store/readable.js';

/** What a result rests on; `projects` in the result's order. */
export function manifestOf(
  readable: Readable,
  projects: ProjectSeal[],
  rest: {
    identities: string | null;
    published: PublishedStudy | null;
    queries: readonly QueryInfo[];
    anonymized: boolean;
  },
): Manifest {
  const { identities, published, queries, anonymized } = rest;
  return {
    schema: readable.schema,
    identities,
    rules: readable.rules(),
    queries: Object.fromEntries(queries.map(({ id, sha256 }) => [id, sha256])),
    published: published && fingerprint([published.id, published.trials, published.published]),
    anonymized,
    projects,
  };
}

/** What a run had of all its projects, those that only stand for candidates too; none where nothing is measured again. */
export function sealedProjects(run: Pick<Result, 'manifest'> | undefined): ProjectSeal[] {
  return run ? [...run.manifest.projects, ...(run.manifest.selection?.projects ?? [])] : [];
}

/**
 * Seals of the projects that are measured. Where a run is measured again, what it was collected at is the run's word:
 * the store has moved on, or is another one.
 */
export function sealsOf(readable: Readable, names: readonly string[], sealed: readonly ProjectSeal[]): ProjectSeal[] {
  const now = new Map(readable.seals().map((seal) => [seal.project, seal]));
  const facts = new Map(readable.projects().map((project) => [project.name, project]));
  return names.flatMap((name): ProjectSeal[] => {
    const own = now.get(name);
    const then = sealed.find(({ project }) => project === name);
    if (!own || !then) return own ? [own] : [];
    const { tips, head, collectedAt, collectedBy } = then;
    const commits = facts.get(name)?.commits ?? own.commits;
    return [{ ...own, tips, head, commits, collectedAt, collectedBy }];
  });
}

function fingerprint(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
