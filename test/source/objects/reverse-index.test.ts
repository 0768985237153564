import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openHistory } from '../../../src/source/history.js';
import { readPackIndex } from '../../../src/source/objects/pack-index.js';
import { ReverseIndex } from '../../../src/source/objects/reverse-index.js';
import { testRepository, type TestRepository } from '../../fixtures/repository.js';

/** One pack, most of whose objects are deltas of others, with the reverse index that git makes of it. */
function packed(commits: number): { repository: TestRepository; path: string } {
  const repository = testRepository();
  for (let i = 0; i < commits; i++) {
    const files: Record<string, string> = { a: `line ${i}\n${'and so on\n'.repeat(30)}` };
    if (i === 0) for (let k = 0; k < 20; k++) files[`part-${k}`] = `part ${k}`;
    repository.commit({ files, message: `Change ${i}\n\n${'words and more words '.repeat(20)}` });
  }
  repository.git('-c', 'pack.writeReverseIndex=true', 'repack', '-adfq', '--depth=40');
  const folder = join(repository.dir, '.git', 'objects', 'pack');
  const [name = ''] = readdirSync(folder).filter((file) => file.endsWith('.rev'));
  const path = join(folder, name.slice(0, -'.rev'.length));
  chmodSync(`${path}.rev`, 0o644);
  return { repository, path };
}

function everything({ dir }: TestRepository): unknown {
  const history = openHistory(dir, { refs: 'branches' });
  try {
    return history.outline().revs.map((rev) => [history.commit(rev), history.actions(rev)]);
  } finally {
    history.close();
  }
}

/** For each object of a pack, what is found where it begins. */
function found(path: string): (number | undefined)[] {
  const index = readPackIndex(`${path}.idx`);
  const reverse = ReverseIndex.read(`${path}.rev`, index);
  return Array.from({ length: index.count }, (_, i) => reverse?.find(index.offset(i)));
}

test('each object is found where it begins, and none in between', () => {
  const { path } = packed(12);
  const index = readPackIndex(`${path}.idx`);
  const reverse = ReverseIndex.read(`${path}.rev`, index);
  expect(found(path)).toEqual(Array.from({ length: index.count }, (_, i) => i));
  for (const offset of [0, 13, index.offset(0) + 1, 2 ** 40]) expect(reverse?.find(offset)).toBe(-1);
});

test.each<[string, (bytes: Buffer) => Buffer]>([
  [
    'in another order',
    (bytes) => Buffer.concat([bytes.subarray(0, 12), Buffer.from(bytes.subarray(12, -40).toReversed())]),
  ],
  ['of positions that are not there', (bytes) => bytes.fill(0xff, 12)],
  ['all the same', (bytes) => bytes.fill(0, 12)],
  ['cut short', (bytes) => bytes.subarray(0, 100)],
  ['of another kind', (bytes) => bytes.fill(0, 0, 12)],
])('one that is wrong misleads nobody: %s', (_, spoil) => {
  const { repository, path } = packed(80);
  const expected = everything(repository);
  writeFileSync(`${path}.rev`, spoil(readFileSync(`${path}.rev`)));
  for (const [i, position] of found(path).entries()) expect([i, -1, undefined]).toContain(position);
  expect(everything(repository)).toEqual(expected);
});

test('it need not be there', () => {
  const { repository, path } = packed(80);
  const expected = everything(repository);
  rmSync(`${path}.rev`);
  expect(found(path).every((position) => position === undefined)).toBe(true);
  expect(everything(repository)).toEqual(expected);
});
