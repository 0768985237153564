import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeFolder } from '../../src/files/folder.js';
import { writeWhole } from '../../src/files/whole-file.js';
import { HealthError } from '../../src/model/error.js';
import { temporaryFolder } from '../fixtures/repository.js';

function refusal(work: () => void): HealthError {
  try {
    work();
  } catch (error) {
    if (error instanceof HealthError) return error;
    throw error;
  }
  throw new Error('it worked');
}

describe('makeFolder', () => {
  test('makes what is missing, and minds nothing that is there', () => {
    const dir = temporaryFolder();
    makeFolder(join(dir, 'a/b/c'));
    makeFolder(join(dir, 'a/b/c'));
    expect(existsSync(join(dir, 'a/b/c'))).toBe(true);
    writeFileSync(join(dir, 'file'), '');
    expect(() => makeFolder(join(dir, 'file'))).toThrow('EEXIST');
    expect(() => makeFolder(join(dir, 'file/below'))).toThrow('ENOTDIR');
  });

  test.skipIf(!existsSync('/proc/self'))('gives up where nothing can be made (needs /proc)', () => {
    expect(() => makeFolder('/proc/nothing/at/all')).toThrow(/ENOENT|EACCES|EPERM/);
  });
});

describe('writeWhole', () => {
  test('writes a new file with its folders, and replaces an old one', () => {
    const file = join(temporaryFolder(), 'a/b.txt');
    writeWhole(file, 'one');
    writeWhole(file, 'two');
    expect(readFileSync(file, 'utf8')).toBe('two');
    expect(readdirSync(join(file, '..'))).toEqual(['b.txt']);
  });

  test('keeps what exists where only a new file is wanted', () => {
    const file = join(temporaryFolder(), 'b.txt');
    writeWhole(file, 'one', { onlyNew: true });
    expect(refusal(() => writeWhole(file, 'two', { onlyNew: true })).message).toContain('exists already');
    expect(readFileSync(file, 'utf8')).toBe('one');
  });

  test('writes through a link, and says what is in the way', () => {
    const dir = temporaryFolder();
    const [target, link] = [join(dir, 'target'), join(dir, 'link')];
    writeFileSync(target, 'old');
    symlinkSync(target, link);
    writeWhole(link, 'new');
    expect(readFileSync(target, 'utf8')).toBe('new');
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    mkdirSync(join(dir, 'folder'));
    expect(refusal(() => writeWhole(join(dir, 'folder'), 'x')).message).toContain('that is a folder');
    expect(refusal(() => writeWhole(join(target, 'x'), 'x')).code).toBe('not-writable');
    expect(readdirSync(dir).sort()).toEqual(['folder', 'link', 'target']);
  });
});
