import type { Signature } from '../../model/record.js';
import type { Kernel } from '../kernel/kernel.js';
import { decodeText } from '../text.js';

// Of what the kernel reads of a commit, where each number lies: doubles first, then integers.
const TIMES = 0;
const ZONES = 4;
const PEOPLE = 6;
/** For the author and then for the committer: where the name begins and ends, and the address. */
const PLACES = 8;
const MESSAGE = 20;
const IS_ASCII = 21;

type Person = Pick<Signature, 'name' | 'email'>;

/** What a commit says of itself. */
export interface Said {
  author: Signature;
  committer: Signature;
  message: string;
}

/** Reads commits as git writes them: as parseCommit does, with the kernel. */
export class PlainRecords {
  readonly #kernel: Kernel;
  readonly #at: number;
  /** By the kernel's numbers. */
  readonly #people: Person[] = [];

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#at = kernel.record;
  }

  /** The commit that lies there in the kernel's memory; null where it is unusual, and has to be read otherwise. */
  read(start: number, end: number): Said | null {
    const kernel = this.#kernel;
    if (!kernel.readRecord(start, end)) return null;
    const { bytes } = kernel;
    const author = this.#signature(bytes, 0);
    const committer = this.#signature(bytes, 1);
    const { integers } = kernel;
    const at = this.#at >> 2;
    const from = integers[at + MESSAGE];
    const message = integers[at + IS_ASCII] === 1 ? bytes.toString('latin1', from, end) : decodeText(bytes, from, end);
    return { author, committer, message };
  }

  #signature(bytes: Buffer, which: number): Signature {
    const { integers, doubles } = this.#kernel;
    const at = this.#at >> 2;
    const number = integers[at + PEOPLE + which];
    const person = number < 0 ? this.#meet(bytes, ~number, at + PLACES + 4 * which) : this.#people[number];
    const { name, email } = person;
    return { name, email, time: doubles[(this.#at >> 3) + TIMES + which], zone: integers[at + ZONES + which] };
  }

  #meet(bytes: Buffer, number: number, places: number): Person {
    const [name, nameEnd, email, emailEnd] = this.#kernel.integers.subarray(places, places + 4);
    const person = {
      name: decodeText(bytes, name, Math.max(name, nameEnd)),
      email: decodeText(bytes, email, emailEnd),
    };
    this.#people[number] = person;
    return person;
  }
}
