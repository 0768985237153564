import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { hasTerminal, runHealth, type RunOptions, type RunResult } from '../fixtures/cli.js';
import { TestRepository } from '../fixtures/repository.js';

const EVIL = '<script>alert(1)</script> | *x*\u202e';
const SUBJECTS =
  "SELECT trim(replace(message, char(10), '')) AS subject, COUNT(*) AS n FROM scmlog GROUP BY subject ORDER BY subject DESC";

let cwd = '';

function query(args: string[], options: Partial<RunOptions> = {}): Promise<RunResult> {
  return runHealth(['query', ...args], { cwd, ...options });
}

beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'stack-health-'));
  const one = new TestRepository(join(cwd, 'one'));
  one.commit({ date: '1404208800 +0000' });
  one.commit({ message: EVIL, date: '1404212400 +0000' });
  one.commit({ message: '=1+1', date: '1420070400 +0000' });
  one.git('branch', 'side', 'HEAD~1');
  new TestRepository(join(cwd, 'two')).commit({ message: '漢字' });
  const yaml =
    'study: test\nprojects:\n  - {name: one, url: one}\n  - {name: two, url: two}\n  - {name: three, url: three}\n';
  writeFileSync(join(cwd, 'health.yaml'), yaml);
  writeFileSync(join(cwd, 'subjects.sql'), SUBJECTS);
  const { code } = await runHealth(['collect', 'one', 'two'], { cwd });
  expect(code).toBe(0);
  return () => rmSync(cwd, { recursive: true, force: true });
});

describe('health query', () => {
  it('prints a table, the project first, and says what is not collected', async () => {
    const { code, stdout, stderr } = await query(['subjects.sql']);
    expect([code, stderr]).toEqual([0, 'not collected yet: three; run: health collect\n']);
    expect(stdout).toBe(
      [
        'project  subject                                  n',
        'one      A change                                 1',
        'one      =1+1                                     1',
        'one      <script>alert(1)</script> | *x*\\u{202e}  1',
        'two      漢字                                     1',
        '',
      ].join('\n'),
    );
  });

  it('leaves the project out when exactly one is named', async () => {
    const input = 'SELECT COUNT(*) AS n FROM scmlog';
    expect((await query(['-', '--project', 'one'], { input })).stdout).toBe('n\n3\n');
    const two = await query(['-', '--project', 'one', '--project', 'two'], { input });
    expect(two.stdout).toBe('project  n\none      3\ntwo      1\n');
  });

  it('prints CSV that no spreadsheet runs', async () => {
    const { stdout } = await query(['subjects.sql', '--format', 'csv', '--project', 'one']);
    expect(stdout).toBe("subject,n\r\nA change,1\r\n'=1+1,1\r\n<script>alert(1)</script> | *x*\\u{202e},1\r\n");
  });

  it('prints Markdown that shows what it holds', async () => {
    const { stdout } = await query(['subjects.sql', '--format', 'markdown', '--project', 'one']);
    expect(stdout.split('\n').slice(0, 5)).toEqual([
      '| subject | n |',
      '| --- | ---: |',
      '| A change | 1 |',
      String.raw`| \=1+1 | 1 |`,
      String.raw`| \<script\>alert(1)\</script\> \| \*x\*\\u\{202e\} | 1 |`,
    ]);
  });

  it('prints JSON that holds the very text, with --json and with --format json', async () => {
    const { stdout, code } = await query(['subjects.sql', '--json']);
    expect(code).toBe(0);
    expect(stdout).toContain(String.raw`\u202e`);
    const [first, second, ...others] = JSON.parse(stdout) as Record<string, unknown>[];
    expect(others).toEqual([]);
    expect(Object.keys(first ?? {}).sort()).toEqual(['columns', 'params', 'project', 'query', 'rows', 'scope']);
    expect(first?.['project']).toBe('one');
    expect(first?.['rows']).toContainEqual([EVIL, 1]);
    expect(second?.['rows']).toEqual([['漢字', 1]]);
    expect((await query(['subjects.sql', '--format', 'json'])).stdout).toBe(stdout);
  });

  it('hands on parameters, day, refs, identity and merge day', async () => {
    const input = 'SELECT COUNT(*) + :plus AS n FROM scmlog';
    const one = ['-', '--project', 'one', '--param', 'plus=10'];
    expect((await query(one, { input })).stdout).toBe(' n\n13\n');
    expect((await query([...one, '--as-of', '2014-12-31'], { input })).stdout).toBe(' n\n12\n');
    expect((await query([...one, '--refs', 'side'], { input })).stdout).toBe(' n\n12\n');
    expect((await query([...one, '--refs', 'default'], { input })).stdout).toBe(' n\n13\n');
    expect((await query([...one, '--merged-by', '2014-12-31'], { input })).stdout).toBe(' n\n12\n');
    const { stdout } = await query([...one, '--identity', 'name', '--json'], { input });
    expect(JSON.parse(stdout)).toMatchObject([{ scope: { identity: 'name' }, params: { plus: 10 } }]);
    const { code, stderr } = await query(['-', '--param', 'plsu=1'], { input });
    expect(code).toBe(2);
    expect(stderr).toContain('plsu');
  });

  it.each([
    ['DELETE FROM scmlog'],
    ['DROP TABLE people'],
    ["ATTACH 'x.db' AS x"],
    ['PRAGMA user_version = 9'],
    ['SELECT 1; DELETE FROM people'],
    ['SELEC 1'],
    ['SELECT nothing FROM scmlog'],
    [''],
    ['SELECT \0'],
  ])('refuses %j, on one line', async (input) => {
    const { code, stdout, stderr } = await query(['-'], { input });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^health: .+\n( {2}.+\n)*$/);
  });

  it('writes to a file with --out', async () => {
    const { stdout, stderr } = await query(['subjects.sql', '--project', 'two', '--format', 'csv', '--out', 'a/b.csv']);
    expect([stdout, stderr]).toEqual(['', 'wrote a/b.csv\n']);
    expect(readFileSync(join(cwd, 'a/b.csv'), 'utf8')).toBe('subject,n\r\n漢字,1\r\n');
  });

  it('lists the catalogue', async () => {
    const { code, stdout } = await query(['--list']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^id +title/);
    expect(stdout).toMatch(/^thesis\/six-month-commits /m);
    const { stdout: json } = await query(['--list', '--json']);
    expect((JSON.parse(json) as { id: string }[]).map(({ id }) => id)).toContain('thesis/active-committers');
  });

  it('says what to do where there is no store', async () => {
    const { code, stderr } = await query(['subjects.sql', '--store', 'none.sqlite']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^health: .*none\.sqlite/);
    expect(stderr).toContain('health collect');
  });

  it('ends quietly when its reader has gone', () => {
    const cli = fileURLToPath(new URL('../../dist/bin/cli.cjs', import.meta.url));
    const long = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) SELECT i FROM n';
    writeFileSync(join(cwd, 'long.sql'), long);
    const command = `"${process.execPath}" "${cli}" query long.sql --quiet | head -n 1`;
    const { stdout, stderr } = spawnSync('sh', ['-c', command], { cwd, encoding: 'utf8' });
    expect([stdout.trim(), stderr]).toEqual(['project       i', '']);
  });

  it.skipIf(!hasTerminal)("cuts lines to a terminal's width (skipped without util-linux's script)", async () => {
    const { stdout } = await query(['subjects.sql', '--no-color'], { tty: { columns: 24, rows: 20 } });
    expect(stdout).toContain('one      <script>alert(…\r\n');
  });
});
