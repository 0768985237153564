import { setImmediate } from 'node:timers/promises';
import { HealthError } from '../model/error.js';
import type { ExtractEvent, History, HistoryOutline, LossCount } from '../model/history.js';
import type { CommitChange } from '../model/record.js';
import { BatchReader, packOutline, unpackOutline } from './extraction-batch.js';
import { revive } from './extraction-messages.js';
import type { ExtractionOptions } from './extraction-options.js';
import type { ExtractionThread, ExtractionThreads } from './extraction-threads.js';
import { openHistory } from './history.js';
import { readableMailmap } from './mailmap-file.js';

export type { ExtractionOptions } from './extraction-options.js';

/** What is known may become so while the outline is read. */
type LateOptions = Omit<ExtractionOptions, 'known'> & { known: ReadonlySet<string> | Promise<ReadonlySet<string>> };

/** Commits handed on at once. */
const BATCH = 500;
const NONE = { actions: [] };
/** Batches a worker may be ahead of its listener. */
const CREDIT = 4;

function interrupted(): HealthError {
  return new HealthError('interrupted', 'reading the history was interrupted');
}

function checkAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw interrupted();
}

/**
 * Reads a history in this thread: the outline, then what is not known, parents first. Other work gets its turn between
 * batches. A file or folder that can't be read costs only the actions that need it.
 */
export async function* extract(path: string, options: LateOptions): AsyncGenerator<ExtractEvent> {
  checkAborted(options.signal);
  const history = openHistory(path, options);
  try {
    const outline = history.outline();
    yield { kind: 'outline', outline, mailmap: readableMailmap(history) };
    const known = await options.known;
    yield* changesOf(history, outline, options, known);
  } finally {
    history.close();
  }
}

/** As `extract`, of the commits of a history's newest part, which `outline` is of. The history stays open. */
export async function* extractRecent(
  history: History,
  outline: HistoryOutline,
  options: Pick<ExtractionOptions, 'actions' | 'signal'>,
): AsyncGenerator<ExtractEvent> {
  checkAborted(options.signal);
  yield { kind: 'outline', outline };
  yield* changesOf(history, outline, options);
}

async function* changesOf(
  history: History,
  { revs }: HistoryOutline,
  { actions, signal }: Pick<ExtractionOptions, 'actions' | 'signal'>,
  known?: ReadonlySet<string>,
): AsyncGenerator<ExtractEvent> {
  let changes: CommitChange[] = [];
  const losses: LossCount = { commits: 0, first: '' };
  for (const rev of revs.toReversed()) {
    if (known?.has(rev)) continue;
    let lost: string | null = null;
    const take = ({ message }: HealthError): void => void (lost ??= message);
    const change: CommitChange = { commit: history.commit(rev), ...(actions ? history.changes(rev, take) : NONE) };
    if (change.lines !== undefined && lost !== null) change.lines = null;
    changes.push(change);
    if (lost !== null && losses.commits++ === 0) losses.first = lost;
    if (changes.length < BATCH) continue;
    yield { kind: 'batch', changes };
    changes = [];
    await setImmediate();
    checkAborted(signal);
  }
  if (changes.length > 0) yield { kind: 'batch', changes };
  if (losses.commits > 0) yield { kind: 'losses', losses };
}

/** A history that is read in a thread of its own. It stays a few batches ahead of the listener, but no more. */
export interface ReadAhead {
  /** Begins to read, before it is known which commits are wanted. */
  begin(): void;
  /** As `extract` for what is not known. Called again, it reads anew. */
  events(known: ReadonlySet<string>): AsyncGenerator<ExtractEvent>;
  /** Reads the commits of a history's newest part. */
  recent(outline: HistoryOutline): AsyncGenerator<ExtractEvent>;
  /** Stops reading, where nobody asked for events. */
  close(): void;
}

/** `isShared`: its thread is of use to others when all is read. */
export function readAhead(
  threads: ExtractionThreads,
  path: string,
  { signal, ...options }: Omit<ExtractionOptions, 'known'>,
  isShared = true,
): ReadAhead {
  const start = (recent: HistoryOutline | null): ExtractionThread => {
    const thread = threads.take();
    thread.send({ kind: 'task', path, options, recent: recent && packOutline(recent), credit: CREDIT });
    return thread;
  };
  checkAborted(signal);
  let ahead: ExtractionThread | null = null;
  return {
    begin() {
      ahead ??= start(null);
    },
    events(known) {
      const thread = ahead ?? start(null);
      ahead = null;
      thread.send({ kind: 'known', known });
      return listen(threads, thread, signal, isShared);
    },
    recent(outline) {
      return listen(threads, start(outline), signal, isShared);
    },
    close() {
      if (ahead !== null) threads.giveBack(ahead, false);
      ahead = null;
    },
  };
}

async function* listen(
  threads: ExtractionThreads,
  thread: ExtractionThread,
  signal: AbortSignal | undefined,
  isShared: boolean,
): AsyncGenerator<ExtractEvent> {
  const abort = (): void => thread.fail(interrupted());
  let reader: BatchReader | null = null;
  let whole = false;
  signal?.addEventListener('abort', abort, { once: true });
  try {
    for (;;) {
      checkAborted(signal);
      const message = await thread.next();
      if (message.kind === 'end') {
        whole = true;
        return;
      }
      if (message.kind === 'error' || message.kind === 'crash') throw revive(message);
      if (message.kind === 'outline') {
        const outline = unpackOutline(message.outline);
        reader = new BatchReader(outline);
        yield { kind: 'outline', outline, mailmap: message.mailmap };
      } else if (message.kind !== 'batch') yield message;
      else if (reader !== null) yield { kind: 'batch', changes: reader.unpack(message.batch) };
      thread.send({ kind: 'credit' });
    }
  } finally {
    signal?.removeEventListener('abort', abort);
    threads.giveBack(thread, whole && isShared);
  }
}
