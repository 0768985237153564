import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { Kernel } from '../../../src/source/kernel/kernel.js';
import { applyDelta } from '../../../src/source/objects/delta.js';
import { cutSpans, type Spans } from '../../../src/source/renames/spans.js';

const kernel = new Kernel(16 << 20);
const place = kernel.reserve(4 << 20);
const room = kernel.reserve(8 << 20);

/** Numbers that look random and are the same every time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Text with lines, repetitions, and now and then any byte. */
function someBytes(random: (below: number) => number, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  const letters = 'tree abcdef\n\r\n';
  for (let i = 0; i < size; i++) {
    const back = 1 + random(Math.min(i, 300) + 1);
    if (i > back && random(3) > 0) bytes[i] = bytes[i - back];
    else bytes[i] = random(20) === 0 ? random(256) : letters.charCodeAt(random(letters.length));
  }
  return bytes;
}

function put(bytes: Uint8Array): number {
  kernel.bytes.set(bytes, place);
  return place + bytes.length;
}

describe('inflate', () => {
  test('gives back what zlib deflated, at every level and strategy, and touches nothing else', () => {
    const random = numbers(1);
    for (let i = 0; i < 1500; i++) {
      const content = someBytes(random, random(i % 40 === 0 ? 100_000 : 2000));
      const packed = deflateSync(content, { level: i % 10, strategy: i % 5 });
      const end = put(packed);
      kernel.bytes.fill(0x55, room, room + content.length + 64);
      expect(kernel.inflate(place, end, room, content.length)).toBe(end);
      expect(kernel.bytes.compare(content, 0, content.length, room, room + content.length)).toBe(0);
      expect(kernel.bytes.subarray(room + content.length, room + content.length + 64).every((b) => b === 0x55)).toBe(
        true,
      );
    }
  });

  test('refuses another size, and what was cut short', () => {
    const content = someBytes(numbers(2), 5000);
    const packed = deflateSync(content);
    const end = put(packed);
    for (const size of [0, 1, 4999, 5001, 9000]) expect(kernel.inflate(place, end, room, size)).toBeLessThan(0);
    for (let cut = 0; cut < packed.length; cut += 7) {
      expect(kernel.inflate(place, place + cut, room, content.length)).toBe(-1);
    }
  });

  test('bits that flipped are an error, or change nothing', () => {
    const random = numbers(3);
    const content = someBytes(random, 3000);
    const packed = deflateSync(content);
    for (let i = 0; i < 4000; i++) {
      const damaged = Buffer.from(packed);
      damaged[random(damaged.length)] ^= 1 << random(8);
      const end = put(damaged);
      kernel.bytes.fill(0x55, room + content.length, room + content.length + 64);
      if (kernel.inflate(place, end, room, content.length) < 0) continue;
      expect(kernel.bytes.compare(content, 0, content.length, room, room + content.length)).toBe(0);
    }
    expect(kernel.bytes.subarray(room + content.length, room + content.length + 64).every((b) => b === 0x55)).toBe(
      true,
    );
  });
});

describe('applyDelta', () => {
  test('does what the plain one does, on deltas that fit and on any bytes', () => {
    const random = numbers(4);
    let fits = 0;
    for (let i = 0; i < 4000; i++) {
      const base = someBytes(random, 1 + random(400));
      const delta: number[] = [];
      let size = 0;
      for (let op = random(6); op >= 0; op--) {
        const length = 1 + random(100);
        const offset = random(base.length);
        size += length;
        if (random(2) === 0) delta.push(0x91, offset & 0xff, length);
        else delta.push(length, ...someBytes(random, length));
      }
      if (random(4) === 0) delta[random(delta.length)] = random(256);
      const instructions = Buffer.from(delta);
      const plain = Buffer.alloc(size);
      const expected = applyDelta(instructions, 0, instructions.length, base, 0, base.length, plain, 0, size);
      const baseAt = put(instructions);
      kernel.bytes.set(base, baseAt);
      kernel.bytes.fill(0x55, room, room + size + 64);
      expect(kernel.applyDelta(place, baseAt, baseAt, baseAt + base.length, room, size)).toBe(expected);
      if (!expected) continue;
      fits++;
      expect(kernel.deltaOutput(place, baseAt)).toBe(size);
      expect(kernel.bytes.compare(plain, 0, size, room, room + size)).toBe(0);
      expect(kernel.bytes.subarray(room + size, room + size + 64).every((byte) => byte === 0x55)).toBe(true);
    }
    expect(fits).toBeGreaterThan(500);
  });
});

