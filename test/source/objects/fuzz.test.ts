import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HealthError } from '../../../src/model/error.js';
import { openHistory } from '../../../src/source/history.js';
import { temporaryFolder, testRepository, type TestRepository } from '../../fixtures/repository.js';
import { appendingDelta, deltaSizeBytes, oidOf, writePack, type MadeEntry } from './made-pack.js';

const SECONDS = 1000;
const MEGABYTE = 1 << 20;
const OID = 20;

/** Everything there is to read as one value. */
function readAll(dir: string, options: { lenient?: boolean; renames?: boolean } = {}): unknown {
  const history = openHistory(dir, { refs: 'branches', renames: options.renames ?? false });
  try {
    const outline = history.outline();
    const lost = options.lenient ? () => undefined : undefined;
    return [outline, outline.revs.map((rev) => [history.commit(rev), history.actions(rev, lost)])];
  } finally {
    history.close();
  }
}

/** What reading came to: `right`, or the HealthError's code. Anything else fails the test. */
function outcome(dir: string, expected: unknown): string {
  let found: unknown;
  try {
    // As git, it believes the size a blob says it has before it compares two of them, so a pair may be overlooked.
    readAll(dir, { renames: true });
  } catch (error) {
    if (!(error instanceof HealthError)) throw error;
  }
  try {
    found = readAll(dir);
  } catch (error) {
    if (!(error instanceof HealthError)) throw error;
    expect(error.message).not.toContain('\n');
    return error.code;
  }
  expect(found).toEqual(expected);
  return 'right';
}

/** The same numbers in every run. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function text(version: number): string {
  return Array.from({ length: 40 }, (_, i) => `line ${i} of ${i < version ? version : 0}\n`).join('');
}

/** Deltas of trees and blobs by offset and by id, a rename, a tag, a merge. */
function packed(byOffset: boolean): TestRepository {
  const repository = testRepository();
  for (let i = 0; i < 6; i++) {
    const files: Record<string, string> = { 'src/main.c': text(i) };
    if (i === 0) for (let k = 0; k < 30; k++) files[`src/part-${k}.c`] = `part ${k}`;
    repository.commit({ files, message: `Change ${i}\n\n${'words and more words '.repeat(20)}` });
  }
  repository.git('checkout', '-q', '-b', 'side', 'HEAD~2');
  repository.commit({ files: { other: '1' } });
  repository.git('checkout', '-q', 'main');
  repository.merge(['side']);
  repository.commit({ files: { 'src/main.c': null, 'src/moved.c': text(7) } });
  repository.git('tag', '-a', '-m', 'One', 'v1');
  repository.git('-c', `repack.useDeltaBaseOffset=${byOffset}`, 'repack', '-adfq', '--depth=50', '--window=50');
  repository.git('pack-refs', '--all');
  return repository;
}

function packFile(dir: string, ending: string): string {
  const folder = join(dir, '.git', 'objects', 'pack');
  const file = join(
    folder,
    readdirSync(folder).find((name) => name.endsWith(ending))!,
  );
  chmodSync(file, 0o644);
  return file;
}

/** An index as its writer would have left it. */
function signed(index: Buffer): Buffer {
  createHash('sha1')
    .update(index.subarray(0, -OID))
    .digest()
    .copy(index, index.length - OID);
  return index;
}

let memory = 0;
let start = 0;
beforeEach(() => {
  memory = process.memoryUsage().rss;
  start = performance.now();
});
afterEach(() => {
  expect(process.memoryUsage().rss - memory).toBeLessThan(400 * MEGABYTE);
  expect(performance.now() - start).toBeLessThan(30 * SECONDS);
});

