import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasTerminal, runHealth } from '../fixtures/cli.js';
import { temporaryFolder, TestRepository } from '../fixtures/repository.js';
import { rows } from '../store/opened.js';

/** A folder with a health.yaml over `one` (three commits), `two` (two commits) and whatever else is named. */
function studyFolder(...others: string[]): { cwd: string; one: TestRepository } {
  const cwd = temporaryFolder();
  const one = new TestRepository(join(cwd, 'one'));
  for (const name of ['a', 'b', 'c']) one.commit({ files: { [name]: name } });
  const two = new TestRepository(join(cwd, 'two'));
  two.commit({ files: { x: 'x', y: 'y' } });
  two.commit({ files: { x: null } });
  const projects = ['one', 'two', ...others].map((name) => `  - {name: ${name}, url: ./${name}}\n`).join('');
  writeFileSync(join(cwd, 'health.yaml'), `study: test\nprojects:\n${projects}`);
  return { cwd, one };
}

/** The summary's lines without the seconds, blanks folded. */
function summary(stdout: string): string[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/ \d+\.\d /, ' ').replace(/ {2,}/g, ' '));
}

describe('health collect', () => {
  it('says what happened to each project, first, again, and after a change', async () => {
    const { cwd, one } = studyFolder();
    const first = await runHealth(['collect'], { cwd });
    expect(first.stderr).toBe('');
    expect(first.code).toBe(0);
    expect(summary(first.stdout)).toEqual([
      'project commits new actions seconds what happened',
      'one 3 3 3 new',
      'two 2 2 3 new',
    ]);
    expect(summary((await runHealth(['collect'], { cwd })).stdout).slice(1)).toEqual([
      'one 3 0 0 unchanged',
      'two 2 0 0 unchanged',
    ]);

    one.commit({ files: { d: 'd' } });
    const third = await runHealth(['collect', 'one', '--project', 'one'], { cwd });
    expect(summary(third.stdout).slice(1)).toEqual(['one 4 1 1 1 new commit']);

    one.git('reset', '--quiet', '--hard', 'HEAD~2');
    one.commit({ files: { e: 'e' } });
    const fourth = await runHealth(['collect', 'one'], { cwd });
    expect(summary(fourth.stdout)[1]).toMatch(/^one 3 \d \d rebuilt: history was rewritten, 2 commits vanished$/);
  });

  it('counts lines when asked to, and not without actions', async () => {
    const { cwd } = studyFolder();
    expect((await runHealth(['collect'], { cwd })).code).toBe(0);
    const counted = await runHealth(['collect', '--lines'], { cwd });
    expect(summary(counted.stdout).slice(1)).toEqual(['one 3 3 3 rebuilt', 'two 2 2 3 rebuilt']);
    const store = join(cwd, 'data/health.sqlite');
    const sums = 'select sum(added), sum(removed) from commits_lines';
    expect(rows(store, sums)).toEqual([[5, 1]]);
    expect(summary((await runHealth(['collect'], { cwd })).stdout)[1]).toBe('one 3 0 0 unchanged');
    expect((await runHealth(['collect', '--no-lines'], { cwd })).code).toBe(0);
    expect(rows(store, sums)).toEqual([[null, null]]);
    const neither = await runHealth(['collect', '--lines', '--no-actions'], { cwd });
    expect(neither.code).toBe(2);
    expect(neither.stderr).toContain('--lines and --no-actions cannot go together');
  });

  it('goes on after a project that fails: 3; fails when all do: 4', async () => {
    const { cwd } = studyFolder('gone', 'plain');
    mkdirSync(join(cwd, 'plain'));
    const some = await runHealth(['collect'], { cwd });
    expect(some.code).toBe(3);
    expect(summary(some.stdout).slice(1)).toEqual([
      'one 3 3 3 new',
      'two 2 2 3 new',
      expect.stringMatching(/^gone 0 failed: .*gone/),
      expect.stringMatching(/^plain 0 failed: .*plain/),
    ]);
    expect(some.stderr).toMatch(/^health: gone: .*\n/);
    expect(some.stderr).not.toContain('    at ');
    expect((await runHealth(['collect', 'gone', 'plain'], { cwd })).code).toBe(4);
  });

  it('prints JSON and nothing else with --json', async () => {
    const { cwd } = studyFolder('gone');
    const { code, stdout } = await runHealth(['--json', 'collect', '--jobs', '1'], { cwd });
    expect(code).toBe(3);
    const { store, projects } = JSON.parse(stdout) as { store: string; projects: Record<string, unknown>[] };
    expect(store).toBe('data/health.sqlite');
    expect(projects.map(({ project, ok, commits }) => [project, ok, commits])).toEqual([
      ['one', true, 3],
      ['two', true, 2],
      ['gone', false, 0],
    ]);
  });

  it('writes CVSAnalY’s rows with --compat strict, and makes them anew when that changes', async () => {
    const { cwd, one } = studyFolder();
    one.commit({ date: '1400100000 +0530', files: { a: null, moved: 'a' } });
    const stored = (sql: string) => rows(join(cwd, 'data/health.sqlite'), sql).flat();
    const zones = 'select date_tz from scmlog where date_tz <> 0';
    await runHealth(['collect', 'one'], { cwd });
    expect(stored(zones)).toEqual([19_800]);
    const strict = await runHealth(['collect', 'one', '--compat', 'strict'], { cwd });
    expect(summary(strict.stdout).slice(1)).toEqual(['one 4 4 4 rebuilt']);
    expect(stored(zones)).toEqual([19_080]);
    expect(stored('select type from actions order by id')).toEqual(['A', 'A', 'A', 'V']);
    const again = await runHealth(['collect', 'one', '--compat', 'strict'], { cwd });
    expect(summary(again.stdout).slice(1)).toEqual(['one 4 0 0 unchanged']);
    const { code, stderr } = await runHealth(['collect', '--compat', 'both'], { cwd });
    expect([code, stderr]).toEqual([2, expect.stringContaining('default, strict')]);
  });

  it('refuses an unknown project before anything is touched', async () => {
    const { cwd } = studyFolder();
    const { code, stderr } = await runHealth(['collect', 'one', 'tow'], { cwd });
    expect([code, stderr]).toEqual([
      2,
      'health: no project is called tow (did you mean two?)\n  there are: one, two\n',
    ]);
    expect(existsSync(join(cwd, 'data'))).toBe(false);
  });

  it('puts the store where --store says, and says so when it cannot', async () => {
    const { cwd } = studyFolder();
    expect((await runHealth(['collect', '--store', 'a/b.db'], { cwd })).code).toBe(0);
    expect(existsSync(join(cwd, 'a/b.db'))).toBe(true);
    writeFileSync(join(cwd, 'file'), '');
    const { code, stderr } = await runHealth(['collect', '--store', 'file/b.db'], { cwd });
    expect(code).toBe(4);
    expect(stderr).toMatch(/^health: .*file\/b\.db.*\n( {2}.*\n)*$/);
  });
});

