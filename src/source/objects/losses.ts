import { HealthError } from '../../model/error.js';
import type { LossListener } from '../../model/history.js';

/** A tree made to exhaust its readers: an error for whoever reads it, never something one can do without. */
export class EndlessTree extends HealthError {
  constructor(message: string) {
    super('corrupt-object', message, { hint: 'such a repository is made to exhaust its readers' });
  }
}

/** Who is told of objects that can't be read, where a comparison can go on without them. */
export class Losses {
  #listener: LossListener | undefined;

  /** Runs `read` with `listener` being told; without one, what can't be read stays an error. */
  during<T>(listener: LossListener | undefined, read: () => T): T {
    this.#listener = listener;
    try {
      return read();
    } finally {
      this.#listener = undefined;
    }
  }

  /** True when somebody was told of the error, and one may go on; false when it has to be thrown. */
  take(error: unknown): boolean {
    if (this.#listener === undefined || !(error instanceof HealthError) || error instanceof EndlessTree) return false;
    if (error.code !== 'missing-object' && error.code !== 'corrupt-object') return false;
    this.#listener(error);
    return true;
  }
}