function kernelSpans(content: Buffer): Spans {
  const found = kernel.cutSpans(place, put(content), room);
  const pairs = kernel.numbers(room, 2 * found);
  const column = (first: number) => Uint32Array.from({ length: found }, (_, i) => pairs[2 * i + first]!);
  return { hashes: column(0), counts: column(1) };
}

/** Aims at a file and holds another against it, of other hashes and the same counts. */
function inCommon(hashes: Uint32Array, counts: Uint32Array, held: Uint32Array): number {
  const write = (own: Uint32Array) => {
    const pairs = kernel.numbers(room, 2 * own.length);
    for (let i = 0; i < own.length; i++) pairs.set([own[i]!, counts[i]!], 2 * i);
  };
  write(hashes);
  kernel.aimSpans(room, hashes.length);
  write(held);
  return kernel.commonSpans(room, held.length);
}

function commonBytes({ hashes, counts }: Spans, held: Uint32Array): number {
  const aimed = new Map(Array.from(hashes, (hash, i) => [hash, counts[i]!]));
  return held.reduce((sum, hash, i) => sum + Math.min(aimed.get(hash) ?? 0, counts[i]!), 0);
}

test('cutSpans cuts as the plain one does', () => {
  const random = numbers(5);
  for (let i = 0; i < 400; i++) {
    const content = someBytes(random, random(20_000));
    if (i % 3 === 0) content.fill(0, 10, 11);
    const plain = cutSpans(content, 0, content.length);
    expect(kernelSpans(content)).toEqual(plain);
    const held = plain.hashes.map((hash, k) => (random(2) === 0 ? hash : (hash + k) % 107_927));
    expect(inCommon(plain.hashes, plain.counts, held)).toBe(commonBytes(plain, held));
  }
});

test('cutSpans, where adding a byte to the lower of the two numbers goes over', () => {
  const content = Buffer.from('/v94#A~J=s9Wzkz%u"Duq|_.lNb.W#l0q`|a@L04\nand a line as others are\n');
  expect(kernelSpans(content)).toEqual(cutSpans(content, 0, content.length));
});

function entry(name: string, oid: number): Buffer {
  return Buffer.concat([Buffer.from(`100644 ${name}\0`), Buffer.alloc(20, oid)]);
}

test('skipEqual goes on to the first entry that differs', () => {
  const guard = Buffer.from(' \0');
  const random = numbers(6);
  for (let i = 0; i < 500; i++) {
    const count = random(30);
    const differs = random(count + 1);
    const left = Array.from({ length: count }, (_, k) => entry(`file-${k}`, k));
    const right = left.map((one, k) => (k === differs ? entry(`file-${k}`, 200) : one));
    const a = Buffer.concat(left);
    const b = Buffer.concat(right);
    const second = put(Buffer.concat([a, guard]));
    kernel.bytes.set(Buffer.concat([b, guard]), second);
    const expected = Buffer.concat(left.slice(0, differs)).length;
    expect(kernel.skipEqual(place, place + a.length, second, second + b.length)).toBe(expected);
  }
});

test('skipAgreed goes on to the first entry that a merge has of neither parent, or one lacks', () => {
  const guard = Buffer.from(' \0');
  const random = numbers(7);
  for (let i = 0; i < 500; i++) {
    const count = random(30);
    const stops = random(count + 1);
    const own = Array.from({ length: count }, (_, k) => entry(`file-${k}`, k));
    const sides = [0, 1].map((side) =>
      own.map((one, k) => {
        // Either side may be the one whose name is another, or that lacks the entry; the other has the merge's own.
        if (k === stops && (i % 3 === 0 || side === i % 2))
          return [entry(`file-${k}`, 200), entry(`files${k}`, k), Buffer.alloc(0)][i % 3]!;
        if (k === stops) return one;
        return k % 3 === side ? entry(`file-${k}`, 201) : one;
      }),
    );
    let at = place;
    const ranges = [own, ...sides].map((entries) => {
      const bytes = Buffer.concat([...entries, guard]);
      kernel.bytes.set(bytes, at);
      const range = { at, end: at + bytes.length - guard.length };
      at = range.end + 64;
      return range;
    });
    const expected = Buffer.concat(own.slice(0, stops)).length;
    expect(kernel.skipAgreed(ranges[0]!, ranges[1]!, ranges[2]!)).toBe(expected);
  }
});

test('memory that is not there is not given', () => {
  const small = new Kernel(1 << 20);
  expect(small.reserve(64 << 20)).toBe(-1);
  const first = small.reserve(1000);
  expect(small.reserve(1000)).toBeGreaterThanOrEqual(first + 1000);
});
