import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { FENCE_FOLDER } from './folders.js';
import type { RehearsalPlan } from './plan.js';
import type { RehearsalNode } from './rehearsal-node.js';

const PERIOD = 20;
/** Milliseconds: two sightings of the same, so close, are one violation. */
const SAME = 500;

interface Violation {
  what: string;
  /** Milliseconds of the clock. */
  from: number;
  to: number;
}

/**
 * Looks into both nodes all the time: who has the address, the mount, a promoted copy. What two have at once is a
 * violation. Also does what the fence agents ask for.
 */
export class Watch {
  /** Milliseconds: the longest that it did not look. */
  blind = 0;
  readonly fenced: { at: number; host: string }[] = [];
  readonly #violations: Violation[] = [];
  readonly #plan: RehearsalPlan;
  readonly #nodes: RehearsalNode[];
  readonly #address: RegExp;
  readonly #fencing = new Set<string>();
  #looked = Date.now();

  constructor(plan: RehearsalPlan, nodes: RehearsalNode[]) {
    this.#plan = plan;
    this.#nodes = nodes;
    this.#address = new RegExp(`\\|-- ${plan.virtualAddress.replaceAll('.', '\\.')}\\n\\s+/32 host LOCAL`);
    setInterval(() => this.#look(), PERIOD);
  }

  /** Those of a time, each a line with seconds from its beginning. */
  violations(from: number): string[] {
    return this.#violations
      .filter((one) => one.to >= from)
      .map((one) => `+${seconds(Math.max(0, one.from - from))} s, for ${seconds(one.to - one.from)} s: ${one.what}`);
  }

  #look(): void {
    const now = Date.now();
    this.blind = Math.max(this.blind, now - this.#looked);
    this.#looked = now;
    for (const name of readdirSync(FENCE_FOLDER).filter((one) => one.endsWith('.request'))) void this.#fence(name);
    const hosts = this.#nodes.map((node) => node.host).join(' and ');
    for (const [what, holds] of this.#things()) {
      const [one, two] = this.#nodes;
      // The first is asked again: what went from it to the other between two looks was never on both.
      if (one && two && holds(one) && holds(two) && holds(one)) this.#note(`${hosts} both have ${what}`);
    }
  }

  #things(): [string, (node: RehearsalNode) => boolean][] {
    const { virtualAddress, mount, promotionStates } = this.#plan;
    return [
      [virtualAddress, (node) => this.#address.test(peek(node, 'net/fib_trie'))],
      [`${mount} mounted`, (node) => peek(node, 'mountinfo').includes(` ${mount} `)],
      ...promotionStates.map((state): [string, (node: RehearsalNode) => boolean] => [
        'a promoted copy',
        (node) => peek(node, `root${state}`).trim() === 'Promoted',
      ]),
    ];
  }

  #note(what: string): void {
    const now = Date.now();
    const last = this.#violations.findLast((one) => one.what === what);
    if (last && now - last.to < SAME) last.to = now;
    else this.#violations.push({ what, from: now, to: now });
  }

  async #fence(name: string): Promise<void> {
    if (this.#fencing.has(name)) return;
    this.#fencing.add(name);
    const host = name.slice(0, -'.request'.length);
    this.fenced.push({ at: Date.now(), host });
    await this.#nodes.find((node) => node.host === host)?.powerOff();
    rmSync(join(FENCE_FOLDER, name), { force: true });
    this.#fencing.delete(name);
  }
}

export const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(2);

/** A file of the node's, as its PID 1 sees it; empty where there is none. */
function peek(node: RehearsalNode, path: string): string {
  if (node.pid === null) return '';
  try {
    return readFileSync(`/proc/${node.pid}/${path}`, 'utf8');
  } catch {
    return '';
  }
}
