import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { DAMAGED, TRUNCATED } from '../../../src/source/objects/inflate.js';
import { inflateLarge } from '../../../src/source/objects/inflate-large.js';
import { ObjectDatabase } from '../../../src/source/objects/object-database.js';
import { testRepository } from '../../fixtures/repository.js';

/** Bytes that deflate can't make smaller. */
function noise(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let i = 0, x = 12345; i < length; i++) bytes[i] = (x = (Math.imul(x, 1103515245) + 12345) >>> 0) >>> 16;
  return bytes;
}

test.each([
  ['loose', []],
  ['packed as deltas', ['repack', '-adfq', '--depth=30']],
  ['packed whole', ['repack', '-adfq', '--window=0']],
])('sizes without contents: %s', (_, repack) => {
  const repository = testRepository();
  let large = Buffer.from(Array.from({ length: 3000 }, (_, i) => `line ${i}\n`).join(''));
  for (let i = 0; i < 6; i++) {
    const small = `${'x'.repeat(i * 40)}\n`;
    large = Buffer.concat([large.subarray(0, 9000 + i), noise(i * 150), large.subarray(9000)]);
    repository.commit({ files: { small, large, empty: '', noise: noise(1000 * i) } });
  }
  if (repack.length > 0) repository.git(...repack);
  const format = '--batch-check=%(objectname) %(objectsize)';
  const lines = repository.git('cat-file', '--batch-all-objects', format).split('\n');
  const objects = new ObjectDatabase(join(repository.dir, '.git', 'objects'));
  for (const line of lines) {
    const [rev, size] = line.split(' ');
    const object = objects.findRev(rev);
    expect(objects.size(object), line).toBe(Number(size));
    const { start, end } = objects.read(object);
    expect([end - start, objects.size(object)], line).toEqual([Number(size), Number(size)]);
  }
  objects.close();
  if (repack.includes('--depth=30')) {
    const [index] = readdirSync(join(repository.dir, '.git/objects/pack')).filter((name) => name.endsWith('.idx'));
    expect(repository.git('verify-pack', '-v', join('.git/objects/pack', index))).toMatch(/chain length = [2-9]/);
  }
});

test('large streams: as promised, cut short, damaged, and not as promised', () => {
  const bytes = Buffer.concat([noise(20_000), Buffer.alloc(50_000, 'text ')]);
  const stream = Buffer.concat([Buffer.from('before'), deflateSync(bytes), noise(100)]);
  const out = Buffer.alloc(bytes.length + 20, 0xee);
  expect(inflateLarge(stream, 6, stream.length, out, 10, bytes.length)).toBe(0);
  expect(out.subarray(10, -10).equals(bytes)).toBe(true);
  expect(out.subarray(0, 10).equals(Buffer.alloc(10, 0xee))).toBe(true);
  expect(out.subarray(-10).equals(Buffer.alloc(10, 0xee))).toBe(true);
  expect(inflateLarge(stream, 6, 10_000, out, 10, bytes.length)).toBe(TRUNCATED);
  for (const size of [bytes.length - 1, bytes.length + 1, 10]) {
    expect(inflateLarge(stream, 6, stream.length, out, 10, size)).toBe(DAMAGED);
  }
  stream[9000] ^= 1;
  expect(inflateLarge(stream, 6, stream.length, out, 10, bytes.length)).toBe(DAMAGED);
});
