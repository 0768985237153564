import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Study } from '../../src/model/project.js';
import { collect } from '../../src/pipeline/collect.js';
import { query } from '../../src/pipeline/query.js';
import { buildResult, writeReport } from '../../src/pipeline/report.js';
import { NO_BROWSER, Reader, readThrough } from '../report/browser.js';
import { temporaryFolder, TestRepository } from '../fixtures/repository.js';

const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
const MESSAGE = 'm'.repeat(1 << 20);
const NAMES = [
  // git itself ends a name at the first <, so a tag can only come through texts without that rule.
  Buffer.from('" onmouseover="alert(4)" &lt;script&gt;'),
  Buffer.from(`Robert'; DROP TABLE scmlog; --`),
  Buffer.from('\u202eevil\u202c \u001b[31mred\u0007'),
  Buffer.from([0x4a, 0xf6, 0x72, 0x67, 0x20, 0xa4]),
];

/** A commit object byte by byte, as git itself would never write it. */
function rawCommit(repository: TestRepository, name: Buffer, message: Buffer, parent: string | null): string {
  const who = (role: string) =>
    Buffer.concat([Buffer.from(`${role} `), name, Buffer.from(' <x@example.org> 1400000000 +0000\n')]);
  const lines = [Buffer.from(`tree ${EMPTY_TREE}\n`), who('author'), who('committer'), Buffer.from('\n'), message];
  if (parent !== null) lines.splice(1, 0, Buffer.from(`parent ${parent}\n`));
  const args = ['hash-object', '-t', 'commit', '-w', '--literally', '--stdin'];
  return execFileSync('git', args, { cwd: repository.dir, input: Buffer.concat(lines), encoding: 'utf8' }).trim();
}

async function hostileStudy(): Promise<{ store: string; study: Study; dir: string }> {
  const dir = temporaryFolder();
  const repository = new TestRepository(join(dir, 'repo'));
  repository.git('hash-object', '-t', 'tree', '-w', '/dev/null');
  const messages = [
    Buffer.from('<img src=x onerror=alert(1)>'),
    Buffer.from('one\0two\n'),
    Buffer.from(MESSAGE),
    Buffer.from('x'),
  ];
  let parent: string | null = null;
  NAMES.forEach((name, i) => {
    parent = rawCommit(repository, name, messages[i]!, parent);
  });
  repository.git('update-ref', 'refs/heads/main', parent!);
  repository.git('update-ref', 'refs/heads/<b>\'";--', parent!);
  const store = join(dir, 'health.sqlite');
  const study: Study = {
    name: '</title><script>alert(2)</script>',
    projects: [
      {
        name: 'hostile',
        url: repository.dir,
        refs: 'branches',
        layer: '<i>layer</i>',
        tags: ['"><svg onload=alert(3)>'],
      },
    ],
    replicates: null,
    replica: false,
  };
  const clones = join(dir, 'clones');
  const [outcome] = await collect(study, { store, clones, only: [], jobs: 1, allowShallow: false, actions: true });
  expect(outcome).toMatchObject({ ok: true, commits: 4 });
  return { store, study, dir };
}

const asked = { params: {}, asOf: null, refs: 'branches', identity: 'name-email', mergedBy: null } as const;

describe('hostile text, from the commit to the report', () => {
  it('is stored as it is, decoded, and harms no table', async () => {
    const { store, study } = await hostileStudy();
    const ask = (text: string) =>
      query({ ...asked, store, study, sql: { path: 'q.sql', text }, projects: [] })[0]!.rows;
    expect(ask('SELECT name FROM people ORDER BY id').flat()).toEqual([
      '" onmouseover="alert(4)" &lt;script&gt;',
      `Robert'; DROP TABLE scmlog; --`,
      '\u202eevil\u202c \u001b[31mred\u0007',
      'Jörg €',
    ]);
    expect(ask('SELECT COUNT(*), MAX(LENGTH(CAST(message AS BLOB))) FROM scmlog')).toEqual([[4, MESSAGE.length + 5]]);
    expect(ask('SELECT message FROM scmlog ORDER BY id LIMIT 2 OFFSET 1')[0]).toEqual(['    one\0two\n']);
  });

  it.skipIf(NO_BROWSER !== '')(`is inert in the page${NO_BROWSER}`, async () => {
    const { store, study, dir } = await hostileStudy();
    const result = buildResult({ store, study, projects: [], asOf: null });
    const file = join(dir, 'report.html');
    const folders = { csv: join(dir, 'csv'), svg: join(dir, 'svg') };
    const written = await writeReport(result, {
      html: file,
      md: join(dir, 'report.md'),
      json: join(dir, 'r.json'),
      ...folders,
    });
    const reader = await Reader.start();
    onTestFinished(() => reader.stop());
    const { page, complaints, requests } = await reader.open(readFileSync(file, 'utf8'));
    await readThrough(page);
    expect(await page.title()).toContain('</title><script>alert(2)</script>');
    expect(await page.locator('body').innerText()).toContain('<i>layer</i>');
    expect([...complaints, ...requests]).toEqual([]);
    for (const path of written.filter((name) => name.endsWith('.svg'))) {
      expect(readFileSync(path, 'utf8')).not.toMatch(/<script|onload=/);
    }
  });
});
