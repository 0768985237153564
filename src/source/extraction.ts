import { setImmediate } from 'node:timers/promises';
import type { ExtractEvent, HistoryOutline, LossCount } from '../model/history.js';
import { checkAborted } from './extraction-abort.js';
import type { ExtractionOptions } from './extraction-options.js';
import { add, CommitPieces, pieceCounter } from './extraction-pieces.js';
import { openHistory, type OpenHistory } from './history.js';
import { readableMailmap } from './mailmap-file.js';

export type { ExtractionOptions } from './extraction-options.js';

const NOTHING: ReadonlySet<string> = new Set();

/**
 * Reads a history in this thread: the outline, then what is not known, parents first. Other work gets its turn between
 * batches. A file or folder that can't be read costs only the actions that need it.
 */
export async function* extract(path: string, options: ExtractionOptions): AsyncGenerator<ExtractEvent> {
  checkAborted(options.signal);
  const history = openHistory(path, options);
  try {
    yield* extractFrom(history, options);
  } finally {
    history.close();
  }
}

/** As `extract`, of a history that is open, and stays so. */
export async function* extractFrom(history: OpenHistory, options: ExtractionOptions): AsyncGenerator<ExtractEvent> {
  const outline = history.outline();
  yield { kind: 'outline', outline, mailmap: readableMailmap(history) };
  yield* changesOf(history, outline, options.known, options);
}

/** As `extract`, of the commits of a history's newest part, which `outline` is of. The history stays open. */
export async function* extractRecent(
  history: OpenHistory,
  outline: HistoryOutline,
  options: Pick<ExtractionOptions, 'actions' | 'signal'>,
): AsyncGenerator<ExtractEvent> {
  checkAborted(options.signal);
  yield { kind: 'outline', outline };
  yield* changesOf(history, outline, NOTHING, options);
}

async function* changesOf(
  history: OpenHistory,
  outline: HistoryOutline,
  known: ReadonlySet<string>,
  { actions, signal }: Pick<ExtractionOptions, 'actions' | 'signal'>,
): AsyncGenerator<ExtractEvent> {
  const pieces = new CommitPieces(outline, known, pieceCounter());
  let lost: LossCount | null = null;
  for (let piece = pieces.take(); piece >= 0; piece = pieces.take()) {
    const { changes, losses } = pieces.read(piece, history, actions);
    lost = add(lost, losses);
    yield { kind: 'batch', changes };
    await setImmediate();
    checkAborted(signal);
  }
  if (lost !== null) yield { kind: 'losses', losses: lost };
}
