import { describe, expect, test } from 'vitest';
import { Kernel } from '../../../src/source/kernel/kernel.js';
import { type Content, ObjectCache } from '../../../src/source/objects/object-cache.js';

const MEGA = 1 << 20;

function add(cache: ObjectCache, object: number, size: number): Content {
  return cache.add(object, 2, size, (bytes, at) => bytes.fill(object, at, at + size));
}

function holds(content: Content | undefined, object: number, size: number): boolean {
  if (content === undefined || content.end - content.start !== size) return false;
  return content.bytes.subarray(content.start, content.end).every((byte) => byte === object);
}

describe('ObjectCache', () => {
  test('keeps what fits, each guarded by a blank and a NUL', () => {
    const cache = new ObjectCache(new Kernel(32 * MEGA), 16 * MEGA);
    for (let object = 0; object < 50; object++) add(cache, object, object);
    for (let object = 0; object < 50; object++) {
      const content = cache.get(object);
      expect(holds(content, object, object)).toBe(true);
      expect(content?.bytes.toString('latin1', content.end, content.end + 2)).toBe(' \0');
    }
    expect(cache.get(50)).toBeUndefined();
  });

  test('lets the oldest go, but not under the feet of who still holds it', () => {
    const cache = new ObjectCache(new Kernel(32 * MEGA), 16 * MEGA);
    const first = add(cache, 1, 1000);
    for (let object = 2; object < 60; object++) add(cache, object, MEGA);
    expect(cache.get(1)).toBeUndefined();
    expect(holds(first, 1, 1000)).toBe(true);
    cache.release();
    expect(holds(cache.get(59), 59, MEGA)).toBe(true);
  });

  test('takes the same memory again and again once nothing is held', () => {
    const kernel = new Kernel(32 * MEGA);
    const cache = new ObjectCache(kernel, 16 * MEGA);
    for (let object = 1; object < 250; object++) {
      expect(add(cache, object, MEGA).bytes).toBe(kernel.bytes);
      expect(holds(cache.get(object), object, MEGA)).toBe(true);
      cache.release();
    }
  });

  test('what is asked for again and again stays', () => {
    const cache = new ObjectCache(new Kernel(32 * MEGA), 16 * MEGA);
    add(cache, 1, 1000);
    for (let object = 2; object < 60; object++) {
      add(cache, object, MEGA);
      expect(holds(cache.get(1), 1, 1000)).toBe(true);
    }
  });

  test('an object larger than the whole budget is still readable, and drives the others out', () => {
    const cache = new ObjectCache(new Kernel(32 * MEGA), 8 * MEGA);
    add(cache, 1, 1000);
    expect(holds(add(cache, 2, 20 * MEGA), 2, 20 * MEGA)).toBe(true);
    expect(cache.get(1)).toBeUndefined();
    add(cache, 3, 10);
    expect(cache.get(2)).toBeUndefined();
  });
});
