import type { ArtefactKind, ClusterSpec, LintFinding, LintRuleInfo } from '../../model/cluster.js';
import type { ResourceConfig } from './parse/resource-config.js';

/** A file as rules see it. */
export interface LintFile {
  /** As it is shown. */
  name: string;
  kind: ArtefactKind;
  /** Short name of the node; null: the cluster's, or not known. */
  node: string | null;
  text: string;
  /** Without their ends. */
  lines: readonly string[];
}

/** Everything a rule may look at. */
export interface LintContext {
  files: readonly LintFile[];
  /** What CIBs and crm scripts say, in one form. */
  configs: readonly ResourceConfig[];
  /** Where a spec was given; its files are then those that were rendered from it. */
  spec: ClusterSpec | null;
}

/** What a rule has to say: the rest of a finding is the rule's own. */
export interface Fault {
  message: string;
  /** Null: about the cluster as a whole. */
  file: string | null;
  /** 1 and up; null: about the file as a whole. */
  line: number | null;
  fix?: LintFinding['fix'];
}

export interface LintRule extends LintRuleInfo {
  check(context: LintContext): Fault[];
}

export function ofKind({ files }: LintContext, ...kinds: ArtefactKind[]): LintFile[] {
  return files.filter(({ kind }) => kinds.includes(kind));
}

/** A fault for each line that a pattern finds; comments (`#`, `;` in zones) are passed over. */
export function faultyLines(
  files: readonly LintFile[],
  pattern: RegExp,
  message: (match: RegExpExecArray) => string,
  fix?: (match: RegExpExecArray) => string,
): Fault[] {
  return files.flatMap((file) =>
    file.lines.flatMap((line, i): Fault[] => {
      if (/^\s*[#;]/.test(line)) return [];
      const match = pattern.exec(line);
      if (!match) return [];
      const change = fix ? { from: match[0], to: fix(match) } : null;
      return [{ message: message(match), file: file.name, line: i + 1, fix: change }];
    }),
  );
}
