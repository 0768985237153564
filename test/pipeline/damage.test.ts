import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Project, Study } from '../../src/model/project.js';
import { collect, type CollectOutcome } from '../../src/pipeline/collect.js';
import { buildResult, writeReport } from '../../src/pipeline/report.js';
import { extract } from '../../src/source/extraction.js';
import { temporaryFolder, TestRepository, testRepository } from '../fixtures/repository.js';
import { raw, scopedContent } from './scoped-content.js';

function study(url: string): Study {
  const project: Project = { name: 'one', url, refs: 'branches', layer: null, tags: [] };
  return { name: 'test', projects: [project], replicates: null, replica: false };
}

async function bring(
  dir: string,
  url: string,
  jobs = 1,
  allowShallow = false,
): Promise<CollectOutcome & { store: string }> {
  const [store, clones] = [join(dir, 'health.sqlite'), join(dir, 'clones')];
  const options = { store, clones, only: [], jobs, allowShallow, actions: true };
  const [outcome] = await collect(study(url), options);
  return { ...outcome!, store };
}

function objectFile(repository: TestRepository, name: string): { oid: string; file: string } {
  const oid = repository.git('rev-parse', name);
  return { oid, file: join(repository.dir, '.git', 'objects', oid.slice(0, 2), oid.slice(2)) };
}

const actions = (store: string) =>
  raw(
    store,
    `select s.message, a.type, l.file_path from actions a join scmlog s on s.id = a.commit_id
     join file_links l on l.file_id = a.file_id order by a.id`,
  ).map(([message, type, path]) => `${String(message).trim()}: ${type} ${path}`);
const flags = (store: string) => JSON.parse(String(raw(store, 'select flags from health_projects')[0]?.[0])) as unknown;

/** Three commits; the second touches two folders, the third one of them. */
function threeCommits(): TestRepository {
  const repository = testRepository();
  repository.commit({ message: 'one', files: { 'doc/x': '1', 'src/a': '1', top: '1' } });
  repository.commit({ message: 'two', files: { 'doc/x': '2', 'src/a': '2', top: '2' } });
  repository.commit({ message: 'three', files: { 'doc/x': '3' } });
  return repository;
}

const WHOLE = [
  'one: A doc/x',
  'one: A src/a',
  'one: A top',
  'two: M doc/x',
  'two: M src/a',
  'two: M top',
  'three: M doc/x',
];
const without = (...lost: string[]) => WHOLE.filter((line) => !lost.some((part) => line.startsWith(part)));

