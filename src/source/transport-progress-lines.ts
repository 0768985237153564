/** Cuts a server's progress text into lines; it overwrites them in place with carriage returns. */
export class ProgressLines {
  #rest = '';
  readonly #say: (line: string) => void;

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  add(text: string): void {
    const lines = (this.#rest + text).split(/[\r\n]+/);
    // A line without an end is not kept for ever.
    this.#rest = (lines.pop() ?? '').slice(-4096);
    for (const line of lines) this.#tell(line);
  }

  /** Tells the line that has no end yet, too. */
  end(): void {
    this.#tell(this.#rest);
    this.#rest = '';
  }

  #tell(line: string): void {
    const trimmed = line.trim().slice(0, 300);
    if (trimmed !== '') this.#say(trimmed);
  }
}

/** `Counting objects:  45% (90/200)`: how far, and of how many. */
export function countedIn(line: string): { done: number; total: number } | null {
  const counted = /\((\d+)\/(\d+)\)/.exec(line);
  return counted && { done: Number(counted[1]), total: Number(counted[2]) };
}
