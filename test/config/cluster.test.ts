import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtinClusters, clusterFile, clusterJsonSchema, loadCluster } from '../../src/config/cluster.js';
import { durationSeconds } from '../../src/config/duration.js';
import { HealthError } from '../../src/model/error.js';
import { temporaryFolder } from '../fixtures/repository.js';

const OWN = readFileSync(clusterFile('zimbra-ha', '.'), 'utf8');

/** What loading the shipped spec complains about, once a part of it is replaced; one line each, without the file's name. */
function complaints(...replacements: [from: string | RegExp, to: string][]): string[] {
  let text = OWN;
  for (const [from, to] of replacements) {
    const changed = text.replace(from, to);
    expect(changed, `nothing to replace: ${String(from)}`).not.toBe(text);
    text = changed;
  }
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'spec.yaml'), text);
  try {
    loadCluster('spec.yaml', cwd);
  } catch (error) {
    if (!(error instanceof HealthError)) throw error;
    expect(error.code).toBe('bad-config');
    expect(error.exitCode).toBe(2);
    return [error.message, ...(error.hint?.split('\n') ?? [])].map((line) => line.replace(/^spec\.yaml:\d+:\d+: /, ''));
  }
  return [];
}

describe('the shipped spec', () => {
  it("is the thesis's cluster", () => {
    expect(builtinClusters()).toEqual(['zimbra-ha']);
    const spec = loadCluster('zimbra-ha', temporaryFolder());
    expect(spec.name).toBe('zcsCluster');
    expect(spec.nodes.map(({ name, interfaces }) => [name, interfaces[0]?.address])).toEqual([
      ['astapor', '172.17.18.191'],
      ['braavos', '172.17.18.192'],
    ]);
    expect(spec.virtualAddress.address).toBe('172.17.18.190');
    expect(spec.colocations).toEqual([
      {
        id: 'zcsgroup-with-drbd_ms-promoted',
        follower: 'zcsgroup',
        leader: 'drbd_ms',
        leaderRole: 'promoted',
        score: 1_000_000,
      },
    ]);
    expect(spec.orders[0]?.id).toBe('drbd_ms-promote-before-zcsgroup-start');
    expect(spec.resources.find(({ id }) => id === 'zcs_service')?.operations[0]?.timeout).toBe(360);
  });

  it('has a JSON Schema that knows its keys', () => {
    expect(clusterJsonSchema()).toMatchObject({
      type: 'object',
      required: expect.arrayContaining(['cluster', 'nodes', 'fencing', 'storage']) as string[],
      additionalProperties: false,
    });
  });
});

describe('a spec that is wrong gets one clear line', () => {
  it.each<[string, [string | RegExp, string][], string]>([
    [
      'a duplicate address',
      [['address: 172.17.18.192', 'address: 172.17.18.191']],
      "nodes[1].interfaces[0].address: '172.17.18.191' is already the address of something else",
    ],
    [
      "a node that has the router's address",
      [['address: 172.17.18.192', 'address: 172.17.18.1']],
      "nodes[1].interfaces[0].address: '172.17.18.1' is already the address of something else",
    ],
    [
      'an address outside its network',
      [['address: 172.17.18.190', 'address: 172.17.19.190']],
      "virtual_address.address: 172.17.19.190 is no host's address in 172.17.18.0/24",
    ],
    [
      'the broadcast address',
      [['zcs-ha, address: 172.17.18.190', 'zcs-ha, address: 172.17.18.255']],
      "virtual_address.address: 172.17.18.255 is no host's address in 172.17.18.0/24",
    ],
    [
      'an unknown leader',
      [['leader: drbd_ms,', 'leader: drbd_msx,']],
      "constraints.colocations[0].leader: no resource, clone or group is called 'drbd_msx'; did you mean 'drbd_ms'?",
    ],
    [
      'a name with shell in it',
      [['name: braavos', "name: 'braavos; rm -rf x'"]],
      'nodes[1].name: must be a short host name: small letters, digits and dashes',
    ],
    [
      'an id with XML in it',
      [['id: zcs_fs', `id: '<zcs_fs/>'`]],
      'resources[1].id: must be letters, digits, dashes and underscores, a letter first',
    ],
    [
      'an option with a line end in it',
      [['fstype: ext4', 'fstype: "ext4\\nrm"']],
      'resources[1].options.fstype: must be a single line without control characters',
    ],
    [
      'a clone in a group',
      [['members: [zcs_fs,', 'members: [drbd, zcs_fs,']],
      "groups[0].members[0]: drbd is cloned, and a clone can't be in a group",
    ],
    [
      'meta-data on the disk itself',
      [['meta_disk: /dev/vdc1', 'meta_disk: /dev/vdb1']],
      'storage.meta_disk: is the disk itself; name another device, or internal',
    ],
    [
      'a third voter that is one of the two',
      [['quorum: two-node', 'quorum: {qdevice: braavos}']],
      'quorum.qdevice: braavos is one of the two nodes; a third host has to vote',
    ],
    [
      'a time that is none',
      [['timeout: 240s', 'timeout: soon']],
      'resources[0].operations[0].timeout: must be a time such as 90, 90s, 2min or 1h',
    ],
    [
      'a network with a host in it',
      [['172.17.18.0/24', '172.17.18.1/24']],
      'networks[0].subnet: must be a network such as 192.0.2.0/24, no host in it',
    ],
    [
      'an octal address',
      [['172.17.18.191', '172.017.18.191']],
      'nodes[0].interfaces[0].address: must be an IPv4 address such as 192.0.2.1',
    ],
  ])('%s', (_, replacements, line) => {
    expect(complaints(...replacements)).toEqual([line]);
  });

  it('one node', () => {
    const lines = complaints([/ {2}- name: braavos\n.*\n.*\n/, '']);
    expect(lines[0]).toBe('nodes: must be two nodes, not 1: one alone has nowhere to fail over to');
  });

  it('no fencing, once for each node', () => {
    expect(complaints([/fencing:\n(?: {2}.*\n)+/, 'fencing: []\n'])).toEqual([
      'fencing: nothing can switch astapor off: without a fencing device for each node, a cut link leaves two masters of the data',
      'fencing: nothing can switch braavos off: without a fencing device for each node, a cut link leaves two masters of the data',
    ]);
  });
});

it('times have units', () => {
  expect(['90', '90s', '2min', '1h', ' 3 d '].map(durationSeconds)).toEqual([90, 90, 120, 3600, 259_200]);
  expect(['', 's', '1.5s', '-1', '1 year'].map(durationSeconds)).toEqual([null, null, null, null, null]);
});
