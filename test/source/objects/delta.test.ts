import { describe, expect, test } from 'vitest';
import { afterDeltaSize, applyDelta, deltaSize } from '../../../src/source/objects/delta.js';

const base = Buffer.from('The quick brown fox');

function apply(delta: number[], size: number): string | null {
  const into = Buffer.alloc(size);
  const bytes = Buffer.from(delta);
  return applyDelta(bytes, 0, bytes.length, base, 0, base.length, into, 0, size) ? into.toString() : null;
}

describe('applyDelta', () => {
  test('copies and inserts', () => {
    expect(apply([0x91, 4, 5, 3, 0x20, 0x61, 0x6e, 0x90, 3], 11)).toBe('quick anThe');
  });

  test.each([
    ['copies from beyond the base', [0x91, 15, 5], 5],
    ['copies more than the result holds', [0x90, 5], 4],
    ['copies less than the result holds', [0x90, 5], 6],
    ['inserts more than there is', [5, 0x61], 5],
    ['has the reserved instruction', [0], 0],
    ['ends inside an instruction', [0xff], 16],
  ])('refuses what %s', (_, delta, size) => {
    expect(apply(delta, size)).toBeNull();
  });

  test('a copy without a length is of 64 KiB', () => {
    const long = Buffer.alloc(0x10000, 'x');
    const into = Buffer.alloc(0x10000);
    expect(applyDelta(Buffer.from([0x80]), 0, 1, long, 0, long.length, into, 0, into.length)).toBe(true);
    expect(into.equals(long)).toBe(true);
  });
});

describe('deltaSize', () => {
  test('reads seven bits a byte, lowest first', () => {
    const bytes = Buffer.from([0xac, 0x02, 0x05]);
    expect(deltaSize(bytes, 0, 3)).toBe(300);
    expect(afterDeltaSize(bytes, 0, 3)).toBe(2);
    expect(deltaSize(bytes, 0, 1)).toBeNaN();
  });
});
