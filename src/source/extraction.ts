import { existsSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { HealthError } from '../model/error.js';
import type { ExtractEvent, LossCount } from '../model/history.js';
import type { CommitChange } from '../model/record.js';
import { BatchReader, unpackOutline } from './extraction-batch.js';
import { type FromWorker, revive, type ToWorker, type WorkerTask } from './extraction-messages.js';
import type { ExtractionOptions } from './extraction-options.js';
import { openHistory } from './history.js';

export type { ExtractionOptions } from './extraction-options.js';

/** Commits handed on at once. */
const BATCH = 500;
/** Megabytes for new objects: most are dead by the time a batch is sent, and need not be looked at. */
const YOUNG = 64;
/** Batches a worker may be ahead of its listener. */
const CREDIT = 4;

function checkAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new HealthError('interrupted', 'reading the history was interrupted');
}

/**
 * Reads a history in this thread: the outline, then what is not known, parents first. Other work gets its turn between
 * batches. A file or folder that can't be read costs only the actions that need it.
 */
export async function* extract(path: string, options: ExtractionOptions): AsyncGenerator<ExtractEvent> {
  const { actions, known, signal } = options;
  checkAborted(signal);
  const history = openHistory(path, options);
  try {
    const outline = history.outline();
    yield { kind: 'outline', outline };
    let changes: CommitChange[] = [];
    const losses: LossCount = { commits: 0, first: '' };
    for (const rev of outline.revs.toReversed()) {
      if (known.has(rev)) continue;
      let lost: string | null = null;
      const take = ({ message }: HealthError): void => void (lost ??= message);
      changes.push({ commit: history.commit(rev), actions: actions ? history.actions(rev, take) : [] });
      if (lost !== null && losses.commits++ === 0) losses.first = lost;
      if (changes.length < BATCH) continue;
      yield { kind: 'batch', changes };
      changes = [];
      await setImmediate();
      checkAborted(signal);
    }
    if (changes.length > 0) yield { kind: 'batch', changes };
    if (losses.commits > 0) yield { kind: 'losses', losses };
  } finally {
    history.close();
  }
}

/** The built worker; tests run from the sources find it in dist. */
function workerFile(): URL {
  const beside = new URL('./extraction-worker.js', import.meta.url);
  return existsSync(beside) ? beside : new URL('../../dist/source/extraction-worker.js', import.meta.url);
}

/** As `extract`, in a thread of its own that stays a few batches ahead of the listener, but no more. */
export async function* extractInWorker(path: string, options: ExtractionOptions): AsyncGenerator<ExtractEvent> {
  const { signal, ...rest } = options;
  checkAborted(signal);
  const task: WorkerTask = { path, options: rest, credit: CREDIT };
  const worker = new Worker(workerFile(), { workerData: task, resourceLimits: { maxYoungGenerationSizeMb: YOUNG } });
  const inbox: FromWorker[] = [];
  let wake: (() => void) | null = null;
  let reader: BatchReader | null = null;
  const receive = (message: FromWorker): void => {
    inbox.push(message);
    wake?.();
  };
  const abort = (): void =>
    receive({ kind: 'error', error: { code: 'interrupted', message: 'reading the history was interrupted' } });
  worker.on('message', receive);
  worker.on('error', (error) => receive({ kind: 'crash', error }));
  worker.on('exit', () => receive({ kind: 'crash', error: new Error('the reading thread ended early') }));
  signal?.addEventListener('abort', abort, { once: true });
  try {
    for (;;) {
      checkAborted(signal);
      const message = inbox.shift();
      if (message === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = null;
      } else if (message.kind === 'outline' || message.kind === 'batch' || message.kind === 'losses') {
        if (message.kind === 'outline') {
          const outline = unpackOutline(message.outline);
          reader = new BatchReader(outline);
          yield { kind: 'outline', outline };
        } else if (message.kind !== 'batch') yield message;
        else if (reader !== null) yield { kind: 'batch', changes: reader.unpack(message.batch) };
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
        worker.postMessage({ kind: 'credit' } satisfies ToWorker);
      } else if (message.kind === 'end') return;
      else throw revive(message);
    }
  } finally {
    signal?.removeEventListener('abort', abort);
    await worker.terminate();
  }
}
