import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runHealth, type RunResult } from '../fixtures/cli.js';
import { bob, temporaryFolder, TestRepository } from '../fixtures/repository.js';

let cwd = '';

function metrics(...args: string[]): Promise<RunResult> {
  return runHealth(['metrics', ...args], { cwd });
}

beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'stack-health-'));
  const one = new TestRepository(join(cwd, 'one'));
  one.commit({ date: '1404208800 +0000', author: { name: 'Evil \u001b[31m', email: 'e@example.org' }, committer: bob });
  one.commit({ date: '1404212400 +0000' });
  new TestRepository(join(cwd, 'two')).commit({ date: '1300000000 +0000' });
  writeFileSync(
    join(cwd, 'health.yaml'),
    'study: test\nprojects:\n  - {name: one, url: one}\n  - {name: two, url: two}\n',
  );
  expect((await runHealth(['collect'], { cwd })).code).toBe(0);
  return () => rmSync(cwd, { recursive: true, force: true });
});

describe('health metrics', () => {
  it('lists the catalogue by theme', async () => {
    const { code, stdout, stderr } = await metrics();
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^id +title +unit +better +headline\n/);
    expect(stdout).toMatch(
      /\n\nPeople\npeople\/absence-factor +Contributor Absence Factor +contributors +up +absence_factor\n/,
    );
    expect(stdout.indexOf('\nOverview\n')).toBeLessThan(stdout.indexOf('\nActivity\n'));
  });

  it('lists it for machines', async () => {
    const { stdout } = await metrics('--json');
    const themes = JSON.parse(stdout) as { theme: string; metrics: { id: string; headline: string | null }[] }[];
    expect(themes.map(({ theme }) => theme)).toEqual([
      'overview',
      'activity',
      'people',
      'code',
      'releases',
      'scores',
      'watch',
      'thesis',
    ]);
    const one = themes.flatMap((theme) => theme.metrics).find(({ id }) => id === 'releases/last-release');
    expect(one?.headline).toBe('days_since_release');
  });

  it('explains one, by its name alone, with its value for every project', async () => {
    const { code, stdout, stderr } = await metrics('absence-factor', '--as-of', '2014-12-31');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Contributor Absence Factor \(people\/absence-factor\)\nQuestion {4}How many people /);
    expect(stdout).toMatch(/\nBeware {6}The definition leaves ties open/);
    expect(stdout).toMatch(/\nParameters {2}months = 12: /);
    expect(stdout).toMatch(/\none +1 +2 +2 +2 +50 +1\ntwo +0 +0 +1\n/);
    expect(stdout).toMatch(/\nWITH counted AS \(/);
  });

  it('gives the figure for machines, null where it is unknown', async () => {
    const { stdout } = await metrics('people/absence-factor', '--as-of', '2014-12-31', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      id: 'people/absence-factor',
      better: 'up',
      headline: 'absence_factor',
      values: [
        { project: 'one', headline: 1, params: { months: 12, as_of: '2014-12-31' } },
        { project: 'two', headline: null },
      ],
    });
  });

  it('shows text of a repository harmlessly, one project when asked for one, and says who has no rows', async () => {
    const { stdout } = await metrics('integrators', '--as-of', '2014-12-31', '--project', 'one');
    expect(stdout).toMatch(/\none +Bob Example +1 /);
    expect(stdout).not.toMatch(/^two/m);
    expect((await metrics('integrators', '--as-of', '2014-12-31')).stdout).toContain('\nno rows: two\n');
    const people = await metrics('knowledge-concentration', '--as-of', '2014-12-31');
    expect(people.stdout).not.toContain('\u001b');
  });

  it('knows what a mistyped one means', async () => {
    expect(await metrics('peple/absence-facto')).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'health: there is no metric "peple/absence-facto" (did you mean people/absence-factor?)\n' +
        '  health metrics lists them all\n',
    });
    expect((await metrics('burstines')).stderr).toContain('did you mean activity/burstiness?');
    expect((await metrics('zzzzzz')).stderr).toBe(
      'health: there is no metric "zzzzzz"\n  health metrics lists them all\n',
    );
  });

  it('refuses what a list can not heed', async () => {
    const { code, stderr } = await metrics('--as-of', '2014-12-31');
    expect([code, stderr]).toEqual([2, expect.stringContaining('which metric?')]);
  });

  it('explains before anything was collected', async () => {
    const { code, stdout, stderr } = await runHealth(['metrics', 'growth'], { cwd: temporaryFolder() });
    expect(code).toBe(0);
    expect(stdout).toContain('Question    Does the pace of work rise or fall?');
    expect(stderr).toMatch(/^no values: .*no store/);
  });
});
