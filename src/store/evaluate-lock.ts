import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeFolder } from '../files/folder.js';
import { HealthError } from '../model/error.js';
import Driver from './driver.js';
import { codeOf, storeError } from './sqlite-errors.js';

const RETRY_MS = 200;

/**
 * Takes the lock of evaluates on a store, waiting so many seconds for it, and returns how to give it back. It is an
 * exclusive transaction on a small file beside the store: the kernel lets go of it when the process dies, however it
 * dies. HealthError evaluate-running (after the wait), interrupted, not-writable.
 */
export async function evaluateLock(store: string, wait: number, signal?: AbortSignal): Promise<() => void> {
  const file = `${store}.evaluate`;
  const until = performance.now() + wait * 1000;
  for (;;) {
    const release = tryLock(file);
    if (release !== null) return release;
    const left = until - performance.now();
    if (left <= 0) {
      throw new HealthError('evaluate-running', `${store}: another health evaluate is at work on this store`, {
        hint: 'wait for it with --wait SECONDS, or run this one later',
      });
    }
    // Aborted: rejected, and told by what follows.
    await sleep(Math.min(RETRY_MS, left), undefined, signal ? { signal } : {}).catch(() => undefined);
    if (signal?.aborted) throw new HealthError('interrupted', 'interrupted while waiting for another evaluate');
  }
}

function tryLock(file: string): (() => void) | null {
  let db: InstanceType<typeof Driver> | undefined;
  try {
    makeFolder(dirname(file));
    db = new Driver(file, { timeout: 0 });
    db.exec('begin exclusive');
    const held = db;
    return () => held.close();
  } catch (error) {
    db?.close();
    if (/^SQLITE_(BUSY|LOCKED)/.test(codeOf(error))) return null;
    throw storeError(error, file);
  }
}
