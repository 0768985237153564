import {
  appendFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ErrorCode, HealthError } from '../../src/model/error.js';
import { openHistory } from '../../src/source/history.js';
import { openRepository } from '../../src/source/repository.js';
import { temporaryFolder, testRepository, type TestRepository } from '../fixtures/repository.js';

function smallRepository(): TestRepository {
  const repository = testRepository();
  repository.commit({ files: { a: '1' } });
  repository.commit({ files: { a: '2' } });
  return repository;
}

function revs(path: string): string[] {
  return openHistory(path, { refs: 'branches' }).outline().revs;
}

/** Matches a HealthError by code and a part of its message. */
function refusal(code: ErrorCode, message = ''): Partial<HealthError> {
  return expect.objectContaining({ code, message: expect.stringContaining(message) });
}

describe('a repository is found', () => {
  test('by its work tree and by its .git folder', () => {
    const { dir } = smallRepository();
    expect(revs(dir)).toHaveLength(2);
    expect(revs(join(dir, '.git'))).toEqual(revs(dir));
    expect(openRepository(join(dir, '.git')).bare).toBe(false);
  });

  test('when it is bare, with or without a config', () => {
    const repository = smallRepository();
    const bare = join(temporaryFolder(), 'bare');
    repository.git('clone', '-q', '--bare', '.', bare);
    expect(openRepository(bare).bare).toBe(true);
    rmSync(join(bare, 'config'));
    expect(openRepository(bare).bare).toBe(true);
    expect(revs(bare)).toEqual(revs(repository.dir));
  });

  test('through the .git file of a linked worktree, with its own HEAD', () => {
    const repository = smallRepository();
    const linked = join(temporaryFolder(), 'linked');
    repository.git('worktree', 'add', '-q', '-b', 'side', linked, 'HEAD~1');
    const history = openHistory(linked, { refs: 'default' });
    expect(history.snapshot()).toMatchObject({ head: 'refs/heads/side', refs: [{ name: 'refs/heads/side' }] });
    expect(history.outline().revs).toHaveLength(1);
    expect(revs(linked)).toEqual(revs(repository.dir));
  });

  test('through the .git file of a submodule', () => {
    const repository = smallRepository();
    const expected = revs(repository.dir);
    const away = join(temporaryFolder(), 'module.git');
    renameSync(join(repository.dir, '.git'), away);
    writeFileSync(join(repository.dir, '.git'), `gitdir: ${away}\n`);
    expect(revs(repository.dir)).toEqual(expected);
    rmSync(away, { recursive: true });
    expect(() => revs(repository.dir)).toThrow(refusal('no-repository', 'its .git file points to'));
  });

  test('as a submodule that git itself made, and through a .git that is a symbolic link', () => {
    const module = smallRepository();
    const outer = smallRepository();
    outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', module.dir, 'libs/module');
    const inner = join(outer.dir, 'libs', 'module');
    expect(readFileSync(join(inner, '.git'), 'utf8')).toMatch(/^gitdir: \.\.\//);
    expect(revs(inner)).toEqual(revs(module.dir));
    expect(openRepository(inner).bare).toBe(false);
    expect(revs(join(outer.dir, '.git', 'modules', 'libs', 'module'))).toEqual(revs(module.dir));
    const linked = join(temporaryFolder(), 'linked');
    mkdirSync(linked);
    symlinkSync(join(module.dir, '.git'), join(linked, '.git'));
    expect(revs(linked)).toEqual(revs(module.dir));
  });

  test('by its path alone, whatever git’s variables say', () => {
    const { dir } = smallRepository();
    const other = smallRepository();
    other.commit();
    const expected = openHistory(dir, { refs: 'branches' }).outline();
    const git = join(other.dir, '.git');
    const variables: Record<string, string> = {
      GIT_DIR: git,
      GIT_COMMON_DIR: git,
      GIT_WORK_TREE: other.dir,
      GIT_OBJECT_DIRECTORY: join(git, 'objects'),
      GIT_INDEX_FILE: join(git, 'index'),
      GIT_NAMESPACE: 'elsewhere',
      GIT_SHALLOW_FILE: '/no/such/file',
      GIT_GRAFT_FILE: '/no/such/file',
      GIT_CEILING_DIRECTORIES: '/',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'extensions.objectFormat',
      GIT_CONFIG_VALUE_0: 'sha256',
    };
    const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
    try {
      Object.assign(process.env, variables);
      expect(openHistory(dir, { refs: 'branches' }).outline()).toEqual(expected);
    } finally {
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
  });

  test('with a HEAD that is a symbolic link, as old ones have it', () => {
    const { dir } = smallRepository();
    rmSync(join(dir, '.git', 'HEAD'));
    symlinkSync('refs/heads/main', join(dir, '.git', 'HEAD'));
    expect(openHistory(dir, { refs: 'branches' }).snapshot().head).toBe('refs/heads/main');
  });
});

describe('what is no repository, or none that can be read', () => {
  test('a path that is not there, an empty folder, a file', () => {
    const folder = temporaryFolder();
    expect(() => openRepository(join(folder, 'nowhere'))).toThrow(refusal('no-repository', 'there is no such folder'));
    expect(() => openRepository(folder)).toThrow(refusal('no-repository', 'is not a git repository'));
    writeFileSync(join(folder, 'file'), 'gitdir without colon');
    expect(() => openRepository(join(folder, 'file'))).toThrow(refusal('no-repository'));
    mkdirSync(join(folder, '.git'));
    expect(() => openRepository(folder)).toThrow(refusal('no-repository'));
  });

  test('SHA-256', () => {
    const repository = testRepository();
    rmSync(join(repository.dir, '.git'), { recursive: true });
    repository.git('init', '-q', '--object-format=sha256', '.');
    repository.commit();
    expect(() => openRepository(repository.dir)).toThrow(refusal('unsupported-repository', 'sha256'));
  });

  test('reftable, unknown extensions, formats to come', () => {
    const { dir } = smallRepository();
    const config = join(dir, '.git', 'config');
    const before = readFileSync(config, 'utf8').replace('repositoryformatversion = 0', 'repositoryformatversion = 1');
    writeFileSync(config, `${before}[extensions]\n\trefStorage = reftable\n`);
    expect(() => openRepository(dir)).toThrow(refusal('unsupported-repository', 'refs as reftable'));
    writeFileSync(config, `${before}[Extensions]\n\tnewThing = yes ; a comment\n`);
    expect(() => openRepository(dir)).toThrow(refusal('unsupported-repository', 'newthing'));
    writeFileSync(config, `${before}[extensions] partialClone = "origin"\n`);
    expect(openRepository(dir).flags).toEqual(['partial']);
    writeFileSync(config, '[core]\nrepositoryformatversion = 7\n');
    expect(() => openRepository(dir)).toThrow(refusal('unsupported-repository', 'version 7'));
  });

  test('reftable, laid out as git 2.45 does', () => {
    const { dir } = smallRepository();
    const git = join(dir, '.git');
    const config = readFileSync(join(git, 'config'), 'utf8').replace('version = 0', 'version = 1');
    writeFileSync(join(git, 'HEAD'), 'ref: refs/heads/.invalid\n');
    rmSync(join(git, 'refs'), { recursive: true });
    mkdirSync(join(git, 'refs'));
    writeFileSync(join(git, 'refs', 'heads'), 'this repository uses the reftable format\n');
    mkdirSync(join(git, 'reftable'));
    writeFileSync(join(git, 'reftable', 'tables.list'), '0x000000000001-0x000000000002-1234abcd.ref\n');
    writeFileSync(join(git, 'config'), `${config}[extensions]\n\trefstorage = reftable\n`);
    const clear = expect.objectContaining({
      code: 'unsupported-repository',
      message: `${dir}: it keeps its refs as reftable`,
      hint: expect.stringContaining('--ref-format=files'),
    });
    expect(() => openRepository(dir)).toThrow(clear);
    // Where its config says nothing, too: no commits at all would be a lie.
    writeFileSync(join(git, 'config'), config);
    expect(() => openRepository(dir)).toThrow(clear);
  });
});

/** Every file below a folder, with what would show that it was written. */
function everyFile(folder: string): unknown[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const { mode, size, mtimeNs, ctimeNs, ino } = lstatSync(join(folder, name), { bigint: true });
      return [name, mode, size, mtimeNs, ctimeNs, ino];
    });
}

