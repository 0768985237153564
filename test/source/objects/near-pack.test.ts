import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Kernel } from '../../../src/source/kernel/kernel.js';
import { NearPack } from '../../../src/source/objects/near-pack.js';
import { TYPE_NAMES } from '../../../src/source/objects/object-type.js';
import { Pack } from '../../../src/source/objects/pack.js';
import { WindowPool } from '../../../src/source/objects/window-pool.js';
import { testRepository, type TestRepository } from '../../fixtures/repository.js';

interface GitObject {
  type: string;
  bytes: Buffer;
}

/** A pack with chains of deltas, some commits among them, a tag, and a file too large for small rings. */
function packedRepository(): TestRepository {
  const repository = testRepository();
  for (let i = 0; i < 50; i++) {
    const files: Record<string, string> = {
      'src/main.c': Array.from({ length: 400 }, (_, k) => `line ${k === i ? -k : k}`).join('\n'),
      [`part/${i}.c`]: `part ${i}\n`.repeat(1 + ((i * 37) % 300)),
    };
    if (i === 20) files['large'] = Array.from({ length: 4000 }, (_, k) => `${k * 7919}`).join('\n');
    repository.commit({ files, message: `Change ${i}\n\n${'words and more words '.repeat(20)}` });
  }
  repository.git('tag', '-a', '-m', 'a tag', 'v1');
  repository.git('repack', '-q', '-a', '-d', '-f', '--depth=30', '--window=50');
  return repository;
}

/** What git itself says, by id. */
function allObjects(dir: string): Map<string, GitObject> {
  const run = (args: string[], input = '') => execFileSync('git', args, { cwd: dir, input, maxBuffer: 1 << 28 });
  const ids = run(['cat-file', '--batch-all-objects', '--batch-check=%(objectname)']).toString().trim().split('\n');
  const out = run(['cat-file', '--batch'], `${ids.join('\n')}\n`);
  const found = new Map<string, GitObject>();
  for (let at = 0; at < out.length;) {
    const end = out.indexOf('\n', at);
    const [id = '', type = '', size = ''] = out.toString('latin1', at, end).split(' ');
    found.set(id, { type, bytes: out.subarray(end + 1, end + 1 + Number(size)) });
    at = end + 2 + Number(size);
  }
  return found;
}

const KEPT = { trees: 8 << 20, blobs: 8 << 20, walk: 1 << 20 };

function openNear(dir: string, windows = 8 << 20): { near: NearPack; kernel: Kernel; pack: Pack } {
  const folder = join(dir, '.git', 'objects', 'pack');
  const name = readdirSync(folder).find((file) => file.endsWith('.pack'))!;
  const kernel = new Kernel(NearPack.room(KEPT) + windows + (8 << 20));
  let index = -1;
  const room = (size: number): Buffer => {
    index = kernel.reserve(size);
    return kernel.bytes.subarray(index, index + size);
  };
  const pack = new Pack(join(folder, name.slice(0, -5)), 100, new WindowPool(kernel, windows), room);
  onTestFinished(() => pack.close());
  const near = NearPack.make(pack, index, kernel, KEPT);
  if (near === null) throw new Error('there is no room');
  return { near, kernel, pack };
}

