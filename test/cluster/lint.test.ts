import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readArtefacts } from '../../src/cluster/check/check.js';
import { fixText, lintFiles, lintInputs, listRules } from '../../src/cluster/lint/lint.js';
import { toSarif } from '../../src/cluster/lint/sarif.js';
import { clusterTargets, type ClusterSpec, type LintFinding } from '../../src/model/cluster.js';
import { renderShipped, shippedSpec } from '../fixtures/cluster-spec.js';

const THESIS = fileURLToPath(new URL('../../data/clusters/thesis/', import.meta.url));

/** `rule file:line`, each once. */
function short(findings: readonly LintFinding[]): string[] {
  return [
    ...new Set(findings.map(({ rule, place }) => `${rule} ${place?.file ?? ''}${place?.line ? `:${place.line}` : ''}`)),
  ];
}

const ofThesis = short(lintFiles(readArtefacts(THESIS), null));

describe('the shipped spec', () => {
  it.each(clusterTargets)('and all that is rendered from it for %s trips no rule', (target) => {
    expect(lintFiles(lintInputs(renderShipped(target)), shippedSpec())).toEqual([]);
  });
});

describe("the thesis's files", () => {
  // Its tables and sections, in their order; what the design of this program lists of them.
  it.each([
    ['7.1', 'machine/partition-of-drbd partitions.txt:4'],
    ['7.1', 'machine/size-units partitions.txt:2'],
    ['7.3', 'hosts/loopback-name astapor/etc/hosts:3'],
    ['7.3', 'hosts/address-of-another astapor/etc/hosts:4'],
    ['7.3', 'hosts/address-of-another astapor/etc/hosts:5'],
    ['7.1.2', 'network/firewall-off 7.1.2-network.sh:2'],
    ['7.5', 'time/driftfile astapor/etc/ntp.conf:2'],
    ['7.5', 'time/single-source astapor/etc/ntp.conf'],
    ['7.5', 'time/no-iburst astapor/etc/ntp.conf:5'],
    ['7.5', 'time/no-loopback6 astapor/etc/ntp.conf'],
    ['7.6', 'dns/no-options astapor/etc/named.conf'],
    ['7.6', 'dns/no-forwarders astapor/etc/named.conf'],
    ['7.6', 'dns/no-reverse-zone astapor/etc/named.conf'],
    ['7.7', 'dns/no-soa astapor/var/named/got.com.db'],
    ['7.7', 'dns/no-owner astapor/var/named/got.com.db:2'],
    ['7.7', 'dns/no-ttl astapor/var/named/got.com.db'],
    ['7.7', 'dns/undotted-name astapor/var/named/got.com.db:6'],
    ['7.7', 'dns/cname-beside-others astapor/var/named/got.com.db:6'],
    ['7.7', 'dns/node-points-to-service astapor/var/named/got.com.db:6'],
    ['7.7', 'dns/node-missing astapor/var/named/got.com.db'],
    ['7.7', 'dns/masters-differ braavos/var/named/got.com.db'],
    ['7.8', 'drbd/no-resource astapor/etc/drbd.d/optzimbra.res'],
    ['7.2.1', 'drbd/discard-on-primary 7.2.1-storage.sh:6'],
    ['7.2.1', 'drbd/second-mkfs 7.2.1-storage.sh:11'],
    ['7.2.2', 'drbd/connect-order 7.2.2-split-brain.sh:4'],
    ['7.2.1', 'hosts/name-spelling 7.2.1-names.sh:2'],
    ['7.4', 'agent/second-name 7.4-agent.sh:2'],
    ['7.9', 'packages/repository-folder astapor/etc/yum.repo.d/centos.repo'],
    ['7.9', 'packages/signatures-off astapor/etc/yum.repo.d/centos.repo:6'],
    ['7.9', 'packages/two-addresses astapor/etc/yum.repo.d/centos.repo'],
    ['7.9', 'packages/escaped-variable astapor/etc/yum.repo.d/centos.repo:3'],
    ['7.5', 'cluster/node-added-twice 7.5-cluster.sh:4'],
    ['7.5', 'cluster/node-missing astapor/etc/cluster/cluster.conf'],
    ['7.5', 'cluster/cman-quorum-timeout astapor/etc/sysconfig/cman:1'],
    ['7.5', 'cluster/started-before-copied 7.5-cluster.sh:9'],
    ['7.5', 'cluster/no-two-node astapor/etc/cluster/cluster.conf'],
    ['7.5', 'fencing/stonith-off zcs.crm:2'],
    ['7.5', 'quorum/ignored zcs.crm:2'],
    ['7.5', 'fencing/handed-to-nobody astapor/etc/cluster/cluster.conf'],
    ['7.5', 'fencing/no-device cib.xml'],
    ['7.5', 'resources/defaults-as-properties zcs.crm:2'],
    ['7.5', 'resources/threshold-one zcs.crm:2'],
    ['7.5', 'resources/recurring-start-stop zcs.crm:5'],
    ['7.5', 'resources/operations-missing zcs.crm:5'],
    ['7.5', 'resources/no-interleave zcs.crm:13'],
    ['7.5', 'crm/foreign-command zcs.crm:3'],
    ['7.5', 'crm/trailing-backslash zcs.crm:24'],
    ['7.5', 'crm/unknown-reference zcs.crm:29'],
    ['7.5', 'constraints/colocation-reversed cib.xml:72'],
    ['7.5', 'constraints/promote-after-address cib.xml:75'],
    ['7.5', 'constraints/on-group-member zcs.crm:26'],
    ['7.5', 'constraints/redundant zcs.crm:27'],
    ['7.5', 'constraints/id-backwards zcs.crm:26'],
    ['7.5', 'resources/no-monitor zcs.crm:20'],
    ['7.5', 'constraints/address-outside-group cib.xml:18'],
    ['7.5', 'boot/drbd-on 7.5-boot.sh:6'],
    ['7.5', 'boot/service-left-on 7.5-boot.sh'],
    ['7.6', 'commands/crm-mon-l 7.6-control.sh:2'],
    ['7.6', 'commands/reprobe-for-cleanup 7.6-control.sh:3'],
    ['7.6', 'commands/bare-replace 7.6-control.sh:4'],
    ['7.10', 'status/standby-holds-copy crm_mon-7.10.txt:5'],
    ['7.10', 'status/address-shown-in-group crm_mon-7.10.txt:9'],
    ['7.10', 'status/agent-spelling crm_mon-7.10.txt:9'],
    ['7.11', 'commands/never-online-again 7.7-failover.sh:4'],
    ['A', 'agent/sed-lone-star usr/lib/ocf/resource.d/btactic/zimbra:26'],
    ['A', 'agent/stop-always-succeeds usr/lib/ocf/resource.d/btactic/zimbra:23'],
    ['A', 'agent/variable-never-set usr/lib/ocf/resource.d/btactic/zimbra:18'],
    ['A', 'agent/loop-over-quoted usr/lib/ocf/resource.d/btactic/zimbra:25'],
    ['A', 'agent/usage-differs usr/lib/ocf/resource.d/btactic/zimbra:3'],
    ['A', 'agent/exit-in-validate usr/lib/ocf/resource.d/btactic/zimbra:16'],
    ['A', 'agent/function-named-command usr/lib/ocf/resource.d/btactic/zimbra:10'],
  ])('%s: %s', (_, finding) => {
    expect(ofThesis).toContain(finding);
  });

  it('every rule that names the thesis as its source is tripped by them', () => {
    const tripped = new Set(ofThesis.map((finding) => finding.split(' ')[0]));
    expect(listRules().filter(({ id, source }) => source.startsWith('Thesis') && !tripped.has(id))).toEqual([]);
  });
});