describe('packs and indexes with anything in them: an error, or the right rows', () => {
  test.each([
    ['.pack', true, 200],
    ['.pack', false, 200],
    ['.idx', true, 80],
  ])('bits flipped, bytes overwritten, pieces cut or swapped (%s, by offset: %s)', (ending, byOffset, rounds) => {
    const { dir } = packed(byOffset);
    const expected = readAll(dir);
    const file = packFile(dir, ending);
    const good = readFileSync(file);
    const next = random(byOffset ? 1 : 2);
    const seen = new Map<string, number>();
    for (let round = 0; round < rounds; round++) {
      let bad: Buffer = Buffer.from(good);
      const at = next(good.length);
      const other = next(good.length - 8);
      if (round % 5 === 0) bad[at]! ^= 1 << next(8);
      else if (round % 5 === 1) for (let i = 0; i < 4; i++) bad[next(good.length)] = next(256);
      else if (round % 5 === 2) bad = bad.subarray(0, at);
      else if (round % 5 === 3) bad = Buffer.concat([bad.subarray(0, at), bad.subarray(at + 1 + next(16))]);
      else good.copy(bad, Math.min(at, good.length - 8), other, other + 8);
      writeFileSync(file, bad);
      const found = outcome(dir, expected);
      seen.set(found, (seen.get(found) ?? 0) + 1);
    }
    writeFileSync(file, good);
    expect(outcome(dir, expected)).toBe('right');
    for (const code of seen.keys()) expect(['right', 'corrupt-object', 'missing-object']).toContain(code);
    expect(seen.get('corrupt-object')).toBeGreaterThan(rounds / 2);
  });

  test('a damaged index that is signed again', () => {
    const { dir } = packed(true);
    const expected = readAll(dir);
    const file = packFile(dir, '.idx');
    const good = readFileSync(file);
    const next = random(3);
    for (let round = 0; round < 80; round++) {
      const bad = Buffer.from(good);
      // Not the names: git too believes an index that calls an object by another's name.
      const count = good.readUInt32BE(8 + 4 * 255);
      const region = round % 2 === 0 ? 8 + 1024 + count * 24 : 0;
      bad[region + next(round % 2 === 0 ? count * 4 : 8 + 1024)] = next(256);
      writeFileSync(file, signed(bad));
      try {
        readAll(dir);
      } catch (error) {
        if (!(error instanceof HealthError)) throw error;
      }
    }
    writeFileSync(file, good);
    expect(outcome(dir, expected)).toBe('right');
  });

  test('entries of the index that were swapped', () => {
    const { dir } = packed(true);
    const expected = readAll(dir);
    const file = packFile(dir, '.idx');
    const good = readFileSync(file);
    const count = good.readUInt32BE(8 + 4 * 255);
    const offsets = 8 + 1024 + count * 24;
    const next = random(4);
    for (let round = 0; round < 40; round++) {
      const bad = Buffer.from(good);
      const [a, b] = [offsets + 4 * next(count), offsets + 4 * next(count)];
      good.copy(bad, a, b, b + 4);
      good.copy(bad, b, a, a + 4);
      writeFileSync(file, bad);
      expect(outcome(dir, expected)).toBe(a === b ? 'right' : 'corrupt-object');
    }
  });

  test('loose objects', () => {
    const repository = testRepository();
    repository.commit({ files: { 'src/a': '1\n'.repeat(30), b: '1' } });
    repository.commit({ files: { 'src/a': '2\n'.repeat(30) } });
    const expected = readAll(repository.dir);
    const folder = join(repository.dir, '.git', 'objects');
    const next = random(5);
    for (const name of repository.git('rev-list', '--all', '--objects').split('\n')) {
      const file = join(folder, name.slice(0, 2), name.slice(2, 40));
      const good = readFileSync(file);
      chmodSync(file, 0o644);
      for (let round = 0; round < 12; round++) {
        const bad = Buffer.from(good);
        bad[next(good.length)]! ^= 1 << next(8);
        writeFileSync(file, round % 3 === 0 ? bad.subarray(0, next(good.length)) : bad);
        expect(['right', 'corrupt-object']).toContain(outcome(repository.dir, expected));
      }
      writeFileSync(file, good);
    }
  });

  test('lenient reading ends too, and never invents a commit', () => {
    const { dir } = packed(true);
    const revs = openHistory(dir, { refs: 'branches' }).outline().revs;
    const file = packFile(dir, '.pack');
    const good = readFileSync(file);
    const next = random(6);
    for (let round = 0; round < 100; round++) {
      const bad = Buffer.from(good);
      for (let i = 0; i < 3; i++) bad[12 + next(good.length - 32)]! ^= 1 << next(8);
      writeFileSync(file, bad);
      try {
        const [outline] = readAll(dir, { lenient: true, renames: true }) as [{ revs: string[] }];
        expect(outline.revs).toEqual(revs);
      } catch (error) {
        if (!(error instanceof HealthError)) throw error;
      }
    }
  });
});

const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

function commitOf(tree: string, parent: string | null = null): MadeEntry {
  const lines = [`tree ${tree}`, ...(parent === null ? [] : [`parent ${parent}`])];
  for (const role of ['author', 'committer']) lines.push(`${role} A <a@example.org> 1400000000 +0000`);
  const data = Buffer.from(`${lines.join('\n')}\n\nx\n`);
  return { oid: oidOf('commit', data), type: 'commit', data };
}

