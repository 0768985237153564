import { parentPort, workerData } from 'node:worker_threads';
import { PackResolver } from './transport-pack-resolve.js';
import { BadPack, STOP, type PackTable } from './transport-pack-table.js';

/** The body of a thread that helps to index a pack. Its one message: what is wrong with the pack, or null. */
function run(table: PackTable): string | null {
  const resolver = new PackResolver(table);
  try {
    resolver.run();
    return null;
  } catch (error) {
    if (!(error instanceof BadPack)) throw error;
    Atomics.store(table.control, STOP, 1);
    return error.message;
  } finally {
    resolver.close();
  }
}

const port = parentPort;
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only transport-pack-helper.ts starts this thread
const found = run(workerData as PackTable);
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
port?.postMessage(found);
