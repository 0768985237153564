import { closeSync, ftruncateSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Damage } from '../../../src/source/objects/damage.js';
import { FileWindows } from '../../../src/source/objects/file-windows.js';
import { WINDOW, WindowPool } from '../../../src/source/objects/window-pool.js';
import { Kernel } from '../../../src/source/kernel/kernel.js';
import { temporaryFolder } from '../../fixtures/repository.js';

const SIZE = 2_000_003;
const content = Buffer.from(Uint8Array.from({ length: SIZE }, (_, i) => (i * 31 + (i >> 8)) & 0xff));

interface Pieces {
  fd: number;
  read: (offset: number, want: number) => Buffer | null;
}

/** What `locate` finds, from the kernel's memory; null: too much for one piece. */
function windows(budget: number): Pieces {
  const path = join(temporaryFolder(), 'file');
  writeFileSync(path, content);
  const fd = openSync(path, 'r+');
  onTestFinished(() => closeSync(fd));
  const kernel = new Kernel(16 << 20);
  const file = new FileWindows(fd, SIZE, new WindowPool(kernel, budget));
  return {
    fd,
    read: (offset, want) => (file.locate(offset, want) ? kernel.bytes.subarray(file.at, file.end) : null),
  };
}

test('any place reads the same through few windows as through many', () => {
  for (const budget of [1, 10 << 20]) {
    const { read } = windows(budget);
    for (let i = 0; i < 3000; i++) {
      const offset = (i * 7919 * 101) % SIZE;
      const want = 1 + ((i * 37) % 5000);
      const bytes = read(offset, want);
      const length = Math.min(want, SIZE - offset);
      expect(bytes?.length).toBeGreaterThanOrEqual(length);
      expect(bytes?.compare(content, offset, offset + length, 0, length)).toBe(0);
    }
  }
});

test('a piece over the border of two windows, and one larger than any', () => {
  const { read } = windows(1 << 20);
  const bytes = read(WINDOW - 3, 20);
  expect(bytes?.compare(content, WINDOW - 3, WINDOW + 17, 0, 20)).toBe(0);
  expect(read(5, 1_000_000)).toBeNull();
  const last = read(SIZE - 10, 500);
  expect(last?.compare(content, SIZE - 10, SIZE)).toBe(0);
});

test('a file that shrinks while it is read is damage', () => {
  const { fd, read } = windows(1 << 20);
  ftruncateSync(fd, 1000);
  expect(() => read(1_500_000, 10)).toThrow(Damage);
});
