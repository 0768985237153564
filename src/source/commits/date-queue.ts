/** Hands out the commit with the latest date first; of equal dates, the one that was put in first (the lowest node). */
export class DateQueue {
  readonly #times: readonly number[];
  readonly #heap: number[] = [];

  /** `times[node]` must be known when a node is put in. */
  constructor(times: readonly number[]) {
    this.#times = times;
  }

  put(node: number): void {
    const heap = this.#heap;
    let at = heap.push(node) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (this.#before(heap[up], node)) break;
      heap[at] = heap[up];
      at = up;
    }
    heap[at] = node;
  }

  take(): number | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const node = heap.pop();
    if (node === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= heap.length) break;
      if (down + 1 < heap.length && this.#before(heap[down + 1], heap[down])) down++;
      if (this.#before(node, heap[down])) break;
      heap[at] = heap[down];
      at = down;
    }
    heap[at] = node;
    return first;
  }

  #before(a: number, b: number): boolean {
    const later = this.#times[a] - this.#times[b];
    return later > 0 || (later === 0 && a < b);
  }
}