/** A repository of one pack; its branch is at the last entry. */
function repositoryOf(entries: readonly MadeEntry[]): string {
  const { dir } = testRepository();
  writePack(join(dir, '.git'), entries);
  writeFileSync(join(dir, '.git', 'refs', 'heads', 'main'), `${entries.at(-1)!.oid}\n`);
  return dir;
}

function failure(dir: string): HealthError {
  try {
    readAll(dir);
  } catch (error) {
    if (error instanceof HealthError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

function treeEntry(name: string, oid = '1'.repeat(40)): Buffer {
  return Buffer.concat([Buffer.from(`100644 ${name}\0`), Buffer.from(oid, 'hex')]);
}

describe('packs made to harm', () => {
  test.each([true, false])('a chain of 10,000 deltas is read (by offset: %s)', (byOffset) => {
    const entries: MadeEntry[] = [];
    let tree = treeEntry('a');
    entries.push({ oid: oidOf('tree', tree), type: 'tree', data: tree });
    for (let i = 1; i <= 10_000; i++) {
      // The last entry changes its id and stays as long.
      const grown = treeEntry('a', i.toString(16).padStart(40, '0'));
      const data = appendingDelta(tree.length, 9, grown.subarray(9));
      const base = byOffset ? i - 1 : entries[i - 1]!.oid;
      entries.push({ oid: oidOf('tree', grown), type: 'delta', data, base });
      tree = grown;
    }
    const first = commitOf(entries[0]!.oid);
    const last = commitOf(entries.at(-1)!.oid, first.oid);
    const dir = repositoryOf([...entries, first, last]);
    const history = openHistory(dir, { refs: 'branches' });
    expect(history.actions(last.oid)).toEqual([{ status: 'M', path: 'a' }]);
  });

  test('deltas of each other', () => {
    const oids = Array.from({ length: 1000 }, (_, i) => oidOf('blob', Buffer.from(`ring ${i}`)));
    const ring = oids.map((oid, i): MadeEntry => {
      const data = appendingDelta(50, 10, Buffer.alloc(40));
      return { oid, type: 'delta', data, base: oids[(i + 1) % oids.length]! };
    });
    expect(failure(repositoryOf([...ring, commitOf(oids[0]!)])).message).toContain('a delta of itself');
    expect(failure(repositoryOf(ring)).code).toBe('corrupt-object');
  });

  test.each([2 ** 20, 2 ** 28, 2 ** 29 - 1, 2 ** 31, 2 ** 40, 2 ** 52])(
    'declared sizes of %i bytes: no room is made for them',
    (size) => {
      const before = process.memoryUsage();
      const oid = '1'.repeat(40);
      const whole: MadeEntry = { oid, type: 'tree', data: treeEntry('a'), size };
      expect(failure(repositoryOf([whole, commitOf(oid)])).code).toBe('corrupt-object');

      const base: MadeEntry = { oid: '2'.repeat(40), type: 'tree', data: treeEntry('a') };
      const longDelta: MadeEntry = {
        oid,
        type: 'delta',
        base: 0,
        size,
        data: appendingDelta(29, 29, Buffer.from('x')),
      };
      expect(failure(repositoryOf([base, longDelta, commitOf(oid)])).code).toBe('corrupt-object');

      const lie = Buffer.concat([deltaSizeBytes(29), deltaSizeBytes(size), Buffer.from([0x90, 29])]);
      const bigResult: MadeEntry = { oid, type: 'delta', base: 0, data: lie };
      expect(failure(repositoryOf([base, bigResult, commitOf(oid)])).code).toBe('corrupt-object');

      const { dir } = testRepository();
      const commit = commitOf(EMPTY_TREE);
      const folder = join(dir, '.git', 'objects', commit.oid.slice(0, 2));
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, commit.oid.slice(2)), deflateSync(Buffer.from(`commit ${size}\0tree`)));
      writeFileSync(join(dir, '.git', 'refs', 'heads', 'main'), commit.oid);
      expect(failure(dir).code).toBe('corrupt-object');
      const after = process.memoryUsage();
      expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(150 * MEGABYTE);
    },
  );

  test.each([
    ['a copy from beyond the base', Buffer.from([0x91, 27, 29])],
    ['an instruction that is reserved', Buffer.from([0])],
    ['text that is cut off', Buffer.from([29, 1, 2])],
    ['a copy whose length is cut off', Buffer.from([0xf0])],
    ['nothing', Buffer.alloc(0)],
  ])('a delta with %s', (_, instructions) => {
    const oid = '1'.repeat(40);
    const base: MadeEntry = { oid: '2'.repeat(40), type: 'tree', data: treeEntry('a') };
    const data = Buffer.concat([deltaSizeBytes(29), deltaSizeBytes(29), instructions]);
    const dir = repositoryOf([base, { oid, type: 'delta', base: 0, data }, commitOf(oid)]);
    expect(failure(dir).message).toMatch(/does not fit its base/);
  });
});

describe('what else may lie in an objects folder', () => {
  test('a multi-pack-index changes nothing, be it right or wrong', () => {
    const repository = packed(true);
    repository.commit({ files: { late: '1' } });
    repository.git('repack', '-dq');
    repository.git('pack-refs', '--all');
    const expected = readAll(repository.dir);
    repository.git('multi-pack-index', 'write', '--bitmap');
    const file = join(repository.dir, '.git', 'objects', 'pack', 'multi-pack-index');
    expect(existsSync(file)).toBe(true);
    expect(outcome(repository.dir, expected)).toBe('right');
    chmodSync(file, 0o644);
    writeFileSync(file, 'no index at all');
    expect(outcome(repository.dir, expected)).toBe('right');
    rmSync(file);
    repository.commit({ files: { later: '1' } });
    repository.git('repack', '-d', '-q', '--geometric=2', '--write-midx', '--write-bitmap-index');
    repository.git('multi-pack-index', 'repack');
    repository.git('multi-pack-index', 'expire');
    expect(openHistory(repository.dir, { refs: 'branches' }).outline().revs).toHaveLength(11);
    expect(readAll(repository.dir)).toBeInstanceOf(Array);
  });

  test('a pack without its index is none; an index without its pack neither', () => {
    const repository = packed(true);
    const [pack, index] = ['.pack', '.idx'].map((ending) => packFile(repository.dir, ending));
    const [packBytes, indexBytes] = [readFileSync(pack!), readFileSync(index!)];
    rmSync(index!);
    const hint = expect.stringMatching(/^pack-[0-9a-f]{40}\.pack has no index: git index-pack makes one$/);
    expect(failure(repository.dir)).toMatchObject({ code: 'missing-object', hint });
    // Nor does git itself read a pack with a multi-pack-index only.
    writeFileSync(index!, indexBytes);
    repository.git('multi-pack-index', 'write');
    rmSync(index!);
    expect(() => repository.git('log', '-1', '--name-status')).toThrow();
    expect(failure(repository.dir)).toMatchObject({ code: 'missing-object', hint });
    rmSync(join(repository.dir, '.git', 'objects', 'pack', 'multi-pack-index'), { force: true });
    writeFileSync(index!, indexBytes);
    rmSync(pack!);
    expect(failure(repository.dir)).toMatchObject({ code: 'missing-object' });
    writeFileSync(pack!, packBytes);
    writeFileSync(join(repository.dir, '.git', 'objects', 'pack', 'tmp_pack_x'), 'half');
    expect(readAll(repository.dir)).toBeInstanceOf(Array);
  });

  test('repositories that borrow from each other in a ring, and from themselves', () => {
    const repository = packed(true);
    const expected = readAll(repository.dir);
    const other = join(temporaryFolder(), 'other');
    repository.git('clone', '-q', '--bare', '--shared', '.', other);
    const own = join(repository.dir, '.git', 'objects');
    writeFileSync(join(own, 'info', 'alternates'), `${join(other, 'objects')}\n${own}\n../objects\n`);
    expect(outcome(repository.dir, expected)).toBe('right');
    expect(openHistory(other, { refs: 'branches' }).outline().revs).toHaveLength(9);
  });

  test('all is packed anew, over and over, while it is read', () => {
    const repository = packed(true);
    const expected = readAll(repository.dir, { renames: true });
    const history = openHistory(repository.dir, { refs: 'branches', renames: true });
    const outline = history.outline();
    const found = outline.revs.map((rev, i) => {
      repository.git('repack', '-adfq', `--window=${i % 3}`, i % 2 === 0 ? '--no-write-bitmap-index' : '-l');
      return [history.commit(rev), history.actions(rev)];
    });
    history.close();
    expect([outline, found]).toEqual(expected);
  });
});
