import { lstatSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTwoFilesPatch } from 'diff';
import { placeOf, renderedFiles } from '../cluster/render/manifest.js';
import { renderCluster } from '../cluster/render/files.js';
import { clusterFile, loadCluster } from '../config/cluster.js';
import { writeWhole } from '../files/whole-file.js';
import type { ClusterSpec, ClusterTarget, RenderedFile } from '../model/cluster.js';
import { HealthError } from '../model/error.js';

const AGENT = fileURLToPath(new URL('../../data/clusters/agents/zimbra', import.meta.url));
const MANIFEST = 'manifest.json';

export interface Rendered {
  spec: ClusterSpec;
  target: ClusterTarget;
  files: RenderedFile[];
}

/** Every artefact of a spec, in memory. HealthError bad-config. */
export function renderSpec(name: string, cwd: string, target?: ClusterTarget): Rendered {
  const spec = loadCluster(name, cwd);
  const own = target ?? spec.target;
  return { spec, target: own, files: renderCluster(spec, own, readFileSync(AGENT, 'utf8')) };
}

/** Writes the shipped spec as the beginning of one's own. HealthError not-writable where the file is there already. */
export function initCluster(file: string): void {
  writeWhole(file, readFileSync(clusterFile('zimbra-ha', '/'), 'utf8'), { onlyNew: true });
}

function textAt(folder: string, place: string): string | null {
  try {
    return readFileSync(join(folder, place), 'utf8');
  } catch {
    return null;
  }
}

function entries(folder: string): string[] {
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) return [];
  try {
    return readdirSync(folder);
  } catch (cause) {
    throw new HealthError('not-writable', `${folder} is no folder that can be read`, { cause });
  }
}

/**
 * Writes the artefacts, and takes away those of an earlier rendering that are none any more. Returns their places. A
 * folder that holds something else is left alone: HealthError not-writable.
 */
export function writeRendered({ files }: Rendered, folder: string): string[] {
  const before = textAt(folder, MANIFEST);
  if (before === null && entries(folder).length > 0) {
    throw new HealthError('not-writable', `${folder} holds files that were not rendered`, {
      hint: 'Name an empty or a new folder, or one that an earlier rendering made.',
    });
  }
  const places = files.map(placeOf);
  for (const old of renderedFiles(before ?? '')) if (!places.includes(old)) rmSync(join(folder, old), { force: true });
  // The manifest comes last: a rendering that was cut short has none, or the old one.
  for (const file of files) writeWhole(join(folder, placeOf(file)), file.text, { mode: file.mode });
  return places;
}

export interface RenderedChange {
  place: string;
  kind: 'added' | 'removed' | 'changed';
  /** Unified diff. */
  patch: string;
}

/** What rendering would change in a folder. */
export function renderedChanges({ files }: Rendered, folder: string): RenderedChange[] {
  const before = textAt(folder, MANIFEST);
  const now = new Map(files.map((file) => [placeOf(file), file.text]));
  const places = [...new Set([...renderedFiles(before ?? ''), ...now.keys()])].filter((place) => place !== MANIFEST);
  return places.sort().flatMap((place): RenderedChange[] => {
    const [old, fresh] = [textAt(folder, place), now.get(place) ?? null];
    if (old === fresh) return [];
    const names = [old === null ? '/dev/null' : `a/${place}`, fresh === null ? '/dev/null' : `b/${place}`] as const;
    const patch = createTwoFilesPatch(...names, old ?? '', fresh ?? '', '', '', { context: 3 });
    return [{ place, kind: old === null ? 'added' : fresh === null ? 'removed' : 'changed', patch }];
  });
}
