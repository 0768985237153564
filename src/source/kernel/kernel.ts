import { existsSync, readFileSync } from 'node:fs';
import { OID_BYTES } from '../objects/object-id.js';

const PAGE = 1 << 16;

/** Where the ids of a commit's tree and of its parents lie, from `links` on: see Kernel.readLinks. */
export const TREE = 8;
export const PARENTS = TREE + OID_BYTES;

/** What lies in its memory from one place to another. */
interface Range {
  readonly at: number;
  readonly end: number;
}

/** What it does with one pack; see assembly/object.ts. Objects go by their positions in the pack's index. */
export interface PackKernel {
  useIndex(index: number, count: number, buckets: number, bits: number): void;
  usePieces(size: number, bits: number, overlap: number, slots: number, addresses: number, used: number): void;
  useRoom(
    delta: number,
    deltaSize: number,
    table: number,
    tableBits: number,
    commits: number,
    commitsSize: number,
    trees: number,
    treesSize: number,
    blobs: number,
    blobsSize: number,
  ): void;
  release(): void;
  releaseBlobs(): void;
  findObject(at: number): number;
  /** Where its content lies; 0 where it has to be read otherwise, -1 where the piece `wanted` is not in memory. */
  readObject(position: number): number;
  /** The position of a commit's tree; -1 where it has to be found otherwise, -2 where the piece `wanted` is not in memory. */
  commitTree(position: number): number;
  /** In bytes, not checked; -1 as `readObject`, -2 where it has to be found out otherwise. */
  objectSize(position: number): number;
  sizeOf(content: number): number;
  typeOf(content: number): number;
  /** Where the changes go: see assembly/changes.ts. */
  useChanges(room: number, changes: number, textBytes: number, pathBytes: number): void;
  /** How many changes lead from a tree to another, -1 standing for none; -1 as `readObject`, -2 where it has to be done otherwise. */
  compareTrees(before: number, after: number): number;
  readonly wanted: { readonly value: number };
}

/** How it goes through a history; see assembly/walk.ts. All addresses are of numbers of four bytes. */
export interface WalkKernel {
  walkRoom(objects: number): number;
  walkBegin(room: number, objects: number, first: number, count: number): void;
  walkMeet(object: number): number;
  walkOn(): number;
  walkSupply(object: number, parents: number): number;
  walkEnd(): number;
  walkCommits(): number;
  walkStarts(): number;
  walkParents(): number;
  readonly walkNeeds: { readonly value: number };
}

/** What the module exports; see assembly/. All addresses are positions in `bytes`. */
interface Exports extends PackKernel, WalkKernel {
  prepare(): number;
  inflate(from: number, end: number, to: number, size: number): number;
  applyDelta(delta: number, end: number, base: number, baseEnd: number, to: number, size: number): number;
  deltaOutput(delta: number, end: number): number;
  skipEqual(left: number, leftEnd: number, right: number, rightEnd: number): number;
  skipAgreed(merge: number, mergeEnd: number, left: number, leftEnd: number, right: number, rightEnd: number): number;
  cutSpans(at: number, end: number, to: number): number;
  aimSpans(at: number, count: number): void;
  commonSpans(at: number, count: number): number;
  inflateCommit(from: number, end: number, to: number, room: number): number;
  readLinks(at: number, end: number): number;
  readRecord(at: number, end: number): number;
  readCommitLinks(position: number): number;
  readonly links: { readonly value: number };
  readonly linked: { readonly value: number };
  readonly record: { readonly value: number };
}

/** What is used of WebAssembly: the types of Node 20 don't know it. */
interface WasmApi {
  Module: new (bytes: Uint8Array) => object;
  Memory: new (descriptor: { initial: number }) => { readonly buffer: ArrayBuffer };
  Instance: new (module: object, imports: object) => { readonly exports: Exports };
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every Node has it
const wasm = (globalThis as unknown as { WebAssembly: WasmApi }).WebAssembly;

let compiled: object | null = null;

/** The built module; tests run from the sources find it in dist. */
function load(): object {
  if (compiled === null) {
    const beside = new URL('./kernel.wasm', import.meta.url);
    const file = existsSync(beside) ? beside : new URL('../../../dist/source/kernel/kernel.wasm', import.meta.url);
    compiled = new wasm.Module(readFileSync(file));
  }
  return compiled;
}

/** Compiles the module before it is needed. */
export function prepareKernel(): void {
  load();
}

/**
 * The loops that take most of the time, as WebAssembly, and the memory they work in. Memory is reserved piece by piece
 * and never given back; what is reserved but not touched costs nothing.
 */
export class Kernel {
  /** All the memory. What is to be worked on must lie in it. */
  readonly bytes: Buffer;
  /** The same as numbers of four and of eight bytes. */
  readonly integers: Int32Array;
  readonly doubles: Float64Array;
  readonly #exports: Exports;
  #reserved: number;