describe('objects that are missing or corrupt cost what depends on them', () => {
  it.each([1, 2])('a missing folder: its changes, until it is back (jobs %i)', async (jobs) => {
    const repository = threeCommits();
    const { oid, file } = objectFile(repository, 'HEAD~1:src');
    renameSync(file, `${file}.away`);
    const dir = temporaryFolder();
    const first = await bring(dir, repository.dir, jobs);
    expect(first).toMatchObject({ ok: true, error: null, commits: 3 });
    expect(first.warning).toBe(`some changes to files of one commit could not be read: tree ${oid} (src) is missing`);
    expect(actions(first.store)).toEqual(without('two: M src/a'));
    expect(flags(first.store)).toEqual(['damaged']);
    expect(raw(first.store, 'select lost, loss from health_collects')).toEqual([[1, `tree ${oid} (src) is missing`]]);

    const result = buildResult({ store: first.store, study: study(repository.dir), projects: [], asOf: null });
    const [html, md] = [join(dir, 'report.html'), join(dir, 'report.md')];
    await writeReport(result, { html, md });
    for (const report of [html, md]) expect(readFileSync(report, 'utf8')).toContain('missing or damaged');

    const second = await bring(dir, repository.dir, jobs);
    expect(second.warning).toBe(first.warning);
    renameSync(`${file}.away`, file);
    const third = await bring(dir, repository.dir, jobs);
    expect(third).toMatchObject({ ok: true, warning: null, summary: { mode: 'rebuilt', vanished: 0 } });
    expect(actions(third.store)).toEqual(WHOLE);
    const fresh = await bring(temporaryFolder(), repository.dir);
    expect(scopedContent(third.store, 'one')).toEqual(scopedContent(fresh.store, 'one'));
    expect(await bring(dir, repository.dir)).toMatchObject({ summary: { mode: 'unchanged' } });
  });

  it.each([
    ['cut short', (good: Buffer) => good.subarray(0, 12)],
    ['empty', () => Buffer.alloc(0)],
    ['of another type', () => deflateSync(Buffer.from('blob 1\0x'))],
    ['no tree inside', () => deflateSync(Buffer.from('tree 5\x00100644'.slice(0, 12)))],
  ])('a corrupt tree at the top (%s): the changes of the two commits that are compared with it', async (_, spoil) => {
    const repository = threeCommits();
    const { oid, file } = objectFile(repository, 'HEAD~1^{tree}');
    chmodSync(file, 0o644);
    writeFileSync(file, spoil(readFileSync(file)));
    const outcome = await bring(temporaryFolder(), repository.dir);
    expect(outcome).toMatchObject({ ok: true, commits: 3, summary: { lost: 2 } });
    expect(outcome.warning).toContain(`changes to files of 2 commits could not be read: object ${oid}`);
    expect(actions(outcome.store)).toEqual(without('two', 'three'));
  });

  it('a missing folder of a merge: the merge goes on beside it', async () => {
    const repository = threeCommits();
    repository.git('checkout', '--quiet', '-b', 'side', 'HEAD~1');
    repository.commit({ message: 'side', files: { other: '1', top: 'side' } });
    repository.git('checkout', '--quiet', 'main');
    repository.git('merge', '--quiet', '--no-commit', '--no-ff', 'side');
    repository.commit({ message: 'merge', files: { top: 'both', 'src/a': 'both' } });
    rmSync(objectFile(repository, 'HEAD:src').file);
    const outcome = await bring(temporaryFolder(), repository.dir);
    expect(outcome).toMatchObject({ ok: true, commits: 5, summary: { lost: 1 } });
    expect(actions(outcome.store)).toEqual([...WHOLE.slice(0, 6), ...actions(outcome.store).slice(6)]);
    expect(actions(outcome.store)).toContain('merge: M top');
    expect(actions(outcome.store)).not.toContain('merge: M src/a');
  });

  it('a blob that is missing or corrupt: at most what a rename is taken from', async () => {
    for (const spoil of [rmSync, (file: string) => writeFileSync(file, 'x')]) {
      const repository = testRepository();
      const text = Array.from({ length: 30 }, (_, i) => `line ${i}\n`).join('');
      repository.commit({ files: { old: text } });
      const { oid, file } = objectFile(repository, 'HEAD:old');
      repository.commit({ files: { old: null, new: `${text}more\n` } });
      repository.commit({ files: { new: null, newer: `${text}more\n` } });
      chmodSync(file, 0o644);
      spoil(file);
      const found: string[] = [];
      for await (const event of extract(repository.dir, {
        refs: 'branches',
        actions: true,
        renames: true,
        known: new Set(),
      })) {
        if (event.kind === 'batch') {
          found.push(...event.changes.map((change) => change.actions.map(({ status }) => status).join('')));
        } else if (event.kind === 'losses') found.push(`${event.losses.commits} ${event.losses.first}`);
      }
      expect(found.slice(0, 3)).toEqual(['A', 'AD', 'R']);
      expect(found[3]).toMatch(new RegExp(`^1 object ${oid} is (missing|corrupt)`));
    }
  });

  it('a partial clone says so already, and is no damaged one', async () => {
    const repository = threeCommits();
    repository.git('config', 'uploadpack.allowFilter', 'true');
    const clone = join(temporaryFolder(), 'clone');
    repository.git('clone', '-q', '--bare', '--filter=tree:0', `file://${repository.dir}`, clone);
    const dir = temporaryFolder();
    const outcome = await bring(dir, clone);
    expect(outcome).toMatchObject({ ok: true, commits: 3, summary: { lost: 3, actions: 0 } });
    expect(outcome.warning).toMatch(/of 3 commits could not be read: the tree of commit [0-9a-f]{40} is missing$/);
    expect(flags(outcome.store)).toEqual(['partial']);
    expect(await bring(dir, clone)).toMatchObject({ summary: { mode: 'unchanged' } });
  });

  it('a commit itself is an error that names it; other projects go on', async () => {
    const repository = threeCommits();
    const { oid, file } = objectFile(repository, 'HEAD~1');
    const dir = temporaryFolder();
    const before = scopedContent((await bring(dir, repository.dir)).store, 'one');
    repository.commit();
    rmSync(file);
    expect(existsSync(file)).toBe(false);
    const outcome = await bring(dir, repository.dir);
    expect(outcome).toMatchObject({ ok: false, warning: null, commits: 3, error: { code: 'missing-object' } });
    expect(outcome.error?.message).toContain(oid);
    expect(scopedContent(outcome.store, 'one')).toEqual(before);
  });
});

