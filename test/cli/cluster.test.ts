import { cpSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findTool } from '../../src/cluster/check/tool.js';
import { runHealth } from '../fixtures/cli.js';
import { temporaryFolder } from '../fixtures/repository.js';

const health = (args: readonly string[], options = { cwd: temporaryFolder() }) => runHealth(args, options);

/** A working folder with a spec of one's own. */
async function withSpec(change: (text: string) => string = (text) => text): Promise<string> {
  const cwd = temporaryFolder();
  expect((await health(['cluster', 'init'], { cwd })).code).toBe(0);
  const file = join(cwd, 'cluster.yaml');
  writeFileSync(file, change(readFileSync(file, 'utf8')));
  return cwd;
}

describe('health cluster init', () => {
  it('writes a spec that works as it stands, and never over one that is there', async () => {
    const cwd = await withSpec();
    expect(await health(['cluster', 'lint', 'cluster.yaml'], { cwd })).toMatchObject({ code: 0, stdout: '' });
    const again = await health(['cluster', 'init'], { cwd });
    expect(again.code).toBe(4);
    expect(again.stderr).toContain("cluster.yaml can't be written: that exists already");
  });

  it('prints the JSON Schema', async () => {
    const { stdout } = await health(['cluster', 'init', '--schema']);
    expect(JSON.parse(stdout)).toMatchObject({ type: 'object', additionalProperties: false });
  });
});

describe('health cluster render', () => {
  it('writes the same folder twice, with modes, and takes away what is no artefact any more', async () => {
    const cwd = await withSpec();
    const first = await health(['cluster', 'render', 'cluster.yaml', '--out', 'out'], { cwd });
    expect(first.code).toBe(0);
    expect(first.stdout.split('\n')).toContain('out/astapor/etc/corosync/corosync.conf');
    const keyfile = join(cwd, 'out/astapor/etc/NetworkManager/system-connections/eth0.nmconnection');
    expect(statSync(keyfile).mode & 0o777).toBe(0o600);
    expect(statSync(join(cwd, 'out/zcsCluster-pcs.sh')).mode & 0o777).toBe(0o755);
    expect(await health(['cluster', 'render', 'cluster.yaml', '--diff', 'out'], { cwd })).toMatchObject({
      code: 0,
      stdout: '',
    });
    expect(
      (await health(['cluster', 'render', 'cluster.yaml', '--target', 'rhel6', '--out', 'out'], { cwd })).code,
    ).toBe(0);
    expect(existsSync(keyfile)).toBe(false);
    expect(existsSync(join(cwd, 'out/astapor/etc/cluster/cluster.conf'))).toBe(true);
  });

  it('shows what a change of the spec would change', async () => {
    const cwd = await withSpec();
    await health(['cluster', 'render', 'cluster.yaml', '--out', 'out'], { cwd });
    writeFileSync(
      join(cwd, 'cluster.yaml'),
      readFileSync(join(cwd, 'cluster.yaml'), 'utf8').replace('port: 7788', 'port: 7799'),
    );
    const { stdout } = await health(['cluster', 'render', 'cluster.yaml', '--diff', 'out'], { cwd });
    expect(stdout).toContain('-        address 172.17.18.191:7788;');
    expect(stdout).toContain('+        address 172.17.18.191:7799;');
    const machine = await health(['cluster', 'render', 'cluster.yaml', '--diff', 'out', '--json'], { cwd });
    const data = JSON.parse(machine.stdout) as { place: string; kind: string }[];
    expect(data.map(({ place, kind }) => `${kind} ${place}`)).toEqual([
      'changed astapor/etc/drbd.d/optzimbra.res',
      'changed braavos/etc/drbd.d/optzimbra.res',
    ]);
  });

  it('writes nothing for a bad spec, into a foreign folder, or nowhere', async () => {
    const bad = await withSpec((text) => text.replace('name: braavos', 'name: braavos$(reboot)'));
    const refused = await health(['cluster', 'render', 'cluster.yaml', '--out', 'out'], { cwd: bad });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/^health: cluster\.yaml:\d+:\d+: nodes\[1\]\.name: must be a short host name/);
    expect(existsSync(join(bad, 'out'))).toBe(false);
    const cwd = await withSpec();
    mkdirSync(join(cwd, 'mine'));
    writeFileSync(join(cwd, 'mine/letter.txt'), 'dear');
    const foreign = await health(['cluster', 'render', 'cluster.yaml', '--out', 'mine'], { cwd });
    expect(foreign).toMatchObject({ code: 4 });
    expect(foreign.stderr).toContain('mine holds files that were not rendered');
    expect(await health(['cluster', 'render', 'cluster.yaml'], { cwd })).toMatchObject({ code: 2 });
    const unknown = await health(['cluster', 'render', 'cluster.yaml', '--target', 'el7', '--out', 'out'], { cwd });
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('rhel6, el9, debian12');
  });

  it('takes no path of a manifest that leads out of the folder', async () => {
    const cwd = await withSpec();
    await health(['cluster', 'render', 'cluster.yaml', '--out', 'out'], { cwd });
    writeFileSync(join(cwd, 'precious'), 'x');
    writeFileSync(
      join(cwd, 'out/manifest.json'),
      JSON.stringify({ files: { '../precious': 'x', '/etc/hostname': 'x' } }),
    );
    expect((await health(['cluster', 'render', 'cluster.yaml', '--out', 'out'], { cwd })).code).toBe(0);
    expect(readFileSync(join(cwd, 'precious'), 'utf8')).toBe('x');
  });
});

