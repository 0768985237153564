import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CommitRecord } from '../../../src/model/record.js';
import { openHistory } from '../../../src/source/history.js';
import { testRepository } from '../../fixtures/repository.js';
import { gitOrder, writeObject } from '../git-oracle.js';

const TREE = 'tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n';
const IDENT = 'Ada Example <ada@example.org> 1400000000 +0200';

interface Read {
  record: CommitRecord;
  dir: string;
}

/** A commit object with exactly these headers (below the tree's) and message, read back. */
function read(headers: string | Buffer, message: string | Buffer = 'x\n'): Read {
  const repository = testRepository();
  const content = Buffer.concat([TREE, headers, '\n', message].map((part) => Buffer.from(part)));
  const rev = writeObject(repository.dir, 'commit', content);
  repository.git('update-ref', 'refs/heads/main', rev);
  return { record: openHistory(repository.dir, { refs: 'branches' }).commit(rev), dir: repository.dir };
}

function withIdent(ident: string | Buffer, extra = ''): Buffer {
  return Buffer.concat([Buffer.from('author '), Buffer.from(ident), Buffer.from(`\ncommitter ${IDENT}\n${extra}`)]);
}

const latin9 = (text: string): Buffer => Buffer.from(text.replace('€', '\xa4'), 'latin1');

describe('signatures', () => {
  test('are read as git reads them, however odd', () => {
    const idents = [
      IDENT,
      'Ada <ada@example.org> 1400000000 -0030',
      'Ada <ada@example.org> 1400000000 +0530',
      'Ada <ada@example.org> 0 +0000',
      'Ada <ada@example.org> 1400000000',
      'Ada <ada@example.org>',
      'Ada <ada@example.org> soon +0000',
      'Ada <ada@example.org> 1400000000 0200',
      'Ada <ada@example.org> 1400000000 +',
      'Ada <ada@example.org> 1400000000 -2',
      '<ada@example.org> 1400000000 +0000',
      ' <> 1400000000 +0000',
      '  Ada   Example   < ada@example.org > 1400000000 +0000',
      'Ada<ada@example.org>1400000000+0100',
      'Ada <ada@<example>.org> 1400000000 +0000',
      'Ada <ada <ada@example.org> 1400000000 +0000',
      'Ada > <ada@example.org> 1400000000 +0000',
      'Ada <ada@example.org> 99999999999999999999 +0100',
      'Ada <ada@example.org> 1400000000 +99999999999999',
    ];
    for (const ident of idents) {
      const { record, dir } = read(withIdent(ident));
      const args = ['log', '-1', '--format=%an%x00%ae%x00%at', 'main'];
      const [name, email, time] = execFileSync('git', args, { cwd: dir, encoding: 'utf8' }).split('\0');
      // Git prints the digits as they are; where it can't make a date of them it goes on with 0.
      const seconds = Number(time) < 2 ** 63 ? Number(time) : 0;
      expect({ ...record.author, zone: 0 }, ident).toEqual({ name, email, time: seconds, zone: 0 });
    }
  });

  test.each([
    ['+0200', 7200],
    ['-0030', -1800],
    ['+0530', 19_800],
    ['-0000', 0],
    ['+1', 60],
    ['+0290', 9000 + 3600],
    ['+051800', (518 * 60 + 0) * 60],
    ['+99999999999999', 0],
  ])('zone %s', (zone, seconds) => {
    expect(read(withIdent(`A <a> 1400000000 ${zone}`)).record.author.zone).toBe(seconds);
  });

  test('a line without an address is all name', () => {
    const { author } = read(withIdent('just a name')).record;
    expect(author).toEqual({ name: 'just a name', email: '', time: 0, zone: 0 });
  });

  test('missing lines leave blanks', () => {
    const { author, committer, message } = read('').record;
    expect([author.name, committer.email, message]).toEqual(['', '', 'x\n']);
  });
});

