import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { mapCib } from '../../src/cluster/rehearse/cib-mapping.js';
import { smallCib } from '../fixtures/cluster.js';
import { hasTool } from '../fixtures/zimbra-host.js';

const SCHEMA = '/usr/share/pacemaker/pacemaker-3.9.rng';
const one = (primitive: string) =>
  `<cib><configuration><crm_config/><resources>${primitive}</resources></configuration></cib>`;

describe("a rehearsal's CIB", () => {
  const { xml, substitutions, promotionStates } = mapCib(smallCib({ fencingDelay: 15 }), 'mail_service');

  test('has stand-ins for what a namespace has not, each with its reason', () => {
    expect(xml).toContain('<primitive id="drbd" class="ocf" provider="pacemaker" type="Stateful">');
    expect(xml).toContain('name="state" value="/run/rehearsal/drbd.state"');
    expect(promotionStates).toEqual(['/run/rehearsal/drbd.state']);
    expect(xml).toContain('<primitive id="fence-oak" class="stonith" type="fence_rehearsal">');
    expect(xml).toMatch(
      /name="device" value="\/run\/rehearsal\/shared"[\s\S]*name="fstype" value="none"[\s\S]*name="options" value="bind"/,
    );
    expect(xml).toContain('<op id="mail_service-monitor" name="monitor" interval="10s" timeout="40s"/>');
    expect(xml).toContain('name="dc-deadtime" value="3s"');
    expect(substitutions.map(({ original, standIn }) => `${original}: ${standIn}`)).toEqual([
      'stonith:fence_pve: stonith:fence_rehearsal',
      'ext4 on /dev/drbd0: bind mount of a folder both nodes see',
      'mail_service monitored every 2min: every 10s',
      'ocf:linbit:drbd: ocf:pacemaker:Stateful',
      'dc-deadtime 20s: dc-deadtime 3s',
    ]);
    expect(substitutions.every(({ why }) => why !== '')).toBe(true);
  });

  test('keeps all else: fence delays, constraints, other monitors', () => {
    for (const kept of [
      'name="pcmk_delay_base" value="5s"',
      'name="priority-fencing-delay" value="15s"',
      'name="pcmk_host_list" value="elm.cupboard.example"',
      '<rsc_colocation id="mail-with-drbd"',
      '<op id="mail_address-monitor" name="monitor" interval="30s" timeout="30s"/>',
    ]) {
      expect(xml).toContain(kept);
    }
  });

  test('has nothing of the device it stands in for, and no status', () => {
    expect(xml).not.toMatch(/fence_pve|192\.0\.2\.200|linbit|drbd_resource|\/dev\/drbd0|<status/);
  });

  const schema = hasTool('xmllint') && spawnSync('test', ['-r', SCHEMA]).status === 0;
  test.skipIf(!schema)(`is as Pacemaker's schema has it${schema ? '' : ' (SKIPPED: no xmllint or schema)'}`, () => {
    // The schema wants a status, which the cluster adds.
    const whole = xml.replace('</cib>', '<status/></cib>');
    const said = spawnSync('xmllint', ['--noout', '--nonet', '--relaxng', SCHEMA, '-'], {
      input: whole,
      encoding: 'utf8',
    });
    expect(said.stderr).toContain('- validates');
  });
});

test('options are made where there are none; a host map becomes a list', () => {
  const bare = mapCib(
    one('<primitive id="d" class="ocf" provider="linbit" type="drbd"><operations/></primitive>'),
    's',
  );
  expect(bare.xml).toMatch(
    /<primitive [^>]*><instance_attributes id="d-instance_attributes"><nvpair[^>]*\/><\/instance_attributes><operations\/>/,
  );
  expect(bare.xml).toMatch(/<crm_config><cluster_property_set id="[^"]+"><nvpair/);
  const map = '<nvpair id="m" name="pcmk_host_map" value="oak.example:101;elm.example:102"/>';
  const mapped = mapCib(
    one(
      `<primitive id="f" class="stonith" type="fence_x"><instance_attributes id="i">${map}</instance_attributes></primitive>`,
    ),
    's',
  );
  expect(mapped.xml).toContain('name="pcmk_host_list" value="oak.example,elm.example"');
  expect(mapped.xml).not.toContain('pcmk_host_map');
});

test.each([
  ['no XML at all', 'the CIB is no XML'],
  ['<cib><configuration></cib>', 'the CIB is no XML'],
  ['<html/>', 'the CIB has no element cib'],
  ['<cib><configuration/></cib>', 'the CIB has no element crm_config'],
])('%s is refused', (text, message) => {
  expect(() => mapCib(text, 's')).toThrow(expect.objectContaining({ code: 'bad-config', message }));
});

test('what a file names outside of itself is not read', () => {
  const hostile = `<!DOCTYPE cib [<!ENTITY e SYSTEM "file:///etc/passwd">]>${one('<primitive id="p" class="&e;"/>')}`;
  let said = '';
  try {
    said = mapCib(hostile, 's').xml;
  } catch (error) {
    said = String(error);
  }
  expect(said).not.toContain('root:');
});
