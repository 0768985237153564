import { closeSync, ftruncateSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Damage } from '../../../src/source/objects/damage.js';
import { FileWindows } from '../../../src/source/objects/file-windows.js';
import { temporaryFolder } from '../../fixtures/repository.js';

const SIZE = 2_000_003;
const content = Buffer.from(Uint8Array.from({ length: SIZE }, (_, i) => (i * 31 + (i >> 8)) & 0xff));

function windows(budget: number): { fd: number; windows: FileWindows } {
  const path = join(temporaryFolder(), 'file');
  writeFileSync(path, content);
  const fd = openSync(path, 'r+');
  onTestFinished(() => closeSync(fd));
  return { fd, windows: new FileWindows(fd, SIZE, budget) };
}

test('any place reads the same through few windows as through many', () => {
  for (const budget of [1, 10 << 20]) {
    const file = windows(budget).windows;
    for (let i = 0; i < 3000; i++) {
      const offset = (i * 7919 * 101) % SIZE;
      const want = 1 + ((i * 37) % 5000);
      const span = file.span(offset, want);
      const length = Math.min(want, SIZE - offset);
      expect(span.end - span.at).toBeGreaterThanOrEqual(length);
      expect(span.bytes.compare(content, offset, offset + length, span.at, span.at + length)).toBe(0);
    }
  }
});

test('a piece over the border of two windows, and larger than any window', () => {
  const file = windows(1 << 20).windows;
  for (const [offset, want] of [
    [(1 << 18) - 3, 20],
    [5, 1_000_000],
    [SIZE - 10, 500],
  ]) {
    const span = file.span(offset, want);
    const length = Math.min(want, SIZE - offset);
    expect(span.bytes.compare(content, offset, offset + length, span.at, span.at + length)).toBe(0);
  }
});

test('a file that shrinks while it is read is damage', () => {
  const { fd, windows: file } = windows(1 << 20);
  ftruncateSync(fd, 1000);
  expect(() => file.span(1_500_000, 10)).toThrow(Damage);
});