describe.skipIf(!hasTerminal)("health collect on a terminal (skipped without util-linux's script)", () => {
  const escape = '\u001b';

  it('draws a line for each project and takes them away again', async () => {
    const { cwd } = studyFolder('gone');
    const { code, stdout } = await runHealth(['collect'], { cwd, tty: { columns: 40, rows: 24 } });
    expect(code).toBe(3);
    expect(stdout).toContain('one   waiting');
    expect(stdout).toContain(`${escape}[3A`);
    const [, after = ''] = stdout.split(`${escape}[J`);
    expect(after).toContain('what happened');
  });

  it('keeps them as narrow and as few as the terminal is', async () => {
    const others = Array.from({ length: 20 }, (_, i) => `a-project-with-a-long-name-${i}`);
    const { cwd } = studyFolder(...others);
    const { stdout } = await runHealth(['collect'], { cwd, tty: { columns: 20, rows: 8 } });
    const [progress = ''] = stdout.split(`${escape}[J`);
    const lines = progress.split(/\r\n/).map((line) => line.split(`${escape}[2K`)[1] ?? '');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(19);
    expect(progress).toContain('and 17 more');
  });

  it('draws nothing with --quiet, nor on a dumb terminal', async () => {
    const { cwd } = studyFolder();
    const tty = { columns: 80, rows: 24 };
    expect((await runHealth(['collect', '--quiet', '--no-color'], { cwd, tty })).stdout).not.toContain(escape);
    expect((await runHealth(['collect'], { cwd, tty, env: { TERM: 'dumb' } })).stdout).not.toContain(escape);
  });
});