/** What rules find once a part of what is rendered for el9 (or the spec before) is changed. */
function found(kind: string, from: string | RegExp, to: string, target: 'el9' | 'rhel6' = 'el9'): string[] {
  const files = renderShipped(target).map((file) =>
    file.kind === kind ? { ...file, text: file.text.replace(from, to) } : file,
  );
  expect(
    files.some((file, i) => file.text !== renderShipped(target)[i]?.text),
    `${String(from)} is in no ${kind}`,
  ).toBe(true);
  return [...new Set(lintFiles(lintInputs(files), shippedSpec()).map(({ rule }) => rule))];
}

function foundInSpec(change: (spec: ClusterSpec) => void): string[] {
  const spec = structuredClone(shippedSpec());
  change(spec);
  return [...new Set(lintFiles(lintInputs(renderShipped('el9', change)), spec).map(({ rule }) => rule))];
}

describe("what today's engineers expect", () => {
  it.each<[string, string, string | RegExp, string, ('el9' | 'rhel6')?]>([
    ['cluster/duplicate-address', 'corosync.conf', 'ring0_addr: 172.17.18.192', 'ring0_addr: 172.17.18.191'],
    ['cluster/unknown-key', 'corosync.conf', 'token: 1000', 'tokken: 1000'],
    ['cluster/two-node-with-more', 'corosync.conf', 'two_node: 1', 'two_node: 1\n    expected_votes: 3'],
    ['cluster/wait-for-all-off', 'corosync.conf', 'wait_for_all: 1', 'wait_for_all: 0'],
    ['cluster/no-two-node', 'corosync.conf', 'two_node: 1', 'two_node: 0'],
    ['drbd/no-fencing', 'drbd', /.*fencing .*\n/, ''],
    ['drbd/fencing-section', 'drbd', 'disk {\n        fencing', 'net {\n        fencing', 'rhel6'],
    ['drbd/meta-disk-is-disk', 'drbd', 'meta-disk /dev/vdc1', 'meta-disk /dev/vdb1'],
    ['drbd/unknown-digest', 'drbd', 'protocol C;', 'protocol C; cram-hmac-alg sha7;'],
    ['fencing/no-delay', 'cib', /.*(pcmk_delay_base|priority-fencing-delay).*\n/g, ''],
    ['fencing/priority-delay-short', 'cib', 'value="15s"', 'value="5s"'],
    ['resources/same-monitor-interval', 'cib', 'name="monitor" interval="31s"', 'name="monitor" interval="29s"'],
  ])('%s', (rule, kind, from, to, target) => {
    expect(found(kind, from, to, target)).toContain(rule);
  });

  it.each<[string, (spec: ClusterSpec) => void]>([
    ['network/port-shut', (spec) => void (spec.firewall = spec.firewall.filter(({ why }) => why !== 'DRBD'))],
    ['resources/address-differs', (spec) => void (spec.virtualAddress.address = '172.17.18.180')],
    ['resources/storage-differs', (spec) => void (spec.storage.mount = '/srv/zimbra')],
    ['resources/virtual-address-mask', (spec) => void (spec.networks[0]!.subnet = '172.17.16.0/22')],
    ['fencing/stonith-off', (spec) => void (spec.properties['stonith-enabled'] = 'false')],
    ['quorum/ignored', (spec) => void (spec.properties['no-quorum-policy'] = 'ignore')],
    ['time/single-source', (spec) => void (spec.time.sources = ['172.17.18.1'])],
    ['fencing/no-device', (spec) => void spec.fencing.pop()],
  ])('%s in a spec', (rule, change) => {
    expect(foundInSpec(change)).toContain(rule);
  });

  it('network/mtu-differs', () => {
    const files = renderShipped('el9').map((file) =>
      file.kind === 'nmconnection' && file.node === 'braavos'
        ? { ...file, text: file.text.replace('mtu=1500', 'mtu=9000') }
        : file,
    );
    expect(short(lintFiles(lintInputs(files), shippedSpec()))).toEqual([
      'network/mtu-differs braavos/etc/NetworkManager/system-connections/eth0.nmconnection:9',
    ]);
  });
});

