import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { hasTool, noZimbraHost, onZimbraHost } from '../fixtures/zimbra-host.js';

const AGENT = fileURLToPath(new URL('../../data/clusters/agents/zimbra', import.meta.url));
const DTD = '/usr/share/resource-agents/ra-api-1.dtd';
const RNG = '/usr/share/resource-agents/metadata.rng';
const SHELLFUNCS = '/usr/lib/ocf/lib/heartbeat/ocf-shellfuncs';

const run = (command: string, words: string[], input = '') =>
  spawnSync(command, words, { encoding: 'utf8', input, env: { ...process.env, OCF_ROOT: '/usr/lib/ocf' } });

test.skipIf(!hasTool('shellcheck'))(
  `shellcheck finds nothing in it${hasTool('shellcheck') ? '' : ' (SKIPPED: no shellcheck)'}`,
  () => {
    expect(run('shellcheck', [AGENT]).stdout).toBe('');
  },
);

const schemas = hasTool('xmllint') && existsSync(DTD) && existsSync(RNG) && existsSync(SHELLFUNCS);
test.skipIf(!schemas)(`meta-data is as OCF has it${schemas ? '' : ' (SKIPPED: no xmllint or resource-agents)'}`, () => {
  const metaData = run(AGENT, ['meta-data']).stdout;
  expect(run('xmllint', ['--noout', '--nonet', '--dtdvalid', DTD, '-'], metaData).status).toBe(0);
  expect(run('xmllint', ['--noout', '--nonet', '--relaxng', RNG, '-'], metaData).stderr).toContain('- validates');
});

