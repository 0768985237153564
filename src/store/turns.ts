/** Lets one piece of work run at a time, in the order of asking: a connection holds one transaction. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  async run<T>(work: () => Promise<T> | T): Promise<T> {
    const before = this.#last;
    let leave!: () => void;
    this.#last = new Promise<void>((resolve) => {
      leave = resolve;
    });
    await before;
    try {
      return await work();
    } finally {
      leave();
    }
  }
}