  /** `size`: bytes that can be reserved. */
  constructor(size: number) {
    // The module's own tables take up to 4 MB.
    const memory = new wasm.Memory({ initial: Math.ceil(size / PAGE) + 64 });
    this.#exports = new wasm.Instance(load(), { env: { memory } }).exports;
    this.bytes = Buffer.from(memory.buffer);
    this.integers = new Int32Array(memory.buffer);
    this.doubles = new Float64Array(memory.buffer);
    this.#reserved = this.#exports.prepare();
  }

  /** Where `size` bytes of nobody else's begin; -1 when there is no room. */
  reserve(size: number): number {
    const at = (this.#reserved + 15) & ~15;
    if (at + size > this.bytes.length - PAGE) return -1;
    this.#reserved = at + size;
    return at;
  }

  /** `count` numbers of four bytes, as they lie in its memory. */
  numbers(at: number, count: number): Int32Array {
    return this.integers.subarray(at >> 2, (at >> 2) + count);
  }

  get pack(): PackKernel {
    return this.#exports;
  }

  get walk(): WalkKernel {
    return this.#exports;
  }

  /**
   * Inflates the zlib stream at `from`, which lies before `end`, to `to`, where it must be exactly `size` bytes. Returns
   * where it ends, or TRUNCATED or DAMAGED.
   */
  inflate(from: number, end: number, to: number, size: number): number {
    return this.#exports.inflate(from, end, to, size);
  }

  /** Runs a delta's instructions (sizes read already) on a base; false when they don't fit together. */
  applyDelta(delta: number, end: number, base: number, baseEnd: number, to: number, size: number): boolean {
    return this.#exports.applyDelta(delta, end, base, baseEnd, to, size) !== 0;
  }

  /** How many bytes a delta's instructions make, without making them. */
  deltaOutput(delta: number, end: number): number {
    return this.#exports.deltaOutput(delta, end);
  }

  /** Bytes of whole entries, from here on, that two trees have in common. */
  skipEqual(left: number, leftEnd: number, right: number, rightEnd: number): number {
    return this.#exports.skipEqual(left, leftEnd, right, rightEnd);
  }

  /** Bytes of whole entries, from here on, that a merge's tree has of the same names as both its parents', and from one of them. */
  skipAgreed(merge: Range, left: Range, right: Range): number {
    return this.#exports.skipAgreed(merge.at, merge.end, left.at, left.end, right.at, right.end);
  }

  /** Inflates a pack's entry; returns its size, or -1 where it is no commit by itself or has to be read otherwise. */
  inflateCommit(from: number, end: number, to: number, room: number): number {
    return this.#exports.inflateCommit(from, end, to, room);
  }

  /**
   * Reads what hangs together with the commit at `at`: its number of parents, or -1 where it is unusual. Then at `links`
   * lie the time (a double), 20 bytes of the tree's id, and those of the parents'.
   */
  readLinks(at: number, end: number): number {
    return this.#exports.readLinks(at, end);
  }

  /**
   * As `readLinks`, of a commit of the pack; -2 where the piece `wanted` is not in memory. At `linked` lie its parents'
   * positions, -1 for what is not in the pack.
   */
  readCommitLinks(position: number): number {
    return this.#exports.readCommitLinks(position);
  }

  get linked(): number {
    return this.#exports.linked.value;
  }

  get links(): number {
    return this.#exports.links.value;
  }

  /** Reads who made the commit at `at`; false where it is unusual. See commits/plain-record.ts for what is at `record`. */
  readRecord(at: number, end: number): boolean {
    return this.#exports.readRecord(at, end) !== 0;
  }

  get record(): number {
    return this.#exports.record.value;
  }

  /**
   * See renames/spans.ts, which does the same elsewhere. At `to` there must be room for eight bytes for each of the file's, or
   * of all hashes there can be; returns how many pairs of hash and bytes lie there then.
   */
  cutSpans(at: number, end: number, to: number): number {
    return this.#exports.cutSpans(at, end, to);
  }

  /** Sets the file that others are held against, by its pairs. */
  aimSpans(at: number, count: number): void {
    this.#exports.aimSpans(at, count);
  }

  /** How many bytes a file, by its pairs, has in common with it. */
  commonSpans(at: number, count: number): number {
    return this.#exports.commonSpans(at, count);
  }
}
