import { parentPort, type MessagePort } from 'node:worker_threads';
import type { HistoryOutline } from '../model/history.js';
import { BatchPacker, packOutline, unpackOutline } from './extraction-batch.js';
import { describe, type FromWorker, type ReadingTask, type ToWorker } from './extraction-messages.js';
import { extract, extractRecent } from './extraction.js';
import { openHistory } from './history.js';
import { prepareKernel } from './kernel/kernel.js';

/** What the listener said, as it is needed. */
class Orders {
  #credit = 0;
  readonly #tasks: ReadingTask[] = [];
  #known: ReadonlySet<string> | null = null;
  readonly #waiting: (() => void)[] = [];

  constructor(port: MessagePort) {
    port.on('message', (message: ToWorker) => {
      if (message.kind === 'task') this.#tasks.push(message);
      else if (message.kind === 'known') this.#known = message.known;
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

  async known(): Promise<ReadonlySet<string>> {
    await this.#until(() => this.#known !== null);
    const known = this.#known ?? new Set();
    this.#known = null;
    return known;
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

async function* openedRecent(path: string, outline: HistoryOutline, options: ReadingTask['options']) {
  const history = openHistory(path, options);
  try {
    yield* extractRecent(history, outline, options);
  } finally {
    history.close();
  }
}

async function run(port: MessagePort, orders: Orders): Promise<void> {
  const send = (message: FromWorker): void =>
    port.postMessage(message, message.kind === 'batch' ? [message.batch.numbers.buffer] : []);
  const { path, options, recent } = await orders.task();
  try {
    let packer: BatchPacker | null = null;
    const events =
      recent === null
        ? extract(path, { ...options, known: orders.known() })
        : openedRecent(path, unpackOutline(recent), options);
    for await (const event of events) {
      await orders.credit();
      if (event.kind === 'outline') {
        packer = new BatchPacker(event.outline);
        send({ kind: 'outline', outline: packOutline(event.outline), mailmap: event.mailmap });
      } else if (event.kind !== 'batch') send(event);
      else if (packer !== null) send({ kind: 'batch', batch: packer.pack(event.changes) });
    }
    send({ kind: 'end' });
  } catch (error) {
    send(describe(error));
  }
}

/** The body of a reading thread. */
if (parentPort !== null) {
  const orders = new Orders(parentPort);
  prepareKernel();
  for (;;) await run(parentPort, orders);
}
