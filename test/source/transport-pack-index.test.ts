import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeIndex, indexHolds } from '../../src/source/transport-index-file.js';
import { indexPack } from '../../src/source/transport-pack-index.js';
import { BadPack } from '../../src/source/transport-pack-table.js';
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
    const shared = Buffer.from(new SharedArrayBuffer(pack.length));
    pack.copy(shared);
    const indexed = await indexPack(shared);
    expect(indexed.objects).toBeGreaterThan(20_000);
    expect(indexed.index.equals(index)).toBe(true);
    const abort = new AbortController();
    const stopped = indexPack(shared, { signal: abort.signal, progress: (done) => done > 100 && abort.abort() });
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

  test('a header that claims what cannot be costs nothing', async () => {
    const pack = Buffer.from('PACK\0\0\0\x02\xff\xff\xff\xff', 'latin1');
    await expect(indexPack(resealed(Buffer.concat([pack, Buffer.alloc(20)])))).rejects.toThrow('fewer objects');
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
