import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { BadPack, STOP, type PackTable } from './transport-pack-table.js';

/** Below so many deltas a thread costs more than it brings. */
const WORTH = 20_000;
const MOST = 4;

/** The built worker; tests run from the sources find it in dist. */
function workerFile(): URL {
  const beside = new URL('./transport-pack-worker.js', import.meta.url);
  return existsSync(beside) ? beside : new URL('../../dist/source/transport-pack-worker.js', import.meta.url);
}

/** Threads that share the work on a pack with this one. */
export interface Helpers {
  /** Waits until all have ended; throws what one of them found. */
  done(): Promise<void>;
  /** Ends them. */
  close(): Promise<void>;
}

/** As many as there are cores besides this thread's; none for few deltas. */
export function startHelpers(table: PackTable, deltas: number): Helpers {
  const threads = deltas < WORTH ? 0 : Math.min(MOST, availableParallelism()) - 1;
  const workers = Array.from({ length: threads }, () => new Worker(workerFile(), { workerData: table }));
  const results = workers.map(
    (worker) =>
      new Promise<void>((resolve, reject) => {
        worker.on('message', (found: string | null) => (found === null ? resolve() : reject(new BadPack(found))));
        worker.on('error', reject);
        worker.on('exit', () => reject(new Error('a thread that indexed the pack ended early')));
      }),
  );
  const settled = Promise.allSettled(results);
  return {
    done: async () => {
      const failed = (await settled).find((result) => result.status === 'rejected');
      if (failed) throw failed.reason;
    },
    close: async () => {
      Atomics.store(table.control, STOP, 1);
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
