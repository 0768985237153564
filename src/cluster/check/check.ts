import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckOutcome } from '../../model/cluster.js';
import { HealthError } from '../../model/error.js';
import { manifestTarget } from '../render/manifest.js';
import { artefactKind } from '../artefact-kind.js';
import { agentCheckers } from './agent-checkers.js';
import { outcomeOf, type CheckedFile } from './checker.js';
import { clusterCheckers } from './cluster-checkers.js';
import { systemCheckers } from './system-checkers.js';

const LARGEST = 4 << 20;
const CHECKERS = [...systemCheckers, ...clusterCheckers, ...agentCheckers];

/** The artefacts of a folder; those of a node are below a folder that has an `etc`. */
export function readArtefacts(folder: string): CheckedFile[] {
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  } catch (cause) {
    throw new HealthError('bad-usage', `${folder} can't be read as a folder`, {
      hint: 'health cluster render SPEC --out DIR makes one',
      cause,
    });
  }
  const nodes = new Set(names.flatMap((name) => /^([^/]+)\/etc$/.exec(name)?.[1] ?? []));
  return names.flatMap((name): CheckedFile[] => {
    const kind = artefactKind(name);
    const path = join(folder, name);
    const stat = statSync(path);
    if (kind === null || !stat.isFile() || stat.size > LARGEST) return [];
    const first = name.split('/')[0] ?? '';
    return [{ path, name, kind, node: nodes.has(first) ? first : null, text: readFileSync(path, 'utf8') }];
  });
}

/**
 * Holds every artefact of a rendered folder against its real tools. A tool that isn't there is an outcome `skipped`. The
 * machine stays as it was: what a tool must find in its place is put there in namespaces.
 */
export function checkFolder(folder: string, progress?: (file: string, tool: string) => void): CheckOutcome[] {
  const files = readArtefacts(folder);
  if (files.length === 0) {
    throw new HealthError('bad-usage', `${folder} holds no artefact of a cluster`, {
      hint: 'health cluster render SPEC --out DIR makes them',
    });
  }
  const target = manifestTarget(files.find(({ kind }) => kind === 'manifest')?.text ?? '');
  const outcomes: CheckOutcome[] = [];
  for (const file of files) {
    for (const checker of CHECKERS.filter(({ kinds }) => kinds.includes(file.kind))) {
      progress?.(file.name, checker.tool);
      const scratch = mkdtempSync(join(tmpdir(), 'health-check-'));
      try {
        const outcome = outcomeOf(checker, file, { folder, files, target, scratch });
        if (outcome) outcomes.push(outcome);
      } finally {
        rmSync(scratch, { recursive: true, force: true });
      }
    }
  }
  return outcomes;
}