describe('what is done with findings', () => {
  const findings = lintFiles(readArtefacts(THESIS), null);

  it('safe mendings change their own lines, and what they mend is not found again', () => {
    const file = readArtefacts(THESIS).find(({ name }) => name === 'astapor/etc/ntp.conf')!;
    const own = findings.filter(({ place }) => place?.file === file.name);
    const { text, fixed } = fixText(file.text, own);
    expect(fixed).toBe(2);
    expect(text).toContain('driftfile /var/lib/ntp/drift\n');
    expect(text).toContain('server 172.17.18.1 iburst\n');
    const again = lintFiles([{ ...file, text }], null).map(({ rule }) => rule);
    expect(again).toEqual(['time/single-source', 'time/no-loopback6']);
  });

  it('SARIF names rules, places and lines', () => {
    const log = toSarif(findings, listRules(), '1.0.0') as {
      version: string;
      runs: { tool: { driver: { rules: { id: string }[] } }; results: Record<string, unknown>[] }[];
    };
    expect(log.version).toBe('2.1.0');
    const [run] = log.runs;
    expect(run?.tool.driver.rules).toHaveLength(listRules().length);
    expect(run?.results[0]).toMatchObject({
      ruleId: 'network/firewall-off',
      level: 'error',
      locations: [{ physicalLocation: { artifactLocation: { uri: '7.1.2-network.sh' }, region: { startLine: 2 } } }],
    });
    for (const { ruleId, ruleIndex } of run?.results ?? []) {
      expect(run?.tool.driver.rules[ruleIndex as number]?.id).toBe(ruleId);
    }
  });

  it('every rule says why, what to do, and where it comes from, under an id of its own', () => {
    const rules = listRules();
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    for (const { id, why, remedy, source, title } of rules) {
      expect(id).toMatch(/^[a-z]+\/[a-z0-9-]+$/);
      for (const text of [why, remedy, source, title]) expect(text.length, id).toBeGreaterThan(5);
    }
  });

  it('nonsense is linted without a complaint of our own', () => {
    const kinds = readArtefacts(THESIS).map(({ kind }) => kind);
    for (const kind of new Set(kinds)) {
      for (const text of ['', '\0\u{1f600}', '<', '{{{', 'a\\', '"', '$(', '\\\n\\\n\\']) {
        expect(() => lintFiles([{ name: 'x', kind, node: null, text }], null)).not.toThrow();
      }
    }
  });
});
