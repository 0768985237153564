import { createHash } from 'node:crypto';
import { closeSync, ftruncateSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openHistory } from '../../../src/source/history.js';
import { encodeIndex } from '../../../src/source/transport-index-file.js';
import { testRepository } from '../../fixtures/repository.js';
import { gitActions } from '../git-oracle.js';
import { appendingDelta, encodedEntry, oidOf, type MadeEntry } from './made-pack.js';

const GIGABYTE = 2 ** 30;

test('objects beyond 2, 4 and 6 gigabytes of a pack, with deltas of what lies gigabytes before', () => {
  const repository = testRepository();
  const { dir } = repository;
  const treeOf = (oid: string) => Buffer.concat([Buffer.from('100644 a\0'), Buffer.from(oid, 'hex')]);
  const blobs = ['1\n', '2\n'].map((text): MadeEntry => {
    const data = Buffer.from(text);
    return { oid: oidOf('blob', data), type: 'blob', data };
  });
  const trees = blobs.map(({ oid }) => treeOf(oid));
  const [first, second] = trees.map((data) => ({ oid: oidOf('tree', data), data }));
  const commit = (tree: string, parent: string | null): MadeEntry => {
    const who = 'A <a@example.org> 1400000000 +0000';
    const parents = parent === null ? '' : `parent ${parent}\n`;
    const data = Buffer.from(`tree ${tree}\n${parents}author ${who}\ncommitter ${who}\n\nx\n`);
    return { oid: oidOf('commit', data), type: 'commit', data };
  };
  const older = commit(first!.oid, null);
  const newer = commit(second!.oid, older.oid);
  const delta = appendingDelta(first!.data.length, 9, second!.data.subarray(9));
  const placed: [number, MadeEntry][] = [
    [12, { ...first!, type: 'tree' }],
    [2 * GIGABYTE - 5, blobs[0]!],
    [2 * GIGABYTE + 100, blobs[1]!],
    [4 * GIGABYTE + 7, older],
    [4 * GIGABYTE + 1000, { oid: second!.oid, type: 'delta', base: 0, data: delta }],
    [6 * GIGABYTE, newer],
  ];

  // A file with holes: it takes a few blocks of the disk.
  const end = 6 * GIGABYTE + 1000;
  const folder = join(dir, '.git', 'objects', 'pack');
  const name = join(folder, `pack-${'1'.repeat(40)}`);
  const packChecksum = createHash('sha1').update('nobody adds up six gigabytes').digest();
  const pack = openSync(`${name}.pack`, 'w');
  try {
    const head = Buffer.from('PACK\0\0\0\x02\0\0\0\0', 'latin1');
    head.writeUInt32BE(placed.length, 8);
    writeSync(pack, head, 0, 12, 0);
    for (const [at, entry] of placed) {
      const bytes = encodedEntry(entry, at, [12]);
      writeSync(pack, bytes, 0, bytes.length, at);
    }
    writeSync(pack, packChecksum, 0, 20, end);
    ftruncateSync(pack, end + 20);
  } finally {
    closeSync(pack);
  }
  const index = encodeIndex({
    count: placed.length,
    oids: Buffer.concat(placed.map(([, { oid }]) => Buffer.from(oid, 'hex'))),
    crcs: new Uint32Array(placed.length),
    offsets: Float64Array.from(placed, ([at]) => at),
    packChecksum,
  });
  writeFileSync(`${name}.idx`, index);
  writeFileSync(join(dir, '.git', 'refs', 'heads', 'main'), `${newer.oid}\n`);

  const history = openHistory(dir, { refs: 'branches' });
  const { revs } = history.outline();
  expect(revs).toEqual([newer.oid, older.oid]);
  const expected = gitActions(dir, revs);
  for (const rev of revs) expect(history.actions(rev)).toEqual(expected.get(rev));
  expect(history.actions(newer.oid)).toEqual([{ status: 'M', path: 'a' }]);
  history.close();
  rmSync(`${name}.pack`);
});