test('a repository is read in place, and nothing in it is written', () => {
  const repository = smallRepository();
  repository.git('repack', '-dq');
  repository.commit({ files: { a: '3', b: '1' } });
  repository.git('tag', '-m', 'One', 'v1');
  const before = everyFile(repository.dir);
  const history = openHistory(repository.dir, { refs: 'branches' });
  for (const rev of history.outline().revs) history.actions(rev);
  history.close();
  expect(everyFile(repository.dir)).toEqual(before);
});

test('what the file system refuses is a HealthError too', () => {
  const { dir } = smallRepository();
  const config = join(dir, '.git', 'config');
  rmSync(config);
  symlinkSync(config, config);
  expect(() => openHistory(dir, { refs: 'branches' })).toThrow(refusal('failed', `${dir} cannot be read: ELOOP`));
});

describe('truncated histories', () => {
  test('a shallow clone is refused, or read up to its edge and labelled', () => {
    const repository = smallRepository();
    const clone = join(temporaryFolder(), 'clone');
    repository.git('clone', '-q', '--depth=1', `file://${repository.dir}`, clone);
    const error = refusal('shallow', 'older history is missing');
    expect(() => openRepository(clone)).toThrow(error);
    expect(() => openRepository(clone)).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('--allow-shallow') }),
    );
    const history = openHistory(clone, { refs: 'branches', allowShallow: true });
    const outline = history.outline();
    expect(outline).toMatchObject({ flags: ['shallow'], parents: [[]] });
    expect(history.commit(outline.revs[0]).parents).toEqual([]);
    expect(history.actions(outline.revs[0])).toEqual([{ status: 'A', path: 'a' }]);
  });

  test('an empty shallow file means nothing', () => {
    const { dir } = smallRepository();
    writeFileSync(join(dir, '.git', 'shallow'), '');
    expect(openRepository(dir).flags).toEqual([]);
  });

  test('grafts are applied as git does, and labelled', () => {
    const repository = smallRepository();
    const tip = repository.git('rev-parse', 'HEAD');
    mkdirSync(join(repository.dir, '.git', 'info'), { recursive: true });
    appendFileSync(join(repository.dir, '.git', 'info', 'grafts'), `# cut\n${tip}\n`);
    const history = openHistory(repository.dir, { refs: 'branches' });
    expect(history.outline()).toMatchObject({ revs: [tip], parents: [[]], flags: ['grafted'] });
  });

  test('a partial clone is labelled, and read where its trees are there', () => {
    const repository = smallRepository();
    repository.git('config', 'uploadpack.allowFilter', 'true');
    const clone = join(temporaryFolder(), 'clone');
    repository.git('clone', '-q', '--bare', '--filter=blob:none', `file://${repository.dir}`, clone);
    const history = openHistory(clone, { refs: 'branches' });
    expect(history.snapshot().flags).toEqual(['partial']);
    expect(history.outline().revs.flatMap((rev) => history.actions(rev))).toHaveLength(2);
  });
});
