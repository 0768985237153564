import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { PROBE } from './folders.js';

/** Milliseconds between two questions. */
const PERIOD = 30;
/** So many questions without an answer are an outage: one may always get lost. */
const LOST = 3;

type Answer = { at: number; of: 'asked' | 'address' | 'service'; by?: string };

/** Asks the virtual address as a client does, all the while; a process of its own, so that nothing else slows it. */
export class Probe {
  readonly #child: ChildProcess;
  readonly #answers: Answer[] = [];

  constructor(address: string) {
    this.#child = spawn(process.execPath, [PROBE, address, String(PERIOD)], { stdio: ['ignore', 'pipe', 'inherit'] });
    createInterface({ input: this.#child.stdout! }).on('line', (line) => this.#answers.push(JSON.parse(line)));
  }

  stop(): void {
    this.#child.kill('SIGKILL');
  }

  /** Who has answered within the last moments; null: nobody. */
  servedBy(): string | null {
    const last = this.#answers.findLast((one) => one.of === 'service');
    return last && Date.now() - last.at < 5 * PERIOD ? (last.by ?? null) : null;
  }

  /** Whether anybody has since. */
  served(from: number): boolean {
    return this.#answers.some((one) => one.of === 'service' && one.at >= from);
  }

  /** Seconds of silence since; null: it was silent at the end. */
  away(of: 'address' | 'service', from: number): number | null {
    let silence = 0;
    let asked = 0;
    let last = from;
    for (const answer of this.#answers) {
      if (answer.at < from) continue;
      if (answer.of === 'asked') asked++;
      if (answer.of !== of) continue;
      if (asked > LOST) silence += answer.at - last;
      last = answer.at;
      asked = 0;
    }
    return asked > LOST ? null : silence / 1000;
  }

  /** Seconds until one of these answered for good; null: none did. */
  recovered(by: string[], from: number): number | null {
    let since: number | null = from;
    let asked = 0;
    for (const answer of this.#answers) {
      if (answer.at < from) continue;
      if (answer.of === 'asked' && ++asked > LOST) since = null;
      if (answer.of !== 'service') continue;
      asked = 0;
      if (!by.includes(answer.by ?? '')) since = null;
      else since ??= answer.at;
    }
    return since === null ? null : (since - from) / 1000;
  }
}
