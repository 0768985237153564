import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runHealth } from '../fixtures/cli.js';
import { temporaryFolder } from '../fixtures/repository.js';

const COMMANDS = ['init', 'doctor', 'collect', 'query', 'metrics', 'report', 'demo'];

describe('help and version', () => {
  it('prints the version of package.json', async () => {
    const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
    const { version } = JSON.parse(text) as { version: string };
    const cwd = temporaryFolder();
    expect(await runHealth(['--version'], { cwd })).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('lists the commands and the exit codes', async () => {
    const { code, stdout, stderr } = await runHealth(['--help'], { cwd: temporaryFolder() });
    expect([code, stderr]).toEqual([0, '']);
    for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
    expect(stdout).toMatch(/Exit codes:\n {2}0 .*\n {2}1 .*\n {2}2 .*\n {2}3 .*\n {2}4 .*\n {2}130 /);
  });

  it.each(COMMANDS)('explains %s, with examples and exit codes', async (command) => {
    const cwd = temporaryFolder();
    const { code, stdout, stderr } = await runHealth([command, '--help'], { cwd });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`Usage: health ${command}`);
    expect(stdout).toContain(`\nExamples:\n  health ${command}`);
    expect(stdout).toContain('\nExit codes:\n');
    expect(stdout).toContain('--no-color');
    expect(await runHealth(['help', command], { cwd })).toEqual({ code, stdout, stderr });
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('shows of the global options those that apply', async () => {
    const { stdout } = await runHealth(['collect', '--help'], { cwd: temporaryFolder() });
    expect(stdout).toContain('--clones <dir>');
    expect(stdout).not.toContain('--as-of');
  });

  it('shows the help on stderr when no command is given', async () => {
    const { code, stdout, stderr } = await runHealth([], { cwd: temporaryFolder() });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Usage: health');
  });
});

describe('bad usage', () => {
  it.each<[string[], string]>([
    [['colect'], "health: unknown command 'colect' (did you mean collect?)\n"],
    [['collect', '--jbos', '3'], "health: unknown option '--jbos' (did you mean --jobs?)\n"],
    [['--quite', 'collect'], "health: unknown option '--quite' (did you mean --quiet?)\n"],
    [
      ['collect', '--jobs', '0'],
      "health: option '--jobs <n>' argument '0' is invalid. It must be a whole number from 1 on\n",
    ],
    [['collect', '--jobs', '1e3'], 'whole number'],
    [['collect', '--jobs'], "option '--jobs <n>' argument missing"],
    [['collect', '--as-of', '2014-12-31'], "--as-of has no meaning for 'health collect'"],
    [['collect', '--out', 'x'], "--out has no meaning for 'health collect'"],
    [['init', '--json'], "--json has no meaning for 'health init'"],
    [['--as-of', '2014-02-30', 'report'], 'It must be a day of the calendar: YYYY-MM-DD'],
    [['report', '--as-of', 'yesterday'], 'It must be a day of the calendar: YYYY-MM-DD'],
    [['report', '--out', 'x.html', '--csv', 'rows'], 'none of them was asked for'],
    [['query'], 'which query?'],
    [['query', '--format', 'xml', 'x'], 'Allowed choices are table, csv, json, markdown'],
    [['query', 'x', '--json', '--format', 'csv'], "can't both be had"],
    [['query', 'x', '--param', 'novalue'], 'NAME=VALUE'],
    [['query', 'x', '--param', 'a=1', '--param', 'a=2'], 'a is given twice'],
    [['query', 'x', '--refs', 'a b'], "'a b' is no name or pattern"],
    [['query', 'x', '--refs', 'main', '--refs', 'default'], "'default' is no pattern; give it alone"],
    [['query', 'x', '--identity', 'face'], 'Allowed choices are name-email, name'],
    [['query', 'x', '--merged-by', '2014'], 'YYYY-MM-DD'],
    [['query', 'missing.sql'], 'missing.sql: no such file'],
    [['query', 'thesis/six-month-comits'], 'thesis/six-month-commits'],
    [['doctor', 'me'], "too many arguments for 'doctor'"],
    [['--store', '', 'collect'], 'It must not be empty'],
    [['--config', 'none.yaml', 'collect'], 'health: none.yaml: no such file\n'],
    [
      ['collect', 'drdb'],
      'health: no project is called drdb (did you mean drbd?)\n  there are: corosync, drbd, pacemaker\n',
    ],
    [['collect', '--project', 'kernel'], 'no project is called kernel'],
    [['collect', '<script>\u202e'], 'no project is called <script>\\u{202e}'],
    [['collect', '../../etc'], 'no project is called ../../etc'],
  ])('health %j', async (args, message) => {
    const cwd = temporaryFolder();
    const { code, stdout, stderr } = await runHealth(args, { cwd });
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^health: .+\n( {2}.+\n)*$/);
    expect([code, stdout]).toEqual([2, '']);
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('takes global options before and after the command', async () => {
    const cwd = temporaryFolder();
    const before = await runHealth(['-c', 'none.yaml', 'collect'], { cwd });
    const after = await runHealth(['collect', '-c', 'none.yaml'], { cwd });
    expect(after).toEqual(before);
    expect(before.stderr).toBe('health: none.yaml: no such file\n');
  });
});

describe('a broken health.yaml', () => {
  const broken = 'study: x\nprojects:\n  - name: ../a\n    url: x\n    ref: main\n';
  const lines =
    'health: health.yaml:3:11: projects[0].name: may hold only letters (a-z), digits, dot, dash and underscore, for it names files too\n' +
    "  health.yaml:5:5: projects[0]: unknown key 'ref'; did you mean 'refs'?\n";

  it.each(['collect', 'report', 'query thesis/years'])(
    'stops health %s with every problem on a line',
    async (command) => {
      const cwd = temporaryFolder();
      writeFileSync(join(cwd, 'health.yaml'), broken);
      expect(await runHealth(command.split(' '), { cwd })).toEqual({ code: 2, stdout: '', stderr: lines });
    },
  );

  it('is a finding of health doctor, not its end', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'health.yaml'), broken);
    const { code, stdout, stderr } = await runHealth(['doctor', '--json'], { cwd });
    expect([code, stderr]).toEqual([1, '']);
    const { healthy, checks } = JSON.parse(stdout) as { healthy: boolean; checks: { what: string; state: string }[] };
    expect(healthy).toBe(false);
    expect(checks.find(({ what }) => what === 'configuration')?.state).toBe('bad');
    expect(checks.length).toBeGreaterThan(4);
  });

  it('may name hostile things without steering the terminal', async () => {
    const cwd = temporaryFolder();
    writeFileSync(
      join(cwd, 'health.yaml'),
      'study: x\n"\\e[31m\\u202Ekey": 1\nprojects: [{name: "\\e]0;x\\a", url: y}]\n',
    );
    const { code, stderr } = await runHealth(['collect'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain(String.raw`\u{1b}[31m\u{202e}key`);
    // oxlint-disable-next-line no-control-regex -- that none is there is the point
    expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });
});

describe('health init', () => {
  it('writes a file that works, and never replaces one unasked', async () => {
    const cwd = temporaryFolder();
    expect((await runHealth(['init'], { cwd })).code).toBe(0);
    const text = readFileSync(join(cwd, 'health.yaml'), 'utf8');
    const doctor = await runHealth(['doctor'], { cwd });
    expect(doctor.stdout).toMatch(/^ok +configuration .*study our-stack, 2 projects$/m);

    writeFileSync(join(cwd, 'health.yaml'), 'mine\n');
    const again = await runHealth(['init'], { cwd });
    expect(again.code).toBe(2);
    expect(again.stderr).toBe('health: health.yaml exists already\n  --force replaces it; --out names another\n');
    expect(readFileSync(join(cwd, 'health.yaml'), 'utf8')).toBe('mine\n');

    expect((await runHealth(['init', '--force'], { cwd })).code).toBe(0);
    expect(readFileSync(join(cwd, 'health.yaml'), 'utf8')).toBe(text);
  });

  it('writes where --out says, and says nothing with --quiet', async () => {
    const cwd = temporaryFolder();
    const written = await runHealth(['init', '--out', 'a/b.yaml', '--quiet'], { cwd });
    expect(written).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(readdirSync(join(cwd, 'a'))).toEqual(['b.yaml']);
  });

  it('says plainly where it cannot write', async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, 'folder'));
    const { code, stderr } = await runHealth(['init', '--force', '--out', 'folder'], { cwd });
    expect([code, stderr]).toEqual([4, "health: folder can't be written: that is a folder\n"]);
  });
});

describe('colours', () => {
  const red = '\u001b[31m';

  it('are left out where nobody looks, and by NO_COLOR and --no-color', async () => {
    const cwd = temporaryFolder();
    const forced = await runHealth(['colect'], { cwd, env: { FORCE_COLOR: '1' } });
    expect(forced.stderr).toContain(red);
    expect((await runHealth(['colect'], { cwd })).stderr).not.toContain(red);
    const env = { FORCE_COLOR: '1', NO_COLOR: '1' };
    expect((await runHealth(['colect'], { cwd, env })).stderr).not.toContain(red);
    const args = ['--no-color', 'colect'];
    expect((await runHealth(args, { cwd, env: { FORCE_COLOR: '1' } })).stderr).not.toContain(red);
  });
});
