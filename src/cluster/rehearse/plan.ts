import { existsSync, readFileSync } from 'node:fs';
import type { ClusterSpec, Rehearsal, RehearsalScenario, RenderedFile } from '../../model/cluster.js';
import { HealthError } from '../../model/error.js';
import { mapCib } from './cib-mapping.js';

export interface PlannedFile {
  /** Below the folder it goes to. */
  path: string;
  text: string;
  mode: number;
}

export interface PlannedNode {
  name: string;
  /** What `uname -n` says. */
  host: string;
  interfaces: { network: number; device: string; address: string; prefix: number; mtu: number }[];
  files: PlannedFile[];
}

export interface PlannedNetwork {
  /** Addresses of a client on it, with prefix; null: nobody asks from there. */
  client: string | null;
  mtu: number;
}

/** All that a rehearsal needs to know: plain data, handed to the process that does it. */
export interface RehearsalPlan {
  cluster: string;
  nodes: PlannedNode[];
  networks: PlannedNetwork[];
  virtualAddress: string;
  /** The folder that only the active node has mounted. */
  mount: string;
  promotionStates: string[];
  user: string;
  /** What both nodes see, with the stub of the service. */
  shared: PlannedFile[];
  nodeInit: string;
  probe: string;
  /** Folders of the machine of which each node has a writable copy of its own. */
  folders: string[];
  scenarios: RehearsalScenario[];
  /** Milliseconds until a lost node is surely missed. */
  patience: number;
  /** A cut link: whether the configuration says that the active node survives it. */
  activeSurvives: boolean;
  /** Whether one failure of the service moves it. */
  failureMoves: boolean;
  substitutions: Rehearsal['substitutions'];
}

const FOLDERS = ['/etc', '/usr/sbin', '/usr/lib/ocf', '/var'];
const NEEDED = ['hosts', 'corosync.conf', 'agent'] as const;

/** What is put in place of systemd and the service itself, whatever the CIB says. */
const ALWAYS = [
  {
    original: 'systemd',
    standIn: 'a script as PID 1',
    why: 'it starts corosync and pacemakerd, and starts them again a second after a failure, as their units do',
  },
  {
    original: 'zmcontrol',
    standIn: 'a stub with four services',
    why: 'Zimbra takes minutes to start: what is timed here is the cluster, not Zimbra',
  },
];

/** Builds it, or says with a HealthError what can't be rehearsed. */
export function planRehearsal(spec: ClusterSpec, files: RenderedFile[], scenarios: RehearsalScenario[]): RehearsalPlan {
  if (spec.nodes.length !== 2) throw refused(`${spec.nodes.length} nodes: a rehearsal has two`);
  if (spec.quorum.kind !== 'two-node') throw refused('a quorum device has a third host, which a rehearsal has not');
  const cib = files.find((file) => file.kind === 'cib');
  if (!cib) throw refused('there is no CIB among the files', 'Render them for el9 or debian12.');
  const { xml, substitutions, promotionStates } = mapCib(cib.text, spec.service.resource);
  const corosync = files.find((file) => file.kind === 'corosync.conf')?.text ?? '';
  const network = (id: string) => spec.networks.findIndex((one) => one.id === id);
  const service = spec.resources.find((one) => one.id === spec.service.resource);
  return {
    cluster: spec.name,
    nodes: spec.nodes.map((node) => ({
      name: node.name,
      host: `${node.name}.${spec.domain}`,
      interfaces: node.interfaces.map((one) => ({
        network: network(one.network),
        device: one.device,
        address: one.address,
        prefix: prefix(spec.networks[network(one.network)]!.subnet),
        mtu: spec.networks[network(one.network)]!.mtu,
      })),
      files: nodeFiles(node.name, files, xml),
    })),
    networks: spec.networks.map((one) => ({
      client: one.id === spec.virtualAddress.network ? client(spec, one) : null,
      mtu: one.mtu,
    })),
    virtualAddress: spec.virtualAddress.address,
    mount: spec.storage.mount,
    promotionStates,
    user: spec.service.user,
    shared: stub(service?.options['binary'] ?? 'zmcontrol'),
    nodeInit: data('node-init'),
    probe: data('probe.mjs'),
    folders: [...new Set([...FOLDERS, `/${spec.storage.mount.split('/')[1]}`])],
    scenarios,
    patience: 1500 + 2.2 * Number(/^\s*token:\s*(\d+)/m.exec(corosync)?.[1] ?? 3000),
    activeSurvives: 'priority-fencing-delay' in spec.properties,
    failureMoves: (service?.meta['migration-threshold'] ?? spec.defaults.resources['migration-threshold']) === '1',
    substitutions: [...substitutions, ...ALWAYS],
  };
}

function refused(message: string, hint?: string): HealthError {
  return new HealthError('bad-config', `can't be rehearsed: ${message}`, hint === undefined ? {} : { hint });
}

function nodeFiles(node: string, files: RenderedFile[], cib: string): PlannedFile[] {
  const own = files.filter((file) => file.node === node || file.node === null);
  const taken = NEEDED.map((kind) => {
    const file = own.find((one) => one.kind === kind && one.node === node) ?? own.find((one) => one.kind === kind);
    if (!file) throw refused(`there is no ${kind} for ${node} among the files`, 'Render them for el9 or debian12.');
    const path = file.path.replace(/^\/+/, '');
    const inside = path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
    if (!inside || !FOLDERS.some((folder) => `/${path}`.startsWith(`${folder}/`))) {
      throw refused(`${file.path} lies outside of what a rehearsed node may write to`);
    }
    return { path, text: file.text, mode: file.mode };
  });
  return [
    ...taken,
    { path: 'var/lib/pacemaker/cib/cib.xml', text: cib, mode: 0o600 },
    { path: 'usr/sbin/fence_rehearsal', text: data('fence_rehearsal'), mode: 0o755 },
  ];
}

function stub(binary: string): PlannedFile[] {
  return [
    { path: `bin/${binary}`, text: data('zmcontrol'), mode: 0o755 },
    { path: 'libexec/mailbox.mjs', text: data('mailbox.mjs'), mode: 0o644 },
    { path: 'log/.keep', text: '', mode: 0o644 },
  ];
}

function prefix(subnet: string): number {
  return Number(subnet.split('/')[1]);
}

/** An address for who asks: the gateway's, or the first that is nobody's. */
function client(spec: ClusterSpec, network: ClusterSpec['networks'][number]): string {
  const taken = new Set([
    spec.virtualAddress.address,
    ...spec.nodes.flatMap((node) => node.interfaces.map((one) => one.address)),
  ]);
  const [base = '', length = ''] = network.subnet.split('/');
  const first = base.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const nth = (n: number) => [24, 16, 8, 0].map((shift) => Math.floor((first + n) / 2 ** shift) % 256).join('.');
  let free = 1;
  while (taken.has(nth(free))) free++;
  const gateway = network.gateway !== null && !taken.has(network.gateway) ? network.gateway : nth(free);
  return `${gateway}/${length}`;
}

/** A file of data/clusters/rehearsal. Sources lie a folder deeper than the bundled program. */
function data(name: string): string {
  const bundled = new URL(`../../data/clusters/rehearsal/${name}`, import.meta.url);
  const url = existsSync(bundled) ? bundled : new URL(`../../../data/clusters/rehearsal/${name}`, import.meta.url);
  return readFileSync(url, 'utf8');
}
