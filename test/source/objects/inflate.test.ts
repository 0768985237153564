import { deflateSync, constants } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAMAGED, inflate, TRUNCATED } from '../../../src/source/objects/inflate.js';

const STRATEGIES = [
  constants.Z_DEFAULT_STRATEGY,
  constants.Z_FIXED,
  constants.Z_HUFFMAN_ONLY,
  constants.Z_RLE,
  constants.Z_FILTERED,
];

// Few different bytes and long runs, so that copies of every length and distance come up.
const content = fc.oneof(
  fc.uint8Array({ maxLength: 3000 }),
  fc.uint8Array({ maxLength: 40_000, max: 3 }),
  fc
    .array(fc.tuple(fc.uint8Array({ maxLength: 20 }), fc.nat({ max: 3000 })), { maxLength: 8 })
    .map((parts) => Buffer.concat(parts.flatMap(([piece, times]) => Array.from({ length: times }, () => piece)))),
);

function inflated(packed: Buffer, size: number, end = packed.length): Buffer | number {
  const into = Buffer.alloc(size + 16, 0x55);
  const result = inflate(packed, 0, end, into, 8, size);
  expect(into.subarray(0, 8).every((byte) => byte === 0x55)).toBe(true);
  expect(into.subarray(size + 8).every((byte) => byte === 0x55)).toBe(true);
  return result < 0 ? result : into.subarray(8, size + 8);
}

/** The bytes, where there must be some. */
function result(outcome: Buffer | number): Buffer {
  if (typeof outcome === 'number') throw new Error(`inflate returned ${outcome}`);
  return outcome;
}

describe('inflate', () => {
  test('undoes what zlib deflates, at every level and strategy', () => {
    fc.assert(
      fc.property(content, fc.nat({ max: 9 }), fc.constantFrom(...STRATEGIES), (bytes, level, strategy) => {
        const packed = deflateSync(bytes, { level, strategy });
        expect(Buffer.compare(result(inflated(packed, bytes.length)), bytes)).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  test('says where the stream ends', () => {
    const packed = deflateSync(Buffer.from('some text, some text'));
    const into = Buffer.alloc(20);
    expect(inflate(Buffer.concat([packed, Buffer.from('more')]), 0, packed.length + 4, into, 0, 20)).toBe(
      packed.length,
    );
  });

  test('a stream cut anywhere is truncated', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 500, max: 30 }), (bytes) => {
        const packed = deflateSync(bytes);
        const results = Array.from(packed, (_, at) => inflated(packed, bytes.length, at));
        expect(new Set(results)).toEqual(new Set([TRUNCATED]));
      }),
    );
  });

  test('a stream cut in the middle of its code lengths is truncated', () => {
    for (let lines = 4; lines < 40; lines++) {
      const text = Array.from(
        { length: lines },
        (_, i) => `parent ${(i * 7919) % 1009} of ${i ** 3}, by Ada Example\n`,
      );
      const packed = deflateSync(text.join(''));
      const into = Buffer.alloc(text.join('').length);
      // With nothing behind the cut.
      const results = Array.from(packed, (_, at) => inflate(packed.subarray(0, at), 0, at, into, 0, into.length));
      expect(new Set(results)).toEqual(new Set([TRUNCATED]));
    }
  });

  test('another size than promised is damage', () => {
    const packed = deflateSync(Buffer.alloc(1000, 'abc'));
    expect(inflated(packed, 999)).toBe(DAMAGED);
    expect(inflated(packed, 1001)).toBe(DAMAGED);
  });

  test('flipped bits never go unnoticed, write outside, or hang', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 800, max: 40 }), fc.nat(), (bytes, at) => {
        const packed = deflateSync(bytes);
        const bit = at % (packed.length * 8);
        packed[bit >> 3] ^= 1 << (bit & 7);
        const result = inflated(packed, bytes.length);
        // Some flips change nothing (bits of the header, or past the last block).
        if (typeof result !== 'number') expect(Buffer.compare(result, bytes)).toBe(0);
      }),
      { numRuns: 2000 },
    );
  });

  test('random bytes never hang or write outside', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat({ max: 500 }), (bytes, size) => {
        inflated(Buffer.from([0x78, 0x9c, ...bytes]), size);
      }),
      { numRuns: 2000 },
    );
  });
});
