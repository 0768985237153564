import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeIndex, indexHolds } from '../../src/source/transport-index-file.js';
import { PackIndexing, type IndexedPack, type IndexPackOptions } from '../../src/source/transport-pack-index.js';
import { PackReader } from '../../src/source/transport-pack-reader.js';
import { BadPack, TAG } from '../../src/source/transport-pack-table.js';
import { temporaryFolder, TestRepository, testRepository } from '../fixtures/repository.js';
import { noise } from './transport-setup.js';

/** A repository whose pack has deltas upon deltas, and a tag. */
function history(): TestRepository {
  const repository = testRepository();
  const lines = noise(4000).toString('hex').match(/.{40}/g) ?? [];
  for (let i = 0; i < 25; i++) {
    lines[i * 3] = `changed in ${i}`;
    repository.commit({ files: { 'long.txt': lines.join('\n'), [`folder/${i}.txt`]: `${i}\n` } });
  }
  repository.git('tag', '-a', '-m', 'Tag', 'v1');
  return repository;
}

/** One pack of all objects, and the index git itself makes of it. */
function packOf(repository: TestRepository, ...options: string[]): { pack: Buffer; index: Buffer } {
  const target = join(temporaryFolder(), 'out');
  const objects = repository.git('rev-list', '--objects', '--all');
  const name = execFileSync('git', ['pack-objects', '--quiet', ...options, target], {
    cwd: repository.dir,
    input: `${objects}\n`,
    encoding: 'utf8',
  }).trim();
  return { pack: readFileSync(`${target}-${name}.pack`), index: readFileSync(`${target}-${name}.idx`) };
}

/** Indexes a pack that comes in pieces of so many bytes. */
async function indexPack(pack: Buffer, options: IndexPackOptions = {}, piece = 65_515): Promise<IndexedPack> {
  const folder = mkdtempSync(join(tmpdir(), 'stack-health-'));
  const file = join(folder, 'pack');
  writeFileSync(file, pack);
  const indexing = new PackIndexing(file, options);
  try {
    for (let at = 0; at < pack.length; at += piece) await indexing.add(pack.subarray(at, at + piece));
    return await indexing.finish();
  } finally {
    indexing.close();
    rmSync(folder, { recursive: true });
  }
}

/** Puts a right checksum under a pack that was tampered with. */
function resealed(pack: Buffer): Buffer {
  const body = pack.subarray(0, -20);
  return Buffer.concat([body, createHash('sha1').update(body).digest()]);
}

