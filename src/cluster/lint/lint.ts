import type { ClusterSpec, LintFinding, LintRuleInfo, RenderedFile } from '../../model/cluster.js';
import { placeOf } from '../render/manifest.js';
import { readCib } from './parse/cib.js';
import { readCrm } from './parse/crm.js';
import type { LintContext, LintFile } from './rule.js';
import { lintRules } from './rules.js';

/** A file to lint, wherever it comes from. */
export type LintInput = Pick<LintFile, 'name' | 'kind' | 'node' | 'text'>;

const ORDER = { error: 0, warning: 1, note: 2 } as const;

export function listRules(): LintRuleInfo[] {
  return lintRules.map(({ id, severity, title, why, remedy, source }) => ({
    id,
    severity,
    title,
    why,
    remedy,
    source,
  }));
}

function contextOf(inputs: readonly LintInput[], spec: ClusterSpec | null): LintContext {
  const files = inputs.map((input) => ({ ...input, lines: input.text.split(/\r?\n/) }));
  const configs = files.flatMap(({ kind, name, text }) => {
    if (kind === 'cib') return readCib(name, text) ?? [];
    return kind === 'crm' ? [readCrm(name, text)] : [];
  });
  return { files, configs, spec };
}

/** What every rule finds: by file and line, what concerns the whole cluster first. */
export function lintFiles(inputs: readonly LintInput[], spec: ClusterSpec | null): LintFinding[] {
  const context = contextOf(inputs, spec);
  const findings = lintRules.flatMap((rule) =>
    rule.check(context).map(({ message, file, line, fix = null }): LintFinding => ({
      rule: rule.id,
      severity: rule.severity,
      message: `${rule.title}: ${message}`,
      place: file === null ? null : { file, line },
      fix,
    })),
  );
  return findings.toSorted((a, b) => {
    const [x, y] = [a.place, b.place];
    if (x?.file !== y?.file) return (x?.file ?? '') < (y?.file ?? '') ? -1 : 1;
    return (x?.line ?? 0) - (y?.line ?? 0) || ORDER[a.severity] - ORDER[b.severity] || (a.rule < b.rule ? -1 : 1);
  });
}

/** The files of a rendering as a linter takes them. */
export function lintInputs(files: readonly RenderedFile[]): LintInput[] {
  return files.map((file) => ({ name: placeOf(file), kind: file.kind, node: file.node, text: file.text }));
}

/**
 * A text with all safe mendings made. A line that two findings want to change is changed by the first; the others are
 * there again the next time.
 */
export function fixText(text: string, findings: readonly LintFinding[]): { text: string; fixed: number } {
  const lines = text.split('\n');
  const touched = new Set<number>();
  let fixed = 0;
  for (const { place, fix } of findings) {
    const at = (place?.line ?? 0) - 1;
    if (fix === null || at < 0 || touched.has(at) || !lines[at]?.includes(fix.from)) continue;
    lines[at] = lines[at].replace(fix.from, () => fix.to);
    touched.add(at);
    fixed++;
  }
  return { text: lines.join('\n'), fixed };
}
