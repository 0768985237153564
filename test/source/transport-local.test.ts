import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { obtain } from '../../src/source/transport.js';
import { temporaryFolder, TestRepository, testRepository } from '../fixtures/repository.js';
import { failureOf, project } from './transport-setup.js';

const clones = '/nowhere/clones';
const pathOf = (url: string) => obtain(project(url), { clones });

describe('a local repository is read in place', () => {
  test('with a work tree, bare, and as file://', async () => {
    const repository = new TestRepository(join(temporaryFolder(), 'with space %41'));
    repository.commit();
    const bare = join(temporaryFolder(), 'bare.git');
    repository.git('clone', '--quiet', '--bare', '.', bare);
    expect(await pathOf(repository.dir)).toBe(join(repository.dir, '.git'));
    expect(await pathOf(join(repository.dir, '.git'))).toBe(join(repository.dir, '.git'));
    expect(await pathOf(bare)).toBe(bare);
    expect(await pathOf(pathToFileURL(repository.dir).href)).toBe(join(repository.dir, '.git'));
  });

  test('a linked work tree and a submodule lead to their repositories', async () => {
    const repository = testRepository();
    repository.commit();
    const linked = join(temporaryFolder(), 'linked');
    repository.git('worktree', 'add', '--quiet', '-b', 'side', linked);
    expect(await pathOf(linked)).toBe(join(repository.dir, '.git'));
    const outer = testRepository();
    outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', repository.dir, 'inner');
    expect(await pathOf(join(outer.dir, 'inner'))).toBe(join(outer.dir, '.git/modules/inner'));
  });
});

describe('what is no repository', () => {
  test('a path that is not there', async () => {
    const error = await failureOf(pathOf('/nowhere/at all'));
    expect(error.code).toBe('not-found');
    expect(error.hint).toBeTruthy();
    expect((await failureOf(pathOf('file:///nowhere'))).code).toBe('not-found');
  });

  test('a file, an empty folder, a broken .git file, an empty .git folder', async () => {
    const dir = temporaryFolder();
    writeFileSync(join(dir, 'file'), 'x');
    for (const name of ['empty', 'broken', 'hollow']) mkdirSync(join(dir, name));
    writeFileSync(join(dir, 'broken/.git'), 'gitdir: /nowhere/else\n');
    mkdirSync(join(dir, 'hollow/.git'));
    for (const name of ['file', 'empty', 'broken', 'hollow', 'file/below']) {
      const error = await failureOf(pathOf(join(dir, name)));
      expect(error.code, name).toBe(name === 'file/below' ? 'not-found' : 'no-repository');
      expect(error.message).toContain(name);
    }
  });
});
