import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openHistory } from '../../../src/source/history.js';
import { objectFolders } from '../../../src/source/objects/object-folders.js';
import { temporaryFolder, TestRepository } from '../../fixtures/repository.js';

function revs(dir: string): string[] {
  const history = openHistory(dir, { refs: 'branches' });
  try {
    const { revs: found } = history.outline();
    for (const rev of found) history.actions(rev);
    return found;
  } finally {
    history.close();
  }
}

/** Whether git itself finds everything. */
function gitReads(dir: string): boolean {
  try {
    execFileSync('git', ['-C', dir, 'log', '--name-status', '--all'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** So many repositories, each of which borrows all from the one before; the names of their folders. */
function chain(length: number, path: (from: string, to: string) => string): string[] {
  const root = temporaryFolder();
  const first = new TestRepository(join(root, 'r0'));
  const rev = first.commit({ files: { 'a/b': '1' } });
  first.git('repack', '-adq');
  const names = [first.dir];
  for (let i = 1; i < length; i++) {
    const next = new TestRepository(join(root, `r${i}`));
    const objects = join(next.dir, '.git', 'objects');
    mkdirSync(join(objects, 'info'), { recursive: true });
    writeFileSync(join(objects, 'info', 'alternates'), `${path(objects, join(names.at(-1)!, '.git', 'objects'))}\n`);
    writeFileSync(join(next.dir, '.git', 'refs', 'heads', 'main'), `${rev}\n`);
    names.push(next.dir);
  }
  return names;
}

describe('borrowed objects (info/alternates)', () => {
  test.each([
    ['absolute', (_: string, to: string) => to],
    ['relative', (from: string, to: string) => relative(from, to)],
    ['quoted', (_: string, to: string) => `"${to}"`],
  ])('as deep as git follows them, and no deeper: %s paths', (_, path) => {
    const names = chain(9, path);
    const readable = names.map((dir) => {
      try {
        return revs(dir).length === 1;
      } catch {
        return false;
      }
    });
    expect(readable).toEqual(names.map(gitReads));
    expect(readable.slice(-3)).toEqual([true, false, false]);
  });

  test('a folder that is not there costs only what lay in it, and is named then', () => {
    const [lender, borrower] = chain(2, (_, to) => to);
    const own = new TestRepository(join(temporaryFolder(), 'own'));
    own.commit({ files: { a: '1' } });
    mkdirSync(join(own.dir, '.git', 'objects', 'info'), { recursive: true });
    appendFileSync(join(own.dir, '.git', 'objects', 'info', 'alternates'), '# gone\n/no/such/folder\n');
    expect(revs(own.dir)).toHaveLength(1);
    expect(objectFolders(join(own.dir, '.git', 'objects'))).toMatchObject({ absent: ['/no/such/folder'] });

    rmSync(join(lender!, '.git', 'objects'), { recursive: true });
    const gone = join(lender!, '.git', 'objects');
    expect(() => revs(borrower!)).toThrow(
      expect.objectContaining({ code: 'missing-object', hint: expect.stringContaining(gone) }),
    );
  });

  test('lists for HTTP, and variables of the environment, are none', () => {
    const [lender, borrower] = chain(2, (_, to) => to);
    const info = join(borrower!, '.git', 'objects', 'info');
    writeFileSync(join(info, 'http-alternates'), 'http://127.0.0.1:1/objects\n');
    expect(revs(borrower!)).toHaveLength(1);
    rmSync(join(info, 'alternates'));
    const before = process.env['GIT_ALTERNATE_OBJECT_DIRECTORIES'];
    process.env['GIT_ALTERNATE_OBJECT_DIRECTORIES'] = join(lender!, '.git', 'objects');
    try {
      expect(() => revs(borrower!)).toThrow(expect.objectContaining({ code: 'missing-object' }));
    } finally {
      if (before === undefined) delete process.env['GIT_ALTERNATE_OBJECT_DIRECTORIES'];
      else process.env['GIT_ALTERNATE_OBJECT_DIRECTORIES'] = before;
    }
  });

  test('an objects folder that is itself a symbolic link', () => {
    const [lender, borrower] = chain(2, (_, to) => to);
    const objects = join(borrower!, '.git', 'objects');
    rmSync(objects, { recursive: true });
    symlinkSync(join(lender!, '.git', 'objects'), objects);
    expect(revs(borrower!)).toHaveLength(1);
  });
});
