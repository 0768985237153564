import { describe, expect, test } from 'vitest';
import type { ActionRecord } from '../../../src/model/record.js';
import { openHistory } from '../../../src/source/history.js';
import { testRepository } from '../../fixtures/repository.js';
import { gitActions, writeObject } from '../git-oracle.js';

const WHO = 'A <a@example.org> 1400000000 +0000';
const FILE = 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391';
const OTHER = '1234567890'.repeat(4);

function entry(mode: string, name: string, oid: string): Buffer {
  return Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(oid, 'hex')]);
}

/** What the second of two trees changed, as read and as git has it; `name`: of the tree object. */
function change(
  before: Buffer,
  after: Buffer,
): { actions: () => ActionRecord[]; git: () => ActionRecord[] | undefined; name: string } {
  const repository = testRepository();
  const [first, second] = [before, after].map((tree) => writeObject(repository.dir, 'tree', tree));
  const parent = writeObject(repository.dir, 'commit', `tree ${first}\nauthor ${WHO}\ncommitter ${WHO}\n\nx\n`);
  const content = `tree ${second}\nparent ${parent}\nauthor ${WHO}\ncommitter ${WHO}\n\nx\n`;
  const commit = writeObject(repository.dir, 'commit', content);
  repository.git('update-ref', 'refs/heads/main', commit);
  const history = openHistory(repository.dir, { refs: 'branches' });
  return {
    actions: () => history.actions(commit),
    git: () => gitActions(repository.dir, [commit]).get(commit),
    name: second,
  };
}

describe('modes', () => {
  test.each([
    ['group-writable is a plain file', '100664', '100644', []],
    ['executable in any way is executable', '100744', '100755', []],
    ['becoming executable is a change', '100644', '100755', ['M']],
    ['a leading zero means nothing', '0100644', '100644', []],
    ['a link is another type', '100644', '120000', ['T']],
    ['a submodule is another type', '100644', '160000', ['T']],
  ])('%s', (_, before, after, statuses) => {
    const { actions, git } = change(entry(before, 'a', FILE), entry(after, 'a', FILE));
    expect(actions().map((action) => action.status)).toEqual(statuses);
    expect(actions()).toEqual(git());
  });

  test('a submodule’s commit need not be there', () => {
    const { actions, git } = change(entry('160000', 'sub', FILE), entry('160000', 'sub', OTHER));
    expect(actions()).toEqual([{ status: 'M', path: 'sub' }]);
    expect(actions()).toEqual(git());
  });

  test('a folder with a leading zero is a folder', () => {
    const empty = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
    const { actions, git } = change(entry('040000', 'a', empty), entry('40000', 'a', empty));
    expect(actions()).toEqual([]);
    expect(actions()).toEqual(git());
  });
});

describe('malformed trees', () => {
  const good = entry('100644', 'a', FILE);

  test.each([
    ['cut in an id', Buffer.concat([good, entry('100644', 'b', FILE).subarray(0, 20)])],
    ['cut in a name', Buffer.concat([good, Buffer.from('100644 b')])],
    ['cut in a mode', Buffer.concat([good, Buffer.from('1006')])],
    ['with a mode that is no number', Buffer.concat([good, entry('10x644', 'b', FILE)])],
    ['with no mode', Buffer.concat([good, entry('', 'b', FILE)])],
    ['with no name', Buffer.concat([entry('100644', '', FILE), good])],
    ['of noise', Buffer.alloc(500, 0xff)],
  ])('%s are corrupt', (_, tree) => {
    const { actions, name } = change(good, tree);
    expect(actions).toThrow(
      expect.objectContaining({ code: 'corrupt-object', message: expect.stringContaining(name) }),
    );
  });

  test('a file where a folder must be is corrupt', () => {
    const repository = testRepository();
    const blob = writeObject(repository.dir, 'blob', 'x');
    const tree = writeObject(repository.dir, 'tree', entry('40000', 'a', blob));
    const commit = writeObject(repository.dir, 'commit', `tree ${tree}\nauthor ${WHO}\ncommitter ${WHO}\n\nx\n`);
    repository.git('update-ref', 'refs/heads/main', commit);
    const history = openHistory(repository.dir, { refs: 'branches' });
    expect(() => history.actions(commit)).toThrow(
      expect.objectContaining({
        code: 'corrupt-object',
        message: expect.stringContaining('a blob where a tree must be'),
      }),
    );
  });
});