const why = noZimbraHost();
describe.skipIf(why !== null)(`on a host of its own${why === null ? '' : ` (SKIPPED: ${why})`}`, () => {
  const tester = hasTool('ocf-tester');
  test.skipIf(!tester)(`ocf-tester passes it${tester ? '' : ' (SKIPPED: no ocf-tester)'}`, () => {
    const said = onZimbraHost(`mount_zimbra; ocf-tester -n zcs -o zimbra_dir=/opt/zimbra /mnt/zimbra 2>&1; left`);
    expect(said.at(-1)).toBe('/mnt/zimbra passed all tests');
    expect(said.filter((line) => line.startsWith('*'))).toEqual(
      expect.not.arrayContaining([expect.stringMatching(/rc=/)]),
    );
  });

  test('lives as a cluster has it live', () => {
    const said = onZimbraHost(`
      agent monitor; mount_zimbra; agent monitor; agent validate-all
      agent start; agent start; agent monitor; agent status
      agent stop; agent stop; agent monitor; left; cat /opt/zimbra/calls`);
    expect(said.filter((line) => !line.includes('LC_ALL'))).toEqual(
      'monitor 7,monitor 7,validate-all 0,start 0,start 0,monitor 0,status 0,stop 0,stop 0,monitor 7'.split(','),
    );
    expect(new Set(said.filter((line) => line.includes('LC_ALL')))).toEqual(
      new Set(['start', 'status', 'stop'].map((action) => `${action} LC_ALL=C home=/opt/zimbra`)),
    );
  });

  test.each(['', 'touch /opt/zimbra/odd-code;'])('one service dead is a failure, whatever the exit code: %s', (odd) => {
    const said = onZimbraHost(
      `mount_zimbra; agent start; ${odd} pkill -9 -x mta; agent monitor; agent start; agent monitor`,
    );
    const reason = 'ocf-exit-reason:only a part of Zimbra runs; stopped: mta';
    expect(said).toEqual(['start 0', 'monitor 1', reason, 'start 0', reason, 'monitor 0']);
  });

  test('a stop ends what ignores TERM, and what zmcontrol lost sight of, within its time', () => {
    const said = onZimbraHost(`
      mount_zimbra; touch /opt/zimbra/deaf; agent start; rm /opt/zimbra/log/mta.pid
      agent stop 20; left; [ $took -lt 20000 ] && echo in time; agent monitor`);
    expect(said).toEqual(['start 0', 'stop 0', 'in time', 'monitor 7']);
  });

  test("a stop ends Postfix's master, which is root's, but no container's process of the same user number", () => {
    const said = onZimbraHost(`
      mount_zimbra; agent start; /opt/zimbra/libexec/postfix 100000 & master=$!
      unshare --pid --fork su zimbra -s /bin/sh -c 'cd /; exec sleep 4321' & sleep 0.5
      agent stop; readlink /proc/$master/exe; pgrep -fx 'sleep 4321' >/dev/null && echo the container lives`);
    expect(said).toEqual(['start 0', 'stop 0', 'the container lives']);
  });

  test('a zmcontrol that hangs costs its share of the time, and is not left behind', () => {
    const said = onZimbraHost(`
      mount_zimbra; agent start; echo status >/opt/zimbra/hang; agent monitor 5; left; echo
      [ $took -lt 5000 ] && echo in time
      echo stop >/opt/zimbra/hang; agent stop 10; left; [ $took -lt 10000 ] && echo in time`);
    expect(said).toEqual([
      'start 0',
      'monitor 1',
      'ocf-exit-reason:zmcontrol status does not answer',
      'ldap mailbox mta ',
      'in time',
      'stop 0',
      'in time',
    ]);
  });

  test('a start that hangs fails in its own time', () => {
    const said = onZimbraHost(`mount_zimbra; echo start >/opt/zimbra/hang; agent start 5; left`);
    expect(said[0]).toBe('start 1');
    expect(said.slice(1)).toEqual([
      expect.stringMatching(/^ocf-exit-reason:zmcontrol start is not done after [345] s$/),
    ]);
  });

  test('the directory unmounted under living services: a failure, and a stop ends them', () => {
    const said = onZimbraHost(`
      mount_zimbra; agent start; umount -l /opt/zimbra; agent monitor; agent stop; left; agent monitor`);
    expect(said).toEqual([
      'start 0',
      'monitor 1',
      expect.stringMatching(
        /^ocf-exit-reason:\/opt\/zimbra\/bin\/zmcontrol is not there, but processes of Zimbra are: \d+/,
      ),
      'stop 0',
      'monitor 7',
    ]);
  });

  test('the passive node: a shell and a job of the user are not Zimbra; there may be no user and no directory', () => {
    const said = onZimbraHost(`
      su - zimbra -c 'sleep 100' & (cd /opt/zimbra; setsid su zimbra -s /bin/sh -c 'sleep 100') & sleep 0.5
      agent monitor; agent validate-all; pkill -u zimbra; sleep 0.2
      rmdir /opt/zimbra; userdel zimbra; agent monitor; agent stop; agent start`);
    expect(said).toEqual([
      'monitor 7',
      'validate-all 5',
      'ocf-exit-reason:/opt/zimbra/bin/zmcontrol is not there: /opt/zimbra is not mounted, or Zimbra not installed',
      'monitor 7',
      'stop 0',
      'start 5',
      'ocf-exit-reason:there is no user zimbra',
    ]);
  });

  test("pid files of the node that died don't make it run, and are gone before the start", () => {
    const said = onZimbraHost(`
      mount_zimbra; su zimbra -s /bin/sh -c 'cd /; exec sleep 100' & sleep 0.3
      for s in ldap mailbox mta; do pgrep -u zimbra -x sleep >/opt/zimbra/log/$s.pid; done; cp -a /opt/zimbra/log /mnt/dead
      pkill -u zimbra; sleep 0.3; agent monitor; agent start; agent monitor
      cmp -s /mnt/dead/mta.pid /opt/zimbra/log/mta.pid || echo new`);
    expect(said).toEqual(['monitor 7', 'start 0', 'monitor 0', 'new']);
  });

  test('without LDAP zmcontrol lists nothing: a failure while processes live, not running when none does', () => {
    const said = onZimbraHost(`
      mount_zimbra; agent start; touch /opt/zimbra/no-ldap; agent monitor; agent stop; agent monitor`);
    expect(said).toEqual([
      'start 0',
      'monitor 1',
      'ocf-exit-reason:zmcontrol status names no service: Cannot determine services - exiting',
      'stop 0',
      'monitor 7',
    ]);
  });

  test('a parameter that would hurt is refused', () => {
    const said = onZimbraHost(`
      export OCF_RESKEY_zimbra_user=root; agent stop; unset OCF_RESKEY_zimbra_user
      export OCF_RESKEY_zimbra_dir=opt; agent monitor; export OCF_RESKEY_zimbra_dir=//; agent monitor
      export OCF_RESKEY_zimbra_dir=/opt/zimbra/ OCF_RESKEY_binary='../x'; agent monitor; unset OCF_RESKEY_binary
      mount_zimbra; agent start; agent stop`);
    expect(said.filter((line) => !line.startsWith('ocf'))).toEqual([
      'stop 6',
      'monitor 6',
      'monitor 6',
      'monitor 6',
      'start 0',
      'stop 0',
    ]);
  });
});