/** Numbers that look random and are the same every time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test('finds and reads what git reads, sizes included; what is not there is not found', () => {
  const { dir } = packedRepository();
  const { near, kernel } = openNear(dir);
  const objects = allObjects(dir);
  expect(objects.size).toBeGreaterThan(200);
  for (const [id, { type, bytes }] of objects) {
    const object = near.find(Buffer.from(id, 'hex'), 0);
    expect(near.holds(object)).toBe(true);
    expect(near.size(object)).toBe(bytes.length);
    near.release();
    const content = near.read(object);
    expect(content).not.toBeNull();
    expect(TYPE_NAMES[content!.type]).toBe(type);
    expect(kernel.bytes.subarray(content!.start, content!.end).equals(bytes)).toBe(true);
    expect([...kernel.bytes.subarray(content!.end, content!.end + 2)]).toEqual([0x20, 0]);
    for (const at of [3, 4, 19]) {
      const other = Buffer.from(id, 'hex');
      other[at] ^= 1;
      expect(near.find(other, 0)).toBe(-1);
    }
  }
  expect(near.find(Buffer.alloc(20), 0)).toBe(-1);
  expect(near.find(Buffer.alloc(20, 0xff), 0)).toBe(-1);
});

test('in rings that are full again and again, what was handed out stays until it is released', () => {
  const { dir } = packedRepository();
  const { near, kernel, pack } = openNear(dir);
  const objects = [...allObjects(dir)].map(([id, object]) => ({
    ...object,
    number: near.find(Buffer.from(id, 'hex'), 0),
  }));
  near.read(objects[0]!.number);
  const random = numbers(11);
  let refused = 0;
  for (const [size, tableBits] of [
    [64 << 10, 12],
    [32 << 10, 5],
    [24_608, 8],
  ] as const) {
    const rings = [0, 0, 0].map(() => [kernel.reserve(size + 64), size] as const);
    const [commits, trees, blobs] = rings as [(typeof rings)[0], (typeof rings)[0], (typeof rings)[0]];
    const [scratch, table] = [kernel.reserve(1 << 20), kernel.reserve(8 << tableBits)];
    kernel.pack.useRoom(scratch, 1 << 20, table, tableBits, ...commits, ...trees, ...blobs);
    for (let round = 0; round < 400; round++) {
      const held = [];
      for (let i = random(12); i >= 0; i--) {
        const object = objects[random(objects.length)]!;
        const content = near.read(object.number);
        if (content === null) refused++;
        // Commits are for the moment.
        else if (object.type !== 'commit') held.push({ object, content });
        else expect(kernel.bytes.subarray(content.start, content.end).equals(object.bytes)).toBe(true);
      }
      for (const { object, content } of held) {
        expect(kernel.bytes.subarray(content.start, content.end).equals(object.bytes)).toBe(true);
      }
      near.release();
    }
  }
  // Too large for the rings, or too much at once: left to others.
  expect(refused).toBeGreaterThan(10);
  expect(pack.opened).toBe(true);
});

test('reads through few pieces of the pack as through many', () => {
  const { dir } = packedRepository();
  const { near, kernel } = openNear(dir, 1);
  for (const [id, { bytes }] of allObjects(dir)) {
    near.release();
    const content = near.read(near.find(Buffer.from(id, 'hex'), 0));
    expect(kernel.bytes.subarray(content!.start, content!.end).equals(bytes)).toBe(true);
  }
});

test('an id that many others are near is found among them', () => {
  // An index whose ids are not spread as hashes are: all begin alike.
  const count = 3000;
  const ids = Array.from({ length: count }, (_, i) => {
    const id = Buffer.alloc(20, 0x42);
    id.writeUInt32BE(0x42000000 + (i < 2000 ? i >> 3 : i * 4096), 0);
    id.writeUInt32BE(i, 8);
    return id;
  });
  const index = Buffer.alloc(8 + 1024 + count * 28 + 40);
  for (let byte = 0x42; byte < 256; byte++) index.writeUInt32BE(count, 8 + 4 * byte);
  ids.forEach((id, i) => id.copy(index, 8 + 1024 + 20 * i));
  const kernel = new Kernel(1 << 20);
  const [at, probe, buckets] = [kernel.reserve(index.length), kernel.reserve(20), kernel.reserve(4 * 4097)];
  kernel.bytes.set(index, at);
  kernel.pack.useIndex(at, count, buckets, 12);
  ids.forEach((id, i) => {
    kernel.bytes.set(id, probe);
    expect(kernel.pack.findObject(probe)).toBe(i);
    kernel.bytes[probe + 19] ^= 1;
    expect(kernel.pack.findObject(probe)).toBe(-1);
  });
});

test('a pack that is not there leaves all to others', () => {
  const { dir } = packedRepository();
  const { near, pack } = openNear(dir);
  const object = near.find(readFileSync(`${pack.path}.idx`).subarray(8 + 1024), 0);
  expect(object).toBe(100);
  execFileSync('rm', ['-f', `${pack.path}.pack`]);
  expect(near.read(object)).toBeNull();
  expect(near.size(object)).toBe(-1);
  expect(near.links(object)).toBe(-1);
  expect(near.beginWalk(1000)).toBeNull();
});
