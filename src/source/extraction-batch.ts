import type { HistoryOutline, RefSnapshot } from '../model/history.js';
import type { ActionRecord, CommitChange, LineCount, Signature } from '../model/record.js';

/**
 * A batch on its way between threads: numbers in one array, whose memory goes over as it is, and each text once in a
 * history's whole life.
 */
export interface SentBatch {
  /**
   * For each commit: its position in the outline; author and committer as name, address, time, zone; how many actions;
   * for each of them status, path, and where it came from (NONE where it came from nowhere). Texts by number. Before all
   * of them 1 where lines are counted: then each action is followed by its lines, and the actions by the commit's.
   */
  numbers: Float64Array<ArrayBuffer>;
  /** The texts not sent before, then the commits' messages, as JSON. */
  texts: string;
}

const NONE = -1;
const UNKNOWN = -2;
const BINARY = -3;

function pushLines(numbers: number[], lines: LineCount | undefined): void {
  if (lines === undefined) numbers.push(NONE);
  else if (lines === null) numbers.push(UNKNOWN);
  else if (lines === 'binary') numbers.push(BINARY);
  else numbers.push(lines[0], lines[1]);
}

/** An outline on its way between threads: few large things go over faster than many small ones. */
export interface SentOutline {
  rest: RefSnapshot;
  /** All of them, one after the other. */
  revs: string;
  /** As `revs`; absent as in the outline. */
  below?: string;
  /** For each commit: how many parents, and which. */
  parents: Int32Array<ArrayBuffer>;
}

const REV = 40;

export function packOutline({ revs, parents, below, ...rest }: HistoryOutline): SentOutline {
  const numbers: number[] = [];
  for (const own of parents) {
    numbers.push(own.length);
    for (const parent of own) numbers.push(parent);
  }
  const sent = { rest, revs: revs.join(''), parents: Int32Array.from(numbers) };
  return below === undefined ? sent : { ...sent, below: below.join('') };
}

export function unpackOutline({ rest, revs, parents, below }: SentOutline): HistoryOutline {
  const outline: HistoryOutline = { ...rest, revs: [], parents: [] };
  for (let at = 0, rev = 0; at < parents.length; rev += REV) {
    outline.revs.push(revs.slice(rev, rev + REV));
    const own: number[] = [];
    const end = at + 1 + parents[at];
    for (at += 1; at < end; at++) own.push(parents[at]);
    outline.parents.push(own);
  }
  if (below !== undefined) outline.below = below.match(/.{40}/g) ?? [];
  return outline;
}

/** Packs batches; they must be unpacked in the same order. */
export class BatchPacker {
  readonly #outline: HistoryOutline;
  readonly #known = new Map<string, number>();
  #position: number;
  #fresh: string[] = [];

  constructor(outline: HistoryOutline) {
    this.#outline = outline;
    this.#position = outline.revs.length - 1;
  }

  pack(changes: readonly CommitChange[]): SentBatch {
    const withLines = changes.some(({ lines }) => lines !== undefined);
    const numbers: number[] = [withLines ? 1 : 0];
    const messages: string[] = [];
    for (const { commit, actions, lines: sum } of changes) {
      while (this.#outline.revs[this.#position] !== commit.rev) this.#position--;
      numbers.push(this.#position);
      for (const { name, email, time, zone } of [commit.author, commit.committer]) {
        numbers.push(this.#text(name), this.#text(email), time, zone);
      }
      numbers.push(actions.length);
      for (const { status, path, from, lines } of actions) {
        numbers.push(this.#text(status), this.#text(path), from === undefined ? NONE : this.#text(from));
        if (withLines) pushLines(numbers, lines);
      }
      if (withLines) pushLines(numbers, sum);
      messages.push(commit.message);
    }
    const texts = JSON.stringify([this.#fresh, messages]);
    this.#fresh = [];
    return { numbers: Float64Array.from(numbers), texts };
  }

  #text(text: string): number {
    let number = this.#known.get(text);
    if (number === undefined) {
      number = this.#known.size;
      this.#known.set(text, number);
      this.#fresh.push(text);
    }
    return number;
  }
}

/** Unpacks what a BatchPacker packed. */
export class BatchReader {
  readonly #revs: readonly string[];
  readonly #parents: readonly (readonly number[])[];
  readonly #texts: string[] = [];

  constructor({ revs, parents, below = [] }: HistoryOutline) {
    this.#revs = below.length === 0 ? revs : [...revs, ...below];
    this.#parents = parents;
  }

  unpack({ numbers, texts }: SentBatch): CommitChange[] {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a BatchPacker wrote it
    const [fresh, messages] = JSON.parse(texts) as [string[], string[]];
    for (const text of fresh) this.#texts.push(text);
    const [revs, parents] = [this.#revs, this.#parents];
    const known = this.#texts;
    const withLines = numbers[0] === 1;
    let at = 1;
    const linesOf = (): LineCount | undefined => {
      const first = numbers[at++];
      if (first === NONE) return undefined;
      if (first === UNKNOWN) return null;
      return first === BINARY ? 'binary' : [first, numbers[at++]];
    };
    const signature = (): Signature => ({
      name: known[numbers[at++]],
      email: known[numbers[at++]],
      time: numbers[at++],
      zone: numbers[at++],
    });
    return messages.map((message) => {
      const position = numbers[at++];
      const author = signature();
      const committer = signature();
      const actions: ActionRecord[] = [];
      for (let left = numbers[at++]; left > 0; left--) {
        const [status, path] = [known[numbers[at++]], known[numbers[at++]]];
        const from = numbers[at++];
        const action: ActionRecord = from === NONE ? { status, path } : { status, path, from: known[from] };
        const lines = withLines ? linesOf() : undefined;
        if (lines !== undefined) action.lines = lines;
        actions.push(action);
      }
      const sum = withLines ? linesOf() : undefined;
      const own = parents[position].map((parent) => revs[parent]);
      const change: CommitChange = {
        commit: { rev: revs[position], parents: own, author, committer, message },
        actions,
      };
      if (sum !== undefined && sum !== 'binary') change.lines = sum;
      return change;
    });
  }
}
