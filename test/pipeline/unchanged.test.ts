import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RefChoice } from '../../src/model/history.js';
import { collect, type CollectOutcome } from '../../src/pipeline/collect.js';
import { temporaryFolder, testRepository, type TestRepository } from '../fixtures/repository.js';
import { raw } from './scoped-content.js';

async function bring(dir: string, url: string, refs: RefChoice = 'branches'): Promise<CollectOutcome> {
  const project = { name: 'one', url, refs, layer: null, tags: [] };
  const study = { name: 'test', projects: [project], replicates: null, replica: false };
  const [store, clones] = [join(dir, 'health.sqlite'), join(dir, 'clones')];
  const [outcome] = await collect(study, { store, clones, only: [], jobs: 1, allowShallow: false, actions: true });
  return outcome!;
}

const mode = async (...args: Parameters<typeof bring>) => (await bring(...args)).summary?.mode;
const mailmap = (dir: string) => raw(join(dir, 'health.sqlite'), 'select text from health_mailmaps').flat();
const MAP = 'Ada Example <ada@example.org> <old@example.org>\n';

/** A branch beside the default one, and tags of both kinds. */
function branched(): TestRepository {
  const repository = testRepository();
  repository.commit({ files: { a: '1' } });
  repository.git('tag', 'light');
  repository.git('branch', 'topic');
  repository.commit({ files: { a: '2', '.mailmap': MAP } });
  repository.git('tag', '-a', '-m', 'one', 'v1');
  repository.git('checkout', '--quiet', 'topic');
  repository.commit({ files: { b: '1' } });
  repository.git('checkout', '--quiet', 'main');
  return repository;
}

/** The same, all in one pack. */
function packed(): TestRepository {
  const repository = branched();
  repository.git('repack', '-adq');
  repository.git('pack-refs', '--all');
  return repository;
}

function objectFile(repository: TestRepository, name: string): string {
  const oid = repository.git('rev-parse', name);
  return join(repository.dir, '.git', 'objects', oid.slice(0, 2), oid.slice(2));
}

/** Takes away all objects there are now; returns how to bring them back. */
function hideObjects({ dir }: TestRepository): () => void {
  const folder = join(dir, '.git', 'objects');
  renameSync(join(folder, 'pack'), join(folder, 'away'));
  return () => {
    rmSync(join(folder, 'pack'), { recursive: true, force: true });
    renameSync(join(folder, 'away'), join(folder, 'pack'));
  };
}

describe('where refs stand as they stood', () => {
  it('no object is read', async () => {
    const [repository, dir] = [packed(), temporaryFolder()];
    expect(await mode(dir, repository.dir)).toBe('new');
    hideObjects(repository);
    expect(await bring(dir, repository.dir)).toMatchObject({ ok: true, commits: 3, summary: { mode: 'unchanged' } });
    expect(mailmap(dir)).toEqual([MAP]);
  });

  it('other rules are heard', async () => {
    const [repository, dir] = [packed(), temporaryFolder()];
    await bring(dir, repository.dir);
    const back = hideObjects(repository);
    expect(await bring(dir, repository.dir, 'default')).toMatchObject({ error: { code: 'missing-object' } });
    back();
    expect(await bring(dir, repository.dir, 'default')).toMatchObject({ commits: 2, summary: { mode: 'rebuilt' } });
  });

  it("a partial clone's mailmap may have come since", async () => {
    const [repository, dir] = [branched(), temporaryFolder()];
    repository.git('config', 'remote.origin.promisor', 'true');
    const file = objectFile(repository, 'HEAD:.mailmap');
    renameSync(file, `${file}.away`);
    await bring(dir, repository.dir);
    expect(mailmap(dir)).toEqual([]);
    renameSync(`${file}.away`, file);
    expect(await mode(dir, repository.dir)).toBe('unchanged');
    expect(mailmap(dir)).toEqual([MAP]);
  });
});

describe('where a ref moved', () => {
  it('a new mailmap is taken up, and one that is gone', async () => {
    const [repository, dir] = [packed(), temporaryFolder()];
    await bring(dir, repository.dir);
    const other = 'Bob Example <bob@example.net> <b@example.net>\n';
    repository.commit({ files: { '.mailmap': other } });
    expect(await mode(dir, repository.dir)).toBe('appended');
    expect(mailmap(dir)).toEqual([other]);
    repository.commit({ files: { '.mailmap': null } });
    await bring(dir, repository.dir);
    expect(mailmap(dir)).toEqual([]);
  });

  it.each(['tags/light', 'tags/new', 'heads/topic'])('to an object that is missing, refs/%s says so', async (name) => {
    const [repository, dir] = [packed(), temporaryFolder()];
    await bring(dir, repository.dir);
    const oid = 'e'.repeat(40);
    writeFileSync(join(repository.dir, '.git', 'refs', name), `${oid}\n`);
    expect((await bring(dir, repository.dir)).error).toMatchObject({
      code: 'missing-object',
      message: `refs/${name} points to ${oid}, which is missing`,
    });
  });

  it('to a tag that is corrupt, its object is named', async () => {
    const [repository, dir] = [packed(), temporaryFolder()];
    await bring(dir, repository.dir);
    repository.git('tag', '-a', '-f', '-m', 'two', 'v1', 'topic');
    const oid = repository.git('rev-parse', 'v1');
    const file = objectFile(repository, 'v1');
    rmSync(file);
    writeFileSync(file, 'no tag');
    const { error } = await bring(dir, repository.dir);
    expect(error).toMatchObject({ code: 'corrupt-object' });
    expect(error?.message).toContain(oid);
  });

  it.each(['heads/topic', 'tags/light'])('what is missing meanwhile is told by its ref: refs/%s', async (name) => {
    const [repository, dir] = [branched(), temporaryFolder()];
    await bring(dir, repository.dir);
    const rev = repository.git('rev-parse', name);
    repository.commit({ files: { a: '3' } });
    rmSync(objectFile(repository, name));
    expect((await bring(dir, repository.dir)).error).toMatchObject({
      code: 'missing-object',
      message: `refs/${name} points to ${rev}, which is missing`,
    });
  });
});