describe('health cluster lint', () => {
  it("finds the thesis's mistakes, mends the safe ones in a copy, and says what is left", async () => {
    const cwd = temporaryFolder();
    const { code, stdout, stderr } = await health(['cluster', 'lint', 'thesis'], { cwd });
    expect(code).toBe(1);
    expect(stdout).toContain('astapor/etc/hosts:3: error: A name of the cluster points to the loopback address');
    expect(stderr).toMatch(/^\d+ errors, \d+ warnings, \d+ notes$/m);
    const own = JSON.parse((await health(['cluster', 'lint', 'thesis', '--json'], { cwd })).stdout) as unknown[];
    expect(own.length).toBe(stdout.trim().split('\n').length);
    cpSync(new URL('../../data/clusters/thesis', import.meta.url), join(cwd, 'copy'), { recursive: true });
    const fixed = await health(['cluster', 'lint', 'copy', '--fix'], { cwd });
    expect(fixed.stderr).toMatch(/^\d+ lines mended; /m);
    expect(readFileSync(join(cwd, 'copy/astapor/etc/yum.repo.d/centos.repo'), 'utf8')).toContain('gpgcheck=1');
    expect(await health(['cluster', 'lint', 'thesis', '--fix'], { cwd })).toMatchObject({ code: 2 });
  });

  it('makes hostile file names and lines harmless', async () => {
    const cwd = temporaryFolder();
    const folder = join(cwd, 'x/node\u001b[31m/etc');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'hosts'), '127.0.0.1 evil\u001b]0;owned\u0007.example\n');
    const { stdout, code } = await health(['cluster', 'lint', 'x'], { cwd });
    expect(code).toBe(1);
    for (const steering of ['\u001b', '\u0007']) expect(stdout).not.toContain(steering);
  });
});

const simulator = findTool('crm_simulate') !== null;
describe.skipIf(!simulator)(`health cluster simulate${simulator ? '' : ' (SKIPPED: no crm_simulate)'}`, () => {
  it('plays a scenario, and beside it the thesis’s own configuration', async () => {
    const cwd = await withSpec();
    const { code, stdout } = await health(
      ['cluster', 'simulate', 'cluster.yaml', '--scenario', 'stale-data', '--thesis'],
      {
        cwd,
      },
    );
    expect(code).toBe(0);
    const [ours = '', thesis = ''] = stdout.split("the thesis's configuration");
    expect(ours).not.toContain('NOT as expected');
    expect(thesis).toContain('NOT as expected');
  });

  it('says which scenarios there are', async () => {
    const { code, stderr } = await health(['cluster', 'simulate', 'zimbra-ha', '--scenario', 'flood']);
    expect(code).toBe(2);
    expect(stderr).toContain('no scenario is called flood');
    expect(stderr).toContain('standby');
  });
});

it('health cluster check refuses with 1 what a tool refuses, and skips what is not here', async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, 'n/etc'), { recursive: true });
  writeFileSync(join(cwd, 'n/etc/hosts'), '127.0.0.1 localhost\n');
  const { code, stdout } = await health(['cluster', 'check', '.'], { cwd });
  expect([0, 1]).toContain(code);
  expect(stdout).toMatch(/^(passed|failed|skipped) +n\/etc\/hosts {2}getent hosts$/m);
});
