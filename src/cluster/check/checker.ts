import type { ArtefactKind, CheckOutcome, ClusterTarget } from '../../model/cluster.js';
import { findTool, type ToolRun } from './tool.js';
import { hasRooms } from './room.js';

/** One artefact of a rendered folder. */
export interface CheckedFile {
  /** Absolute. */
  path: string;
  /** Below the rendered folder. */
  name: string;
  /** Short name of the node; null: the cluster's. */
  node: string | null;
  kind: ArtefactKind;
  text: string;
}

/** What a check may look at besides its file. */
export interface CheckContext {
  /** What the folder was rendered for; null: not known. */
  target: ClusterTarget | null;
  /** The rendered folder, absolute. */
  folder: string;
  files: readonly CheckedFile[];
  /** A folder of the check's own, removed afterwards. */
  scratch: string;
}

/** What came of it; `skip`: why it can't be told here. */
export type Verdict = Pick<ToolRun, 'code' | 'said'> | { skip: string };

/** A way to hold a kind of artefact against a real program. */
export interface Checker {
  kinds: readonly ArtefactKind[];
  /** As an administrator would type it. */
  tool: string;
  /** Programs it needs. */
  needs: readonly string[];
  /** Whether it needs namespaces. */
  room: boolean;
  /** Whether it has anything to say about a file of its kinds; default: yes. */
  applies?(file: CheckedFile): boolean;
  run(file: CheckedFile, context: CheckContext): Verdict;
}

/** Runs a checker where it can be run; what can't is skipped, and says why. Null where it has nothing to say. */
export function outcomeOf(checker: Checker, file: CheckedFile, context: CheckContext): CheckOutcome | null {
  const { name } = file;
  const { tool, needs, room } = checker;
  if (checker.applies?.(file) === false) return null;
  const missing = needs.filter((program) => findTool(program) === null);
  const skipped = (why: string): CheckOutcome => ({ file: name, tool, state: 'skipped', said: [why], took: 0 });
  if (missing.length > 0) return skipped(`not installed: ${missing.join(', ')}`);
  if (room && !hasRooms()) return skipped('needs namespaces, which may not be made here');
  const start = performance.now();
  const ran = checker.run(file, context);
  if ('skip' in ran) return skipped(ran.skip);
  const took = Math.round(performance.now() - start);
  return { file: name, tool, state: ran.code === 0 ? 'passed' : 'failed', said: ran.said, took };
}