describe('texts', () => {
  test('are UTF-8, else ISO-8859-15, each by itself', () => {
    const { record } = read(withIdent(latin9('J\xf6rg <j\xf6rg@example.org> 1 +0000')), latin9('10 € caf\xe9\n'));
    expect(record.author).toMatchObject({ name: 'Jörg', email: 'jörg@example.org' });
    expect(record.message).toBe('10 € café\n');
    expect(read(withIdent('Jörg <j@example.org> 1 +0000'), 'Ünï 😀\n').record).toMatchObject({
      author: { name: 'Jörg' },
      message: 'Ünï 😀\n',
    });
  });

  test.each([
    ['ISO-8859-1', '\xa4\x80', '¤\x80'],
    ['latin1', '\xa4', '¤'],
    ['ISO-8859-15', '\xa4', '€'],
    ['koi8-r', '\xf0\xd2\xc9', 'При'],
    ['Shift_JIS', '\x83e\x83X', 'テス'],
    ['utf-8', '\xc3\xa9', 'é'],
    ['utf-8', '\xa4', '€'],
    ['no-such-encoding', '\xa4', '€'],
    ['euc-jp', '\xff', 'ÿ'],
  ])('in the encoding %s that the commit names, where it holds', (encoding, bytes, text) => {
    const { record } = read(withIdent(IDENT, `encoding ${encoding}\n`), Buffer.from(bytes, 'latin1'));
    expect(record.message).toBe(text);
  });

  test('NUL, a megabyte, and no message at all', () => {
    expect(read(withIdent(IDENT), 'a\0b\n').record.message).toBe('a\0b\n');
    const long = 'word '.repeat(210_000);
    expect(read(withIdent(IDENT), long).record.message).toBe(long);
    expect(read(withIdent(IDENT), '').record.message).toBe('');
  });

  test('headers that go on over several lines hide nothing and add nothing', () => {
    const signature = 'gpgsig -----BEGIN\n author Mallory <m@example.org> 1 +0000\n \n -----END\n';
    const merged = 'mergetag object 1234\n type commit\n encoding koi8-r\n \n text\n';
    const { record } = read(withIdent(IDENT, signature + merged), 'the message\n\nauthor x\n');
    expect(record.author.name).toBe('Ada Example');
    expect(record.message).toBe('the message\n\nauthor x\n');
  });
});

describe('odd commits', () => {
  test('what does not begin like a commit is corrupt', () => {
    const repository = testRepository();
    const rev = writeObject(repository.dir, 'commit', 'tree 12\n');
    writeFileSync(join(repository.dir, '.git', 'refs', 'tags', 'bad'), `${rev}\n`);
    expect(() => openHistory(repository.dir, { refs: 'branches' }).outline()).toThrow(
      expect.objectContaining({ code: 'corrupt-object', message: expect.stringContaining(rev) }),
    );
  });

  test('dates that run backwards, are missing, tie or have no bound are ordered as git orders them', () => {
    const repository = testRepository();
    const dates = ['5 +0000', '', '99999999999999999999999 +0000', '5 +0000', 'x', '-4 +0000', '7 +0000', '1400000000'];
    const made: string[] = [];
    dates.forEach((date, i) => {
      const parents = made.filter((_, k) => k === i - 2 || k === i - 3).map((rev) => `parent ${rev}\n`);
      const ident = `A <a@example.org> ${date}`;
      const content = `${TREE}${parents.join('')}author ${ident}\ncommitter ${ident}\n\n${i}\n`;
      made.push(writeObject(repository.dir, 'commit', content));
      repository.git('update-ref', `refs/heads/b${i % 4}`, made[i]);
    });
    const { revs } = openHistory(repository.dir, { refs: 'branches' }).outline();
    expect(revs).toEqual(gitOrder(repository.dir, ['--all']));
  });

  test('a parent named twice counts twice, as in git', () => {
    const repository = testRepository();
    const parent = repository.commit({ files: { a: '1' } });
    const content = `${TREE}parent ${parent}\nparent ${parent}\nauthor ${IDENT}\ncommitter ${IDENT}\n\nx\n`;
    repository.git('update-ref', 'refs/heads/main', writeObject(repository.dir, 'commit', content));
    const history = openHistory(repository.dir, { refs: 'branches' });
    const { revs, parents } = history.outline();
    expect(revs).toEqual(gitOrder(repository.dir, ['--all']));
    expect(parents[0]).toEqual([1, 1]);
    expect(history.actions(revs[0])).toEqual([{ status: 'DD', path: 'a' }]);
  });
});
