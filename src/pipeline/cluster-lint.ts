import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readArtefacts } from '../cluster/check/check.js';
import { fixText, lintFiles, lintInputs, listRules } from '../cluster/lint/lint.js';
import { toSarif } from '../cluster/lint/sarif.js';
import type { ClusterTarget, LintFinding } from '../model/cluster.js';
import { HealthError } from '../model/error.js';
import { renderSpec } from './cluster-files.js';
import { toolVersion } from './version.js';

export { listRules } from '../cluster/lint/lint.js';

const THESIS = fileURLToPath(new URL('../../data/clusters/thesis/', import.meta.url));

export interface Linted {
  /** What was linted: a folder, or a spec with what is rendered from it. */
  subject: 'folder' | 'spec';
  findings: LintFinding[];
  /** Lines that were mended. */
  fixed: number;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/**
 * Lints a folder of cluster files (`thesis`: the thesis's own), or a spec. `fix` makes the safe mendings in a folder.
 * HealthError bad-config, bad-usage, not-writable.
 */
export function lintCluster(
  name: string,
  cwd: string,
  options: { fix?: boolean; target?: ClusterTarget } = {},
): Linted {
  const folder = name === 'thesis' && !isFolder(join(cwd, name)) ? THESIS : join(cwd, name);
  if (!isFolder(folder)) {
    if (options.fix) {
      throw new HealthError('bad-usage', '--fix changes the files of a folder, and this is a spec', {
        hint: 'What the linter finds in a spec is for you to decide.',
      });
    }
    const { spec, files } = renderSpec(name, cwd, options.target);
    return { subject: 'spec', findings: lintFiles(lintInputs(files), spec), fixed: 0 };
  }
  const files = readArtefacts(folder);
  if (files.length === 0) throw new HealthError('bad-usage', `${name} holds no file of a cluster`);
  const findings = lintFiles(files, null);
  if (!options.fix) return { subject: 'folder', findings, fixed: 0 };
  if (folder === THESIS) throw new HealthError('bad-usage', "the thesis's files stay as they are: copy them first");
  let fixed = 0;
  for (const { path, name: file, text } of files) {
    const mended = fixText(
      text,
      findings.filter(({ place }) => place?.file === file),
    );
    fixed += mended.fixed;
    // In place: owner and mode of a node's file stay what they are.
    if (mended.fixed > 0) writeInPlace(path, mended.text);
  }
  return { subject: 'folder', findings: lintFiles(readArtefacts(folder), null), fixed };
}

function writeInPlace(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (cause) {
    throw new HealthError('not-writable', `${path} can't be written`, { cause });
  }
}

/** SARIF 2.1.0. */
export function sarifOf(findings: readonly LintFinding[]): unknown {
  return toSarif(findings, listRules(), toolVersion());
}
