import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { HealthError } from '../model/error.js';
import { describe, type FromWorker, type ToWorker } from './extraction-messages.js';

/** Megabytes for new objects: most are dead by the time a batch is sent, and need not be looked at. */
const YOUNG = 16;

/** The built worker; tests run from the sources find it in dist. */
function workerFile(): URL {
  const beside = new URL('./extraction-worker.js', import.meta.url);
  return existsSync(beside) ? beside : new URL('../../dist/source/extraction-worker.js', import.meta.url);
}

export type { ExtractionThread };

/** A reading thread: takes one task after another. */
class ExtractionThread {
  readonly #worker = new Worker(workerFile(), { resourceLimits: { maxYoungGenerationSizeMb: YOUNG } });
  readonly #inbox: FromWorker[] = [];
  #wake: (() => void) | null = null;

  constructor() {
    this.#worker.on('message', (message: FromWorker) => this.#receive(message));
    this.#worker.on('error', (error) => this.#receive({ kind: 'crash', error }));
    this.#worker.on('exit', () => this.#receive({ kind: 'crash', error: new Error('the reading thread ended early') }));
    // A thread that waits for a task keeps nobody.
    this.#worker.unref();
  }

  send(message: ToWorker): void {
    if (message.kind === 'task') this.#worker.ref();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
    this.#worker.postMessage(message);
  }

  /** What it says next. */
  async next(): Promise<FromWorker> {
    for (;;) {
      const message = this.#inbox.shift();
      if (message !== undefined) return message;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = null;
    }
  }

  /** Has `next` give an error. */
  fail(error: HealthError): void {
    this.#receive(describe(error));
  }

  rest(): void {
    this.#worker.unref();
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #receive(message: FromWorker): void {
    this.#inbox.push(message);
    this.#wake?.();
  }
}

/**
 * The reading threads of one piece of work. One that came to its task's end waits for another: a thread that is started
 * already, and has had practice, reads faster. Always `end` them.
 */
export class ExtractionThreads {
  readonly #all = new Set<ExtractionThread>();
  readonly #spare: ExtractionThread[] = [];
  readonly #ending: Promise<void>[] = [];

  /** Starts a thread before there is a task. */
  warm(): void {
    if (this.#spare.length === 0) this.#spare.push(this.#start());
  }

  take(): ExtractionThread {
    return this.#spare.pop() ?? this.#start();
  }

  /** Whoever has a use for it later keeps it; it must have come to its task's end. The others end while work goes on. */
  giveBack(thread: ExtractionThread, isKept: boolean): void {
    if (isKept) {
      thread.rest();
      this.#spare.push(thread);
      return;
    }
    this.#all.delete(thread);
    this.#ending.push(thread.end());
  }

  async end(): Promise<void> {
    const threads = [...this.#all];
    this.#all.clear();
    this.#spare.length = 0;
    await Promise.all([...this.#ending.splice(0), ...threads.map((thread) => thread.end())]);
  }

  #start(): ExtractionThread {
    const thread = new ExtractionThread();
    this.#all.add(thread);
    return thread;
  }
}