describe('indexPack', () => {
  test.each([
    ['deltas by offset', ['--delta-base-offset']],
    ['deltas by object id', []],
    ['no deltas', ['--window=0']],
  ])('makes the bytes git makes: %s', async (_, options) => {
    const { pack, index } = packOf(history(), ...options);
    const indexed = await indexPack(pack);
    expect(indexed.index.equals(index)).toBe(true);
    expect(indexed.checksum).toBe(pack.subarray(-20).toString('hex'));
  });

  test('knows what it holds', async () => {
    const repository = history();
    const { index } = await indexPack(packOf(repository).pack);
    const oids = repository.git('rev-list', '--objects', '--all', '--no-object-names').split('\n');
    expect(oids.every((oid) => indexHolds(index, oid))).toBe(true);
    expect(indexHolds(index, '0'.repeat(40))).toBe(false);
    expect(indexHolds(index, 'f'.repeat(40))).toBe(false);
  });

  test('a damaged, cut or lengthened pack is refused whatever byte it is', async () => {
    const { pack } = packOf(history(), '--delta-base-offset');
    for (let at = 0; at < pack.length; at += 97) {
      const damaged = Buffer.from(pack);
      damaged[at] = (damaged[at] ?? 0) ^ 0x21;
      await expect(indexPack(damaged)).rejects.toBeInstanceOf(BadPack);
    }
    const last = Buffer.from(pack);
    last[last.length - 1] = (last.at(-1) ?? 0) ^ 1;
    await expect(indexPack(last)).rejects.toThrow('checksum');
    await expect(indexPack(pack.subarray(0, 500))).rejects.toBeInstanceOf(BadPack);
    await expect(indexPack(resealed(pack.subarray(0, 500)))).rejects.toBeInstanceOf(BadPack);
    await expect(indexPack(resealed(Buffer.concat([pack, pack])))).rejects.toBeInstanceOf(BadPack);
    await expect(indexPack(Buffer.alloc(0))).rejects.toBeInstanceOf(BadPack);
  });

  test('a pack with a right checksum but wrong content never gets past as something else', async () => {
    const { pack, index } = packOf(history(), '--delta-base-offset');
    await fc.assert(
      fc.asyncProperty(fc.nat(pack.length - 21), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const damaged = Buffer.from(pack);
        damaged[at] = (damaged[at] ?? 0) ^ flip;
        const result = await indexPack(resealed(damaged)).catch((error: unknown) => error);
        if (result instanceof BadPack) return;
        // It may be whole in itself (a changed file name, say), but then its objects have other ids.
        expect(result).toHaveProperty('index');
        const made = (result as { index: Buffer }).index;
        expect(made.subarray(0, -40).equals(index.subarray(0, -40))).toBe(at === 7);
      }),
      { numRuns: 150, seed: 7 },
    );
  });

  test('several threads make of a large pack what git makes', async () => {
    const repository = testRepository();
    const lines: string[] = [];
    for (let i = 0; i < 8000; i++) {
      const text = `${i}\n`.repeat(20 + (i % 7));
      lines.push(`commit refs/heads/main\ncommitter Ada Example <ada@example.org> ${1_500_000_000 + i * 60} +0000`);
      lines.push(`data 2\nx\nM 100644 inline ${i % 50}.txt\ndata ${text.length}\n${text}`);
    }
    execFileSync('git', ['fast-import', '--quiet', '--force'], { cwd: repository.dir, input: `${lines.join('\n')}\n` });
    const { pack, index } = packOf(repository, '--delta-base-offset');
    const indexed = await indexPack(pack);
    expect(indexed.objects).toBeGreaterThan(20_000);
    expect(indexed.index.equals(index)).toBe(true);
    const abort = new AbortController();
    const stopped = indexPack(pack, { signal: abort.signal, progress: (done) => done > 100 && abort.abort() });
    await expect(stopped).rejects.toHaveProperty('name', 'AbortError');
  });

  test('a thin pack is refused', async () => {
    const repository = history();
    const target = join(temporaryFolder(), 'thin.pack');
    execFileSync(
      'sh',
      ['-c', `printf 'HEAD\\n^HEAD~3\\n' | git pack-objects --quiet --thin --revs --stdout > "${target}"`],
      {
        cwd: repository.dir,
      },
    );
    await expect(indexPack(readFileSync(target))).rejects.toThrow('objects it does not hold');
  });

  test.each([1, 7, 1000])('whatever pieces it comes in: of %i bytes', async (piece) => {
    const { pack, index } = packOf(history(), '--delta-base-offset');
    expect((await indexPack(pack, {}, piece)).index.equals(index)).toBe(true);
  });

  test('large objects, and large deltas, are not kept: what rests on them is made all the same', async () => {
    const repository = testRepository();
    const start = noise(1_500_000, 3);
    repository.commit({ files: { 'large.bin': start, 'zeros.bin': Buffer.alloc(3_000_000) } });
    repository.commit({ files: { 'large.bin': Buffer.concat([start, noise(1_300_000, 4)]) } });
    repository.commit({ files: { 'large.bin': Buffer.concat([start, noise(1_300_000, 4), Buffer.from('end')]) } });
    const { pack, index } = packOf(repository, '--delta-base-offset');
    expect((await indexPack(pack)).index.equals(index)).toBe(true);
    expect((await indexPack(pack, {}, 4999)).index.equals(index)).toBe(true);
    for (let at = 100; at < pack.length; at += 300_007) {
      const damaged = Buffer.from(pack);
      damaged[at] = (damaged[at] ?? 0) ^ 0x21;
      await expect(indexPack(damaged)).rejects.toBeInstanceOf(BadPack);
      await expect(indexPack(pack.subarray(0, at))).rejects.toThrow('breaks off');
    }
  });

  test('only deltas are left when the last byte has come', async () => {
    const { pack } = packOf(history(), '--delta-base-offset');
    const reader = new PackReader('');
    for (let at = 0; at < pack.length - 20; at += 500)
      await reader.add(pack.subarray(at, Math.min(at + 500, pack.length - 20)));
    const { table, deltas, expected } = reader;
    expect(table.count).toBe(expected);
    const named = Array.from({ length: expected }, (_, i) =>
      table.oids.subarray(i * 20, i * 20 + 20).some((byte) => byte > 0),
    );
    const whole = [...table.types.subarray(0, expected)].filter((type) => type <= TAG).length;
    expect(named.filter((one) => one)).toHaveLength(whole);
    expect(deltas).toBe(expected - whole);
    expect(deltas).toBeGreaterThan(10);
  });

  test('damage is found while the pack comes', async () => {
    const { pack } = packOf(history(), '--delta-base-offset');
    pack[200] = (pack[200] ?? 0) ^ 0x21;
    const reader = new PackReader('');
    await expect(reader.add(pack.subarray(0, 4000))).rejects.toBeInstanceOf(BadPack);
  });

  test('claims cost nothing: the memory of what has come, not of what is to come', async () => {
    const many = Buffer.concat([Buffer.from('PACK\0\0\0\x02\xff\xff\xff\xff', 'latin1'), Buffer.alloc(20)]);
    await expect(indexPack(resealed(many))).rejects.toBeInstanceOf(BadPack);
    // A blob of 2 ** 40 bytes, it says.
    const entry = Buffer.concat([Buffer.from('b08080808004', 'hex'), deflateSync(Buffer.alloc(1000))]);
    const huge = Buffer.concat([Buffer.from('PACK\0\0\0\x02\0\0\0\x01', 'latin1'), entry]);
    const reader = new PackReader('');
    await expect(reader.add(huge)).resolves.toBeUndefined();
    await expect(indexPack(resealed(Buffer.concat([huge, Buffer.alloc(20)])))).rejects.toThrow('wrong size');
    expect(reader.table.stash).toHaveLength(0);
    expect(reader.table.types.length).toBeLessThanOrEqual(1024);
  });
});

describe('encodeIndex', () => {
  test('offsets past two gigabytes go to the long table', () => {
    const index = encodeIndex({
      count: 2,
      oids: Buffer.concat([Buffer.alloc(20, 2), Buffer.alloc(20, 1)]),
      crcs: Uint32Array.of(7, 8),
      offsets: Float64Array.of(5_000_000_000, 12),
      packChecksum: Buffer.alloc(20),
    });
    const offsets = 8 + 1024 + 2 * 24;
    expect(index.readUInt32BE(offsets)).toBe(12);
    expect(index.readUInt32BE(offsets + 4)).toBe(0x80000000);
    expect(index.readBigUInt64BE(offsets + 8)).toBe(5_000_000_000n);
  });
});
