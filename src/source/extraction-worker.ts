import { parentPort, workerData } from 'node:worker_threads';
import { extract } from './extraction.js';
import { BatchPacker, packOutline } from './extraction-batch.js';
import { describe, type FromWorker, type WorkerTask } from './extraction-messages.js';

/** The body of a reading thread: sends events as long as it has credit. */
async function run({ path, options, credit }: WorkerTask): Promise<void> {
  const port = parentPort;
  if (port === null) return;
  const account: { left: number; wake: (() => void) | null } = { left: credit, wake: null };
  const send = (message: FromWorker): void =>
    port.postMessage(message, message.kind === 'batch' ? [message.batch.numbers.buffer] : []);
  let packer: BatchPacker | null = null;
  port.on('message', () => {
    account.left++;
    account.wake?.();
  });
  try {
    for await (const event of extract(path, options)) {
      while (account.left === 0) {
        await new Promise<void>((resolve) => {
          account.wake = resolve;
        });
      }
      account.left--;
      if (event.kind === 'outline') {
        packer = new BatchPacker(event.outline);
        send({ kind: 'outline', outline: packOutline(event.outline) });
      } else if (event.kind !== 'batch') send(event);
      else if (packer !== null) send({ kind: 'batch', batch: packer.pack(event.changes) });
    }
    send({ kind: 'end' });
  } catch (error) {
    send(describe(error));
  }
  port.close();
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only extraction.ts starts this thread
await run(workerData as WorkerTask);
