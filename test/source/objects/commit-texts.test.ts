import { deflateSync } from 'node:zlib';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Kernel } from '../../../src/source/kernel/kernel.js';
import { CommitTexts } from '../../../src/source/objects/commit-texts.js';
import { runs } from '../../fixtures/runs.js';

const RING = 1 << 20;
const ROOM = 1 << 18;

/** A text that is no other commit's. */
function textOf(commit: number, length: number): Buffer {
  const text = Buffer.alloc(length, `commit ${commit}\n`);
  return text;
}

/** As a pack has it: type and size, then the deflated data. */
function entryOf(type: number, text: Buffer): Buffer {
  const head = [(type << 4) | (text.length & 15)];
  for (let rest = text.length >> 4; rest > 0; rest >>= 7) {
    head[head.length - 1] |= 0x80;
    head.push(rest & 0x7f);
  }
  return Buffer.concat([Buffer.from(head), deflateSync(text), Buffer.alloc(64)]);
}

function ring() {
  const kernel = new Kernel(RING + 2 * ROOM);
  const from = kernel.reserve(ROOM);
  return { kernel, from, texts: new CommitTexts(kernel, RING) };
}

test('a text that is found is the one that was put there, however often the ring came round', () => {
  const adding = fc.array(fc.tuple(fc.nat(3000), fc.nat(40_000), fc.boolean()), { minLength: 200, maxLength: 400 });
  fc.assert(
    fc.property(adding, (added) => {
      const { kernel, from, texts } = ring();
      const lengths = new Map<number, number>();
      let found = 0;
      for (const [commit, length, isCopied] of added) {
        const text = textOf(commit, length);
        if (isCopied) {
          text.copy(kernel.bytes, from);
          expect(texts.copy(commit, { type: 1, bytes: kernel.bytes, start: from, end: from + length })).toBe(true);
        } else {
          const entry = entryOf(1, text);
          entry.copy(kernel.bytes, from);
          expect(texts.add(commit, from, from + entry.length)).toBe(true);
        }
        lengths.set(commit, length);
        expect(kernel.bytes.subarray(texts.start, texts.end).equals(text)).toBe(true);
      }
      for (const [commit, length] of lengths) {
        if (!texts.find(commit)) continue;
        found++;
        expect(kernel.bytes.subarray(texts.start, texts.end).equals(textOf(commit, length))).toBe(true);
      }
      // The last half megabyte's worth is there for certain.
      expect(found).toBeGreaterThan(10);
      expect(texts.find(4000)).toBe(false);
    }),
    { numRuns: runs(10) },
  );
});

test('what is no commit, too long or damaged is not taken, and takes nothing away', () => {
  const { kernel, from, texts } = ring();
  const good = entryOf(1, textOf(7, 300));
  good.copy(kernel.bytes, from);
  expect(texts.add(7, from, from + good.length)).toBe(true);
  const damaged = Buffer.from(good);
  damaged[20] ^= 0xff;
  for (const entry of [
    entryOf(2, textOf(8, 300)),
    entryOf(6, textOf(8, 300)),
    entryOf(1, textOf(8, 70_000)),
    damaged,
  ]) {
    entry.copy(kernel.bytes, from);
    expect(texts.add(8, from, from + entry.length)).toBe(false);
    expect(texts.find(8)).toBe(false);
  }
  expect(texts.find(7)).toBe(true);
  expect(kernel.bytes.subarray(texts.start, texts.end).equals(textOf(7, 300))).toBe(true);
});

test('without room there is no ring, and all is read elsewhere', () => {
  const kernel = new Kernel(1 << 16);
  const texts = new CommitTexts(kernel, RING << 4);
  expect(texts.find(1)).toBe(false);
  expect(texts.add(1, 0, 100)).toBe(false);
});
