import type { HistoryOutline, LossCount } from '../model/history.js';
import type { CommitChange } from '../model/record.js';
import type { OpenHistory } from './history.js';

/** Commits handed on at once, at most; of a short history fewer, so that nobody waits long for its last piece. */
const MOST = 500;
const FEWEST = 100;
const PIECES = 64;
const NONE = { actions: [] };

/** What was read of one piece. */
export interface Piece {
  changes: CommitChange[];
  /** What of it could not be read; null: nothing. */
  losses: LossCount | null;
}

/** A count of pieces that readers in several threads share. */
export type PieceCounter = Int32Array<SharedArrayBuffer>;

export function pieceCounter(): PieceCounter {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}

/** The commits a reading wants, oldest first, in pieces. Readers, in whatever thread, take one after the other. */
export class CommitPieces {
  readonly count: number;
  readonly #revs: readonly string[];
  /** Positions of the wanted ones; null: all. */
  readonly #wanted: Int32Array | null;
  readonly #total: number;
  readonly #size: number;
  readonly #taken: PieceCounter;

  /** `taken`: shared by all who read with the same outline and the same `known`. */
  constructor({ revs }: HistoryOutline, known: ReadonlySet<string>, taken: PieceCounter) {
    this.#revs = revs;
    this.#wanted = known.size === 0 ? null : unknown(revs, known);
    this.#total = this.#wanted?.length ?? revs.length;
    this.#size = Math.min(MOST, Math.max(FEWEST, Math.ceil(this.#total / PIECES)));
    this.count = Math.ceil(this.#total / this.#size);
    this.#taken = taken;
  }

  /** The number of a piece that nobody else has taken; -1: there is none left. */
  take(): number {
    const piece = Atomics.add(this.#taken, 0, 1);
    return piece < this.count ? piece : -1;
  }

  /** The rev of a piece's first commit. */
  first(piece: number): string | undefined {
    return this.#revs[this.#position(piece * this.#size)];
  }

  /** Reads one piece. A file or folder that can't be read costs only the actions that need it. */
  read(piece: number, history: OpenHistory, actions: boolean): Piece {
    const changes: CommitChange[] = [];
    let losses: LossCount | null = null;
    const end = Math.min(this.#total, (piece + 1) * this.#size);
    for (let i = piece * this.#size; i < end; i++) {
      const position = this.#position(i);
      history.seek(position);
      const rev = this.#revs[position];
      let lost: string | null = null;
      const take = ({ message }: Error): void => void (lost ??= message);
      const change: CommitChange = { commit: history.commit(rev), ...(actions ? history.changes(rev, take) : NONE) };
      if (change.lines !== undefined && lost !== null) change.lines = null;
      changes.push(change);
      if (lost !== null) losses = add(losses, { commits: 1, first: lost });
    }
    return { changes, losses };
  }

  #position(i: number): number {
    return this.#wanted === null ? this.#total - 1 - i : this.#wanted[i];
  }
}

/** `more` came after `losses`. */
export function add(losses: LossCount | null, more: LossCount | null): LossCount | null {
  if (losses === null || more === null) return losses ?? more;
  return { commits: losses.commits + more.commits, first: losses.first };
}

function unknown(revs: readonly string[], known: ReadonlySet<string>): Int32Array {
  const positions: number[] = [];
  for (let position = revs.length - 1; position >= 0; position--) {
    if (!known.has(revs[position])) positions.push(position);
  }
  return Int32Array.from(positions);
}
