import { setImmediate } from 'node:timers/promises';
import { HealthError } from '../model/error.js';
import type { ExtractEvent, HistoryOutline, LossCount } from '../model/history.js';
import type { Mailmap } from '../model/identities.js';
import { checkAborted, interrupted } from './extraction-abort.js';
import { BatchReader, packOutline, unpackOutline } from './extraction-batch.js';
import { type FromWorker, revive } from './extraction-messages.js';
import { extractFrom } from './extraction.js';
import type { ExtractionOptions } from './extraction-options.js';
import { add, CommitPieces, pieceCounter, type Piece, type PieceCounter } from './extraction-pieces.js';
import { type ExtractionThread, ExtractionThreads } from './extraction-threads.js';
import { openHistory, type OpenHistory } from './history.js';
import { readableMailmap } from './mailmap-file.js';

/** Pieces a worker may be ahead of its listener. */
const CREDIT = 4;
/** Pieces read here that wait for one which the worker still reads. */
const WAITING = 4;
/** From so many objects on, two threads are faster than one. */
const LARGE = 100_000;
/** With more objects than these a walk through all commits would keep this thread from other work for too long. */
const WALKED_HERE = 1_000_000;
const NOTHING: ReadonlySet<string> = new Set();

type Options = Omit<ExtractionOptions, 'known'>;

/**
 * A history that is read in two threads: a worker, which stays a few pieces ahead of the listener, but no more, and the
 * listener's own, which reads pieces while it would wait, where the machine has a core for both.
 */
export interface ReadAhead {
  /** Gets ready to read, before it is known which commits are wanted. */
  begin(): void;
  /** As `extract` for what is not known. Called again, it reads anew. */
  events(known: ReadonlySet<string>): AsyncGenerator<ExtractEvent>;
  /** Reads the commits of a history's newest part, here from `history`, which stays open. */
  recent(history: OpenHistory, outline: HistoryOutline): AsyncGenerator<ExtractEvent>;
  /** Stops reading, where nobody asked for events. */
  close(): void;
}

/** How a reading shares the machine. */
export interface Share {
  /** No other history is read meanwhile. */
  isAlone: boolean;
  /** Objects from which on a history that is read alone gets a worker. */
  large?: number;
}

export function readAhead(threads: ExtractionThreads, path: string, options: Options, share: Share): ReadAhead {
  const { isAlone, large = LARGE } = share;
  const { signal, ...sent } = options;
  const here = (history: OpenHistory | null) => new Here(() => openHistory(path, sent), history);
  const start = (own: Here, recent: HistoryOutline | null): Reading => {
    const thread = threads.take();
    const taken = pieceCounter();
    thread.send({ kind: 'task', path, options: sent, recent: recent && packOutline(recent), taken, credit: CREDIT });
    return { threads, thread, taken, here: own, recent, isAlone, ...options };
  };
  checkAborted(signal);
  let ahead: Reading | null = null;
  return {
    begin() {
      if (!isAlone) ahead ??= start(here(null), null);
    },
    events(known) {
      const own = ahead?.here ?? here(null);
      // Another thread takes a while to start, and has to learn the same code anew.
      const size = isAlone ? own.history().size() : Infinity;
      const isWorthIt = size > WALKED_HERE || (options.actions && size >= large);
      if (!isWorthIt) return readHere(own, known, options);
      const reading = ahead ?? start(own, null);
      ahead = null;
      return listen(reading, known);
    },
    recent(history, outline) {
      return listen(start(here(history), outline), NOTHING);
    },
    close() {
      if (ahead !== null) threads.giveBack(ahead.thread, false);
      ahead = null;
    },
  };
}

async function* readHere(here: Here, known: ReadonlySet<string>, options: Options): AsyncGenerator<ExtractEvent> {
  try {
    yield* extractFrom(here.history(), { ...options, known });
  } finally {
    here.close();
  }
}

/** The history in this thread, opened when it is first needed. */
class Here {
  readonly #open: () => OpenHistory;
  /** Whose it is closes it. */
  readonly #given: OpenHistory | null;
  #own: OpenHistory | null = null;
  #outline: HistoryOutline | null = null;

  constructor(open: () => OpenHistory, given: OpenHistory | null) {
    this.#open = open;
    this.#given = given;
  }

