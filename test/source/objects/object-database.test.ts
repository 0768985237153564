import {
  chmodSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { HealthError } from '../../../src/model/error.js';
import { openHistory } from '../../../src/source/history.js';
import { temporaryFolder, testRepository, type TestRepository } from '../../fixtures/repository.js';
import { fastImport, gitActions } from '../git-oracle.js';

/** A few commits over folders that change a little each time, so that packing them makes chains of deltas. */
function busyRepository(commits = 12): TestRepository {
  const repository = testRepository();
  for (let i = 0; i < commits; i++) {
    const files: Record<string, string> = { 'src/main.c': `line ${i}\n`.repeat(20) };
    if (i === 0) for (let k = 0; k < 40; k++) files[`src/part-${k}.c`] = `part ${k}`;
    repository.commit({ files, message: `Change ${i}\n\n${'words and more words '.repeat(20)}` });
  }
  return repository;
}

/** Everything there is to read, as one value. */
function readAll(dir: string): unknown {
  const history = openHistory(dir, { refs: 'branches' });
  try {
    const outline = history.outline();
    return [outline, outline.revs.map((rev) => [history.commit(rev), history.actions(rev)])];
  } finally {
    history.close();
  }
}

function packs(dir: string, ending: string): string[] {
  const folder = join(dir, '.git', 'objects', 'pack');
  const names = readdirSync(folder).filter((name) => name.endsWith(ending));
  return names.map((name) => {
    chmodSync(join(folder, name), 0o644);
    return join(folder, name);
  });
}

function healthError(run: () => unknown): HealthError {
  try {
    run();
  } catch (error) {
    if (error instanceof HealthError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

describe('where objects lie', () => {
  test('loose, packed, in several packs, or partly each: all read the same', () => {
    const repository = busyRepository();
    const loose = readAll(repository.dir);
    repository.git('repack', '-adfq', '--depth=40', '--window=20');
    expect(readAll(repository.dir)).toEqual(loose);
    const byOffset = statSync(packs(repository.dir, '.pack')[0]).size;
    repository.git('-c', 'repack.usedeltabaseoffset=false', 'repack', '-adfq', '--depth=40', '--window=20');
    expect(readAll(repository.dir)).toEqual(loose);
    // Named by id instead of by distance, the bases take more room.
    expect(statSync(packs(repository.dir, '.pack')[0]).size).toBeGreaterThan(byOffset + 100);

    repository.commit({ files: { 'src/new.c': 'x' } });
    repository.git('repack', '-dq');
    repository.commit({ files: { 'src/newer.c': 'x' } });
    expect(packs(repository.dir, '.pack')).toHaveLength(2);
    const history = openHistory(repository.dir, { refs: 'branches' });
    expect(history.outline().revs).toHaveLength(14);
    expect(history.actions(history.outline().revs[0])).toEqual([{ status: 'A', path: 'src/newer.c' }]);
  });

  test('long chains of deltas', () => {
    const repository = testRepository();
    const lines = ['blob', 'mark :1', 'data 1', 'x'];
    for (let i = 0; i < 40; i++) {
      lines.push('commit refs/heads/main', `committer A <a@example.org> ${1_400_000_000 + i} +0000`, 'data 1', 'x');
      // The first makes all files; each later one adds one more, so that its tree is a delta of the one before.
      for (let k = i === 0 ? -30 : i; k <= i; k++) lines.push(`M 100644 :1 part-${k}`);
      lines.push('');
    }
    fastImport(repository.dir, Buffer.from(lines.join('\n')));
    const chains = repository.git('verify-pack', '-v', ...packs(repository.dir, '.idx'));
    expect(chains).toMatch(/chain length = 3\d/);
    const history = openHistory(repository.dir, { refs: 'branches' });
    const { revs } = history.outline();
    expect(revs).toHaveLength(40);
    const expected = gitActions(repository.dir, revs);
    for (const rev of revs) expect(history.actions(rev)).toEqual(expected.get(rev));
  });

  test('packs with 64-bit offsets', () => {
    const repository = busyRepository(3);
    const loose = readAll(repository.dir);
    repository.git('repack', '-adq');
    const [pack] = packs(repository.dir, '.pack');
    rmSync(pack.replace(/pack$/, 'idx'));
    repository.git('index-pack', '--index-version=2,0x40', pack);
    expect(readAll(repository.dir)).toEqual(loose);
  });

  test('borrowed from another repository, and from one that borrows itself', () => {
    const repository = busyRepository(4);
    const expected = openHistory(repository.dir, { refs: 'branches' }).outline();
    repository.git('repack', '-adq');
    const first = join(temporaryFolder(), 'first');
    const second = join(temporaryFolder(), 'second');
    repository.git('clone', '-q', '--shared', '.', first);
    repository.git('clone', '-q', '--shared', first, second);
    const history = openHistory(second, { refs: 'branches' });
    expect(history.outline().revs).toEqual(expected.revs);
  });

  test.each<[string, string[]]>([
    ['a loose object still to come is packed', ['repack', '-dq']],
    ['all is packed anew', ['repack', '-adfq']],
    ['loose objects are packed', []],
  ])('found again when git repacks underneath: %s', (_, before) => {
    const repository = busyRepository(6);
    if (before.length > 0) repository.git(...before);
    if (before.includes('-dq')) repository.commit({ files: { 'src/new.c': 'x' } });
    const expected = readAll(repository.dir);
    const history = openHistory(repository.dir, { refs: 'branches' });
    // Either before anything was read, or with only the commits known.
    if (before.length === 0) history.outline();
    const old = packs(repository.dir, '.pack');
    repository.git('repack', '-adfq', '--window=0');
    repository.git('prune-packed');
    for (const pack of old) expect(packs(repository.dir, '.pack')).not.toContain(pack);
    const outline = history.outline();
    expect([outline, outline.revs.map((rev) => [history.commit(rev), history.actions(rev)])]).toEqual(expected);
  });
});

describe('damage', () => {
  test('a bit flipped anywhere in a pack or index is a HealthError, or changes nothing', () => {
    const repository = busyRepository(5);
    repository.git('repack', '-adfq');
    const expected = readAll(repository.dir);
    for (const file of [...packs(repository.dir, '.pack'), ...packs(repository.dir, '.idx')]) {
      const good = readFileSync(file);
      const step = Math.max(1, Math.floor(good.length / 100));
      const found = new Map<string, number>();
      for (let at = 0; at < good.length; at += step) {
        const bad = Buffer.from(good);
        bad[at] ^= 1 << (at % 8);
        writeFileSync(file, bad);
        let outcome = 'unharmed';
        try {
          expect(readAll(repository.dir)).toEqual(expected);
        } catch (error) {
          if (!(error instanceof HealthError)) throw error;
          outcome = error.code;
          expect(error.message).not.toContain('\n');
        }
        found.set(outcome, (found.get(outcome) ?? 0) + 1);
      }
      writeFileSync(file, good);
      expect(found.get('corrupt-object')).toBeGreaterThan(0);
      for (const outcome of found.keys()) expect(['unharmed', 'corrupt-object', 'missing-object']).toContain(outcome);
    }
    expect(readAll(repository.dir)).toEqual(expected);
  });

  test('a pack cut short names the pack', () => {
    const repository = busyRepository(3);
    repository.git('repack', '-adq');
    const [pack] = packs(repository.dir, '.pack');
    truncateSync(pack, readFileSync(pack).length - 30);
    const error = healthError(() => readAll(repository.dir));
    expect(error.code).toBe('corrupt-object');
    expect(error.message).toMatch(/in pack-[0-9a-f]{40}\.pack is corrupt: .*cut short/);
  });

  test('a size that the pack cannot hold is refused before it is believed', () => {
    const repository = testRepository();
    repository.commit();
    repository.git('repack', '-adq');
    const [pack] = packs(repository.dir, '.pack');
    const bytes = readFileSync(pack);
    // The first entry: a commit whose size now goes on for nine bytes of ones.
    const lie = Buffer.concat([Buffer.from([0x9f, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]), bytes.subarray(19)]);
    writeFileSync(pack, Buffer.concat([bytes.subarray(0, 12), lie]));
    const error = healthError(() => readAll(repository.dir));
    expect(error.message).toMatch(/claims \d+ bytes/);
  });

  test('a delta of itself does not run forever', () => {
    const repository = testRepository();
    const rev = repository.commit();
    repository.git('repack', '-adq');
    const [pack] = packs(repository.dir, '.pack');
    const [index] = packs(repository.dir, '.idx');
    const offset = Number(
      new RegExp(`^${rev} commit .* (\\d+)$`, 'm').exec(repository.git('verify-pack', '-v', index))?.[1],
    );
    const bytes = readFileSync(pack);
    const entry = Buffer.concat([Buffer.from([0x71]), Buffer.from(rev, 'hex'), deflateSync(Buffer.from([0]))]);
    entry.copy(bytes, offset);
    writeFileSync(pack, bytes);
    expect(healthError(() => readAll(repository.dir)).message).toContain('a delta of itself');
  });

  test('loose objects: damaged, of another size than they say, or missing', () => {
    const repository = testRepository();
    const rev = repository.commit({ files: { a: '1' } });
    const file = join(repository.dir, '.git', 'objects', rev.slice(0, 2), rev.slice(2));
    const good = readFileSync(file);
    chmodSync(file, 0o644);
    writeFileSync(file, good.subarray(0, 30));
    expect(healthError(() => readAll(repository.dir)).code).toBe('corrupt-object');
    writeFileSync(file, deflateSync(Buffer.from('commit 99\0tree')));
    expect(healthError(() => readAll(repository.dir)).message).toContain('it has not the size it says');
    writeFileSync(file, '');
    expect(healthError(() => readAll(repository.dir)).message).toContain(rev);
    renameSync(file, `${file}.away`);
    const error = healthError(() => readAll(repository.dir));
    expect(error.code).toBe('missing-object');
    expect(error.message).toContain('refs/heads/main');
  });

  test('a missing tree and a missing parent are named', () => {
    const repository = testRepository();
    const parent = repository.commit({ files: { 'a/b': '1' } });
    const tree = repository.git('rev-parse', 'HEAD:a');
    repository.commit({ files: { 'a/b': '2' } });
    const objects = join(repository.dir, '.git', 'objects');
    rmSync(join(objects, tree.slice(0, 2), tree.slice(2)));
    expect(healthError(() => readAll(repository.dir)).message).toContain(`tree ${tree} (a) is missing`);
    rmSync(join(objects, parent.slice(0, 2), parent.slice(2)));
    expect(healthError(() => readAll(repository.dir)).message).toContain(`commit ${parent}, a parent of`);
  });

  test('an index of version 1 says what to do', () => {
    const repository = busyRepository(2);
    repository.git('repack', '-adq');
    const [pack] = packs(repository.dir, '.pack');
    rmSync(pack.replace(/pack$/, 'idx'));
    repository.git('index-pack', '--index-version=1', pack);
    const error = healthError(() => readAll(repository.dir));
    expect(error.message).toContain('version 1');
    expect(error.hint).toContain('git repack');
  });
});

test('a tree that unfolds without end is stopped', () => {
  const repository = testRepository();
  const blob = execFileSync('git', ['hash-object', '-w', '--stdin'], {
    cwd: repository.dir,
    input: '',
    encoding: 'utf8',
  });
  let line = `100644 blob ${blob.trim()}`;
  for (let level = 0; level < 8; level++) {
    const input = Array.from({ length: 10 }, (_, i) => `${line}\tn${i}\n`).join('');
    const tree = execFileSync('git', ['mktree'], { cwd: repository.dir, input, encoding: 'utf8' });
    line = `040000 tree ${tree.trim()}`;
  }
  const commit = repository.git('commit-tree', '-m', 'bomb', line.slice(-40));
  repository.git('update-ref', 'refs/heads/main', commit);
  expect(healthError(() => readAll(repository.dir)).message).toContain('more than 2000000 changes');
});
