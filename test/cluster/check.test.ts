import { describe, expect, it } from 'vitest';
import { checkFolder } from '../../src/cluster/check/check.js';
import { hasRooms } from '../../src/cluster/check/room.js';
import { findTool } from '../../src/cluster/check/tool.js';
import { clusterTargets, type CheckOutcome, type RenderedFile } from '../../src/model/cluster.js';
import { HealthError } from '../../src/model/error.js';
import { renderShipped, writeFiles } from '../fixtures/cluster-spec.js';
import { temporaryFolder } from '../fixtures/repository.js';

function checked(files: readonly RenderedFile[]): CheckOutcome[] {
  return checkFolder(writeFiles(temporaryFolder(), files));
}

const short = ({ state, file, tool, said }: CheckOutcome) => ({
  state,
  file,
  tool,
  said: state === 'passed' ? [] : said,
});

/** What has no package on Debian, speaks of a program of another age, or would start the service: skipped everywhere. */
const NEVER_HERE = ['ccs_config_validate -f', 'pcs -f', 'ocf-tester'];

describe.each(clusterTargets)('the artefacts for %s', (target) => {
  it('pass every tool that is here', (test) => {
    const outcomes = checked(renderShipped(target));
    expect(outcomes.filter(({ state }) => state === 'failed').map(short)).toEqual([]);
    const skipped = outcomes.filter(({ state, tool }) => state === 'skipped' && !NEVER_HERE.includes(tool));
    const why = [...new Set(skipped.map(({ tool, said }) => `${tool} (${said.join(' ')})`))].join(', ');
    test.skip(skipped.length > 0, `SKIPPED in part: ${why}`);
    // With nothing skipped, so many passed; a check that is lost is seen.
    expect(outcomes.filter(({ state }) => state === 'passed').length).toBeGreaterThanOrEqual(22);
  });
});

/** A file of the el9 artefacts made wrong, and how its own tool says so. */
const broken: [kind: string, tool: string, needs: string, from: string, to: string, said: RegExp][] = [
  ['corosync.conf', 'corosync -t -c', 'corosync', 'cluster_name: zcsCluster', 'cluster_name', /pars/i],
  ['drbd', 'drbdadm -c FILE dump', 'drbdadm', 'protocol C;', 'protocol Z;', /protocol/],
  ['zone', 'named-checkzone -i full', 'named-checkzone', 'MX 5 zcs-ha', 'MX 5 nowhere', /nowhere/],
  ['named.conf', 'named-checkconf -z', 'named-checkconf', 'got.com.db', 'gone.db', /gone\.db/],
  ['chrony.conf', 'chronyd -p -f', 'chronyd', 'makestep', 'makesteps', /makesteps|Invalid/i],
  ['nmconnection', 'nmcli --offline connection modify', 'nmcli', 'method=manual', 'method=sometimes', /method/],
  ['hosts', 'getent hosts', 'getent', '172.17.18.192   braavos', '172.17.18.1920  braavos', /braavos/],
  ['agent', 'shellcheck --shell=sh', 'shellcheck', '#!/bin/sh', '#!/bin/sh\nif', /SC\d+/],
  ['cib', 'xmllint --relaxng', 'xmllint', '<rsc_order', '<rsc_ordering', /rsc_ordering|fails/],
  ['cib', 'crm_verify -V -x', 'crm_verify', 'rsc="zcsgroup"', 'rsc="nogroup"', /nogroup/],
  ['crm', 'crm configure load update', 'crm', 'primitive VIP1', 'primitive VIP1 ip=1', /./],
  [
    'pcs',
    'pcs -f',
    'pcs',
    'resource create VIP1 ocf:heartbeat:IPaddr2',
    'resource create VIP1 ocf:heartbeat:IPAddr2',
    /IPAddr2/,
  ],
];

describe('a tool says no to', () => {
  const able = broken.filter(([, , needs]) => findTool(needs) !== null && hasRooms());
  it.skip.each(broken.filter((one) => !able.includes(one)))('%s by %s (SKIPPED: no %s, or no namespaces)', () => {});

  it.for(able)('%s by %s', ([kind, tool, , from, to, said]) => {
    const files = renderShipped('el9');
    const wrong = files.find((file) => file.kind === kind)!;
    expect(wrong.text).toContain(from);
    const others = files.filter(
      (file) => file !== wrong && ['cib', 'agent', 'zone', 'reverse-zone', 'manifest'].includes(file.kind),
    );
    const outcomes = checked([...others, { ...wrong, text: wrong.text.replace(from, to) }]);
    const place = wrong.node === null ? wrong.path : `${wrong.node}/${wrong.path}`;
    const own = outcomes.find((one) => one.file === place && one.tool === tool);
    expect(own?.state, JSON.stringify(own)).toBe('failed');
    expect(own?.said.join('\n')).toMatch(said);
  });
});

it('a folder without artefacts, or none at all, gets one clear line', () => {
  const caught = (folder: string): unknown => {
    try {
      return checkFolder(folder);
    } catch (error) {
      return error instanceof HealthError ? [error.message, error.exitCode] : error;
    }
  };
  const empty = temporaryFolder();
  expect(caught(empty)).toEqual([`${empty} holds no artefact of a cluster`, 2]);
  expect(caught(`${empty}/gone`)).toEqual([`${empty}/gone can't be read as a folder`, 2]);
});