  history(): OpenHistory {
    const history = this.#given ?? (this.#own ??= this.#open());
    if (this.#outline !== null) history.adopt(this.#outline);
    this.#outline = null;
    return history;
  }

  /** Another's outline, by which it goes. */
  adopt(outline: HistoryOutline): void {
    this.#outline = outline;
  }

  close(): void {
    this.#own?.close();
  }
}

/** A worker's task, and what it takes to help with it. */
interface Reading extends Options {
  threads: ExtractionThreads;
  thread: ExtractionThread;
  taken: PieceCounter;
  here: Here;
  recent: HistoryOutline | null;
  isAlone: boolean;
}

async function* listen(reading: Reading, known: ReadonlySet<string>): AsyncGenerator<ExtractEvent> {
  const { threads, thread, here, signal } = reading;
  const abort = (): void => thread.fail(interrupted());
  let whole = false;
  signal?.addEventListener('abort', abort, { once: true });
  try {
    checkAborted(signal);
    const begun = await begin(reading, known);
    yield { kind: 'outline', ...begun };
    const pieces = new CommitPieces(begun.outline, known, reading.taken);
    const ended = yield* inOrder(reading, begun.outline, pieces);
    if (!ended) while ((await said(thread)).kind !== 'end');
    whole = true;
  } finally {
    signal?.removeEventListener('abort', abort);
    here.close();
    threads.giveBack(thread, whole && !reading.isAlone);
  }
}

/** What the worker says next; its errors are thrown. */
async function said(thread: ExtractionThread, soon: FromWorker | Promise<FromWorker> = thread.next()) {
  const message = await soon;
  if (message.kind === 'error' || message.kind === 'crash') throw revive(message);
  return message;
}

interface Begun {
  outline: HistoryOutline;
  mailmap?: Mailmap | null | undefined;
}

/**
 * The outline: read here where there is a core for it, while the worker reads it too, which takes no longer than to wait
 * for it and is less to hand over; else by the worker.
 */
async function begin({ threads, thread, here, recent }: Reading, known: ReadonlySet<string>): Promise<Begun> {
  if (recent !== null) {
    here.adopt(recent);
    return { outline: recent };
  }
  if (threads.hasCore() && here.history().size() <= WALKED_HERE) {
    const history = here.history();
    thread.send({ kind: 'known', known, start: history.start() });
    return { outline: history.outline(), mailmap: readableMailmap(history) };
  }
  thread.send({ kind: 'known', known, start: null });
  const message = await said(thread);
  if (message.kind !== 'outline') throw new Error('the reading thread began without an outline');
  thread.send({ kind: 'credit' });
  const outline = unpackOutline(message.outline);
  here.adopt(outline);
  return { outline, mailmap: message.mailmap };
}

/** Pieces in their order, from wherever they come; then returns whether the worker has said that it ended. */
async function* inOrder(
  { threads, thread, here, actions, signal }: Reading,
  outline: HistoryOutline,
  pieces: CommitPieces,
): AsyncGenerator<ExtractEvent, boolean> {
  const batches = new BatchReader(outline);
  const there = new Map<number, Piece>();
  let lost: LossCount | null = null;
  let ended = false;
  for (let next = 0; next < pieces.count;) {
    checkAborted(signal);
    const piece = there.get(next);
    if (piece !== undefined) {
      there.delete(next++);
      lost = add(lost, piece.losses);
      yield { kind: 'batch', changes: piece.changes };
      continue;
    }
    // What the worker sent meanwhile is heard of in the next turn.
    await setImmediate();
    const heard = thread.poll();
    if (heard === undefined && there.size < WAITING && threads.hasCore()) {
      const own = pieces.take();
      if (own >= 0) {
        there.set(own, pieces.read(own, here.history(), actions));
        continue;
      }
    }
    if (ended) throw changedUnderneath();
    const message = await said(thread, heard);
    if (message.kind === 'end') ended = true;
    if (message.kind !== 'batch') continue;
    if (message.rev !== pieces.first(message.piece)) throw changedUnderneath();
    there.set(message.piece, { changes: batches.unpack(message.batch), losses: message.losses });
    thread.send({ kind: 'credit' });
  }
  if (lost !== null) yield { kind: 'losses', losses: lost };
  return ended;
}

/** The two threads went by different outlines. */
function changedUnderneath(): HealthError {
  return new HealthError('failed', 'the repository was changed while it was read', { hint: 'run it again' });
}
