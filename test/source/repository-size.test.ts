import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packedObjects } from '../../src/source/repository-size.js';
import { temporaryFolder, testRepository } from '../fixtures/repository.js';

test('counts what packs hold by the sizes of their indexes, borrowed ones too', () => {
  const repository = testRepository();
  for (let i = 0; i < 20; i++) repository.commit({ files: { [`file${i}`]: `${i}` } });
  expect(packedObjects(repository.dir)).toBe(0);
  repository.git('repack', '--quiet', '-a', '-d');
  const [, packed] = /^in-pack: (\d+)$/m.exec(repository.git('count-objects', '-v'))!;
  expect(packedObjects(repository.dir)).toBe(Number(packed));

  const borrower = testRepository();
  writeFileSync(join(borrower.dir, '.git/objects/info/alternates'), join(repository.dir, '.git/objects'));
  expect(packedObjects(borrower.dir)).toBe(Number(packed));
});

test('is 0 where there is no repository', () => {
  expect(packedObjects(join(temporaryFolder(), 'nowhere'))).toBe(0);
});
