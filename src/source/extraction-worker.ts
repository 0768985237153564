import { parentPort, type MessagePort } from 'node:worker_threads';
import { BatchPacker, packOutline, unpackOutline } from './extraction-batch.js';
import {
  describe,
  type FromWorker,
  type KnownMessage,
  type ReadingTask,
  type ToWorker,
} from './extraction-messages.js';
import { CommitPieces } from './extraction-pieces.js';
import { openHistory, type OpenHistory } from './history.js';
import { prepareKernel } from './kernel/kernel.js';
import { readableMailmap } from './mailmap-file.js';

const NOTHING: ReadonlySet<string> = new Set();

/** What the listener said, as it is needed. */
class Orders {
  #credit = 0;
  readonly #tasks: ReadingTask[] = [];
  #known: KnownMessage | null = null;
  readonly #waiting: (() => void)[] = [];

  constructor(port: MessagePort) {
    port.on('message', (message: ToWorker) => {
      if (message.kind === 'task') this.#tasks.push(message);
      else if (message.kind === 'known') this.#known = message;
      else this.#credit++;
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }

  async task(): Promise<ReadingTask> {
    await this.#until(() => this.#tasks.length > 0);
    const [task] = this.#tasks.splice(0, 1);
    this.#credit = task.credit;
    return task;
  }

  async known(): Promise<KnownMessage> {
    for (;;) {
      await this.#until(() => this.#known !== null);
      const known = this.#known;
      this.#known = null;
      if (known !== null) return known;
    }
  }

  /** Waits until one more event may be sent. */
  async credit(): Promise<void> {
    await this.#until(() => this.#credit > 0);
    this.#credit--;
  }

  async #until(ready: () => boolean): Promise<void> {
    while (!ready()) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
  }
}

async function run(port: MessagePort, orders: Orders): Promise<void> {
  const send = (message: FromWorker): void =>
    port.postMessage(message, message.kind === 'batch' ? [message.batch.numbers.buffer] : []);
  const { path, options, recent, taken } = await orders.task();
  let history: OpenHistory | null = null;
  try {
    const { known, start } = recent === null ? await orders.known() : { known: NOTHING, start: null };
    history = openHistory(path, { ...options, ...(start && { start }) });
    const outline = recent === null ? history.outline() : unpackOutline(recent);
    if (recent !== null) history.adopt(outline);
    else if (start === null) {
      await orders.credit();
      send({ kind: 'outline', outline: packOutline(outline), mailmap: readableMailmap(history) });
    }
    const pieces = new CommitPieces(outline, known, taken);
    const packer = new BatchPacker(outline);
    for (let piece = pieces.take(); piece >= 0; piece = pieces.take()) {
      const { changes, losses } = pieces.read(piece, history, options.actions);
      const batch = packer.pack(changes);
      await orders.credit();
      send({ kind: 'batch', piece, rev: changes[0]?.commit.rev ?? '', batch, losses });
    }
    send({ kind: 'end' });
  } catch (error) {
    send(describe(error));
  } finally {
    history?.close();
  }
}

/** The body of a reading thread. */
if (parentPort !== null) {
  const orders = new Orders(parentPort);
  prepareKernel();
  for (;;) await run(parentPort, orders);
}
