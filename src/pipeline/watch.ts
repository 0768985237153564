import { setTimeout as pause } from 'node:timers/promises';
import { Slots } from '../schedule/slots.js';

export { checkZone, zonedTime } from '../schedule/slots.js';

/** A clock that may jump, and a way to wait: of the machine, or of a test. */
export interface Clock {
  /** Milliseconds since 1970. */
  now: () => number;
  /** Ends early, without an error, when the signal says so. */
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface WatchOptions {
  cron: string;
  /** IANA name; null: the machine's. */
  zone: string | null;
  /** One evaluation. What it throws ends the watch. */
  run: (signal: AbortSignal) => Promise<void>;
  /** When the next one is due, told whenever that changes; `late`: how many ms ago it was, where it was missed. */
  onNext: (moment: number) => void;
  onLate: (moment: number) => void;
  signal: AbortSignal;
  clock?: Clock;
}

/** The longest time the clock is not looked at: a machine that slept, or whose clock was set, is noticed after that. */
const GLANCE_MS = 20_000;
/** A start that is later than this was missed. */
const LATE_MS = 60_000;
/** As cron has it: a clock set back by less repeats nothing; by more, it was wrong before. */
const REPEAT_MS = 3 * 3_600_000;

/** The machine's own. */
const machineClock: Clock = {
  now: () => Date.now(),
  wait: (ms, signal) => pause(ms, undefined, { signal }).catch(() => undefined),
};

/**
 * Runs at the times a cron expression names until the signal ends it, or no time is left. One after another: what comes
 * due while one runs is made up for by a single run after it, as are times the machine slept through. A clock that is
 * set back by less than three hours makes nothing run again.
 */
export async function watch(options: WatchOptions): Promise<void> {
  const { cron, zone, run, onNext, onLate, signal, clock = machineClock } = options;
  const slots = new Slots(cron, zone);
  let seen = clock.now();
  let done = seen;
  let next = slots.after(seen);
  if (next !== null) onNext(next);
  while (next !== null && !signal.aborted) {
    const now = clock.now();
    if (now < seen - GLANCE_MS) {
      // The clock was set back: times that are still to come may be nearer than the one that was waited for.
      next = slots.after(done - now < REPEAT_MS ? Math.max(done, now) : now);
      if (next !== null) onNext(next);
    }
    seen = now;
    if (next === null) break;
    if (now < next) {
      await clock.wait(Math.min(next - now, GLANCE_MS), signal);
      continue;
    }
    if (now - next > LATE_MS) onLate(next);
    // Due while this runs: still due after it. Due before and missed: this run stands for all of them.
    done = now;
    await run(signal);
    seen = clock.now();
    next = slots.after(done);
    if (next !== null) onNext(next);
  }
}
