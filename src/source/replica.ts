import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { HealthError } from '../model/error.js';
import type { Progress } from '../model/progress.js';
import { writeHistory } from './replica-history.js';
import { PackWriter } from './replica-pack.js';
import type { ReplicaProject, ReplicaTotals } from './replica-totals.js';
import { fileError } from './transport-error.js';
import { makeRepositoryFolders, ownMark, removeLeftovers } from './transport-files.js';
import { writeRefState } from './transport-ref-files.js';

export interface ReplicaRepository {
  name: string;
  /** Of the bare repository. */
  path: string;
  commits: number;
}

const CONFIG = `# A replica made by stack-health: its people and its commits are made up.
[core]
\trepositoryformatversion = 0
\tbare = true
`;

/**
 * Writes a bare repository DIR/NAME.git for every project of the totals: as many commits each month and as many
 * committers each year as they say, people and messages made up, contents empty. The same totals give the same bytes.
 * A replica that is there already is replaced; anything else in its place is left alone.
 *
 * Throws HealthError: not-writable, disk-full, interrupted.
 */
export async function buildReplicas(
  totals: ReplicaTotals,
  dir: string,
  progress?: Progress,
  signal?: AbortSignal,
): Promise<ReplicaRepository[]> {
  const built: ReplicaRepository[] = [];
  for (const [position, project] of totals.projects.entries()) {
    if (signal?.aborted) throw new HealthError('interrupted', 'interrupted while building the replicas');
    const path = join(dir, `${project.name}.git`);
    const commits = commitsOf(project);
    progress?.({ project: project.name, stage: 'fetch', done: 0, total: commits });
    try {
      build(project, position, dir, path);
    } catch (error) {
      throw fileError(error, path);
    }
    progress?.({ project: project.name, stage: 'fetch', done: commits, total: commits });
    built.push({ name: project.name, path, commits });
    await nextTurn();
  }
  return built;
}

function build(project: ReplicaProject, position: number, dir: string, path: string): void {
  if (existsSync(path) && !isReplica(path)) {
    throw new HealthError('not-writable', `${path} is in the way: it is not a replica`, {
      hint: 'Choose another folder.',
    });
  }
  removeLeftovers(dir, `${project.name}.git.incoming-`);
  const incoming = `${path}.incoming-${ownMark()}`;
  try {
    makeRepositoryFolders(incoming);
    writeFileSync(join(incoming, 'config'), CONFIG);
    const writer = new PackWriter();
    const refs = writeHistory(writer, project, position);
    const { pack, index, checksum } = writer.finish();
    writeFileSync(join(incoming, 'objects', 'pack', `pack-${checksum}.pack`), pack);
    writeFileSync(join(incoming, 'objects', 'pack', `pack-${checksum}.idx`), index);
    writeRefState(incoming, {
      refs: new Map(refs.map(({ name, oid, peeled }) => [name, { oid, peeled }])),
      head: `refs/heads/${project.branch}`,
    });
    rmSync(path, { recursive: true, force: true });
    renameSync(incoming, path);
  } finally {
    rmSync(incoming, { recursive: true, force: true });
  }
}

function isReplica(path: string): boolean {
  const config = join(path, 'config');
  return existsSync(config) && readFileSync(config, 'utf8') === CONFIG;
}

function commitsOf(project: ReplicaProject): number {
  return project.years.flatMap((year) => [...year.main, ...(year.other ?? [])]).reduce((a, b) => a + b, 0);
}