describe('histories that are not as they were made', () => {
  it('replaced and grafted commits: collect says so, each time', async () => {
    const repository = threeCommits();
    const dir = temporaryFolder();
    const plain = scopedContent((await bring(temporaryFolder(), repository.dir)).store, 'one');
    repository.git('replace', '--graft', 'HEAD~1');
    for (let time = 0; time < 2; time++) {
      const outcome = await bring(dir, repository.dir);
      expect(outcome).toMatchObject({ ok: true, commits: 3, warning: expect.stringContaining('refs/replace') });
      expect(flags(outcome.store)).toEqual(['replaced']);
    }
    // As made, but for the flag.
    expect(actions(join(dir, 'health.sqlite'))).toEqual(WHOLE);
    repository.git('replace', '-d', repository.git('rev-parse', 'HEAD~1'));
    const mended = await bring(dir, repository.dir);
    expect(mended.warning).toBeNull();
    expect(scopedContent(mended.store, 'one')).toEqual(plain);

    const grafts = join(repository.dir, '.git', 'info', 'grafts');
    writeFileSync(grafts, `${repository.git('rev-parse', 'HEAD')}\n`);
    expect((await bring(dir, repository.dir)).warning).toContain('info/grafts');
  });

  it('a shallow clone that is completed, a graft that goes: as if they had never been', async () => {
    const repository = threeCommits();
    const fresh = scopedContent((await bring(temporaryFolder(), repository.dir)).store, 'one');
    const clone = join(temporaryFolder(), 'clone.git');
    repository.git('clone', '-q', '--bare', '--depth=1', `file://${repository.dir}`, clone);
    const dir = temporaryFolder();
    expect(await bring(dir, clone, 1, true)).toMatchObject({ ok: true, commits: 1 });
    repository.git('-C', clone, 'fetch', '-q', '--unshallow', 'origin', '+refs/heads/*:refs/heads/*');
    const whole = await bring(dir, clone, 1, true);
    expect(actions(whole.store)).toEqual(WHOLE);
    expect(scopedContent(whole.store, 'one')).toEqual(fresh);

    const [tip, middle, root] = ['HEAD', 'HEAD~1', 'HEAD~2'].map((name) => repository.git('rev-parse', name));
    const grafts = join(repository.dir, '.git', 'info', 'grafts');
    mkdirSync(join(grafts, '..'), { recursive: true });
    writeFileSync(grafts, `${middle}\n`);
    const other = temporaryFolder();
    expect(await bring(other, repository.dir)).toMatchObject({ ok: true, commits: 2 });
    writeFileSync(grafts, `${tip} ${root}\n`);
    const cut = await bring(other, repository.dir);
    const expected = await bring(temporaryFolder(), repository.dir);
    expect(actions(cut.store)).toEqual(actions(expected.store));
    rmSync(grafts);
    expect(scopedContent((await bring(other, repository.dir)).store, 'one')).toEqual(fresh);
  });
});
