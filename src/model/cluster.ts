/** What a cluster's files are written for. */
export const clusterTargets = ['rhel6', 'el9', 'debian12'] as const;

export type ClusterTarget = (typeof clusterTargets)[number];

export interface ClusterNetwork {
  /** A word: `lan`. */
  id: string;
  /** IPv4, `172.17.18.0/24`. */
  subnet: string;
  gateway: string | null;
  /** Bytes; the interface's MTU. */
  mtu: number;
  /** What runs over it. */
  roles: ('service' | 'cluster' | 'replication')[];
}

export interface ClusterInterface {
  network: string;
  /** `eth0`. */
  device: string;
  /** Lower case, `26:34:99:65:d7:77`; null: any. */
  mac: string | null;
  address: string;
}

export interface ClusterNode {
  /** Short; with the domain it is what `uname -n`, corosync, DRBD and Pacemaker call it alike. */
  name: string;
  /** 1 and up. */
  id: number;
  interfaces: ClusterInterface[];
}

/** Where a secret is kept. The secret itself is never in a spec, nor in an artefact that is kept. */
export interface SecretReference {
  /** Name in the operator's vault. */
  vault: string;
  /** Path on the nodes at which it has to be, readable by root alone. */
  file: string;
}

interface ClusterStorage {
  /** DRBD's resource. */
  resource: string;
  drbd: 8 | 9;
  device: string;
  port: number;
  protocol: 'A' | 'B' | 'C';
  disk: string;
  /** Another device than `disk`, or `internal`. */
  metaDisk: string;
  /** MiB; null: not said. */
  size: { disk: number | null; meta: number | null };
  filesystem: 'ext4' | 'xfs';
  mount: string;
  /** Of the peers' authentication; null: none. */
  secret: SecretReference | null;
}

interface FenceDevice {
  id: string;
  /** The node it switches off. */
  node: string;
  /** `fence_pve`. */
  agent: string;
  options: Record<string, string>;
  /** The agent's option that names a script which prints the password, and where the password is. */
  secret: { option: string; reference: SecretReference } | null;
  /** Seconds it waits before it strikes (pcmk_delay_base), so that one node outlives a cut link. */
  delay: number;
}

export type ClusterQuorum =
  | { kind: 'two-node' }
  | { kind: 'qdevice'; host: string; algorithm: 'ffsplit' | 'lms'; secret: SecretReference | null };

export interface ResourceOperation {
  name: 'start' | 'stop' | 'monitor' | 'promote' | 'demote' | 'notify' | 'reload';
  /** Seconds. */
  interval: number;
  timeout: number;
  role: 'promoted' | 'unpromoted' | null;
}

export interface ClusterResource {
  id: string;
  /** `ocf:heartbeat:IPaddr2`. */
  agent: string;
  options: Record<string, string>;
  operations: ResourceOperation[];
  meta: Record<string, string>;
  /** Its clone; null: it runs once. */
  clone: { id: string; promotable: boolean; max: number; notify: boolean; interleave: boolean } | null;
}

export interface ResourceGroup {
  id: string;
  /** In starting order. */
  members: string[];
  meta: Record<string, string>;
}

/** The follower goes where the leader is; the leader doesn't ask about the follower. */
export interface Colocation {
  id: string;
  follower: string;
  leader: string;
  leaderRole: 'promoted' | 'unpromoted' | null;
  /** -1000000 to 1000000; INFINITY is 1000000. */
  score: number;
}

export interface Ordering {
  id: string;
  first: string;
  firstAction: 'start' | 'stop' | 'promote' | 'demote';
  next: string;
  nextAction: 'start' | 'stop' | 'promote' | 'demote';
}

export interface LocationRule {
  id: string;
  resource: string;
  role: 'promoted' | null;
  node: string;
  score: number;
}

export interface FirewallOpening {
  /** `tcp`, `udp`, `udp/tcp` are one each. */
  protocol: 'tcp' | 'udp';
  /** `5404-5412`, `7788`. */
  ports: string;
  /** Who may: the cluster's own nodes, or anybody on the service network. */
  from: 'nodes' | 'anybody';
  /** `corosync`. */
  why: string;
}

/** A two-node cluster, as data/clusters/*.yaml describe it. Read by config; everything else only reads this. */
export interface ClusterSpec {
  /** corosync's cluster_name. */
  name: string;
  title: string;
  /** `got.com`, without a final dot. */
  domain: string;
  /** The one rendered where none is named. */
  target: ClusterTarget;
  networks: ClusterNetwork[];
  nodes: ClusterNode[];
  virtualAddress: { name: string; address: string; network: string };
  dns: {
    forwarders: string[];
    /** Mailbox of the zone's keeper, `hostmaster@got.com`. */
    hostmaster: string;
    /** YYYYMMDDnn. */
    serial: number;
    /** Seconds. */
    ttl: number;
    mail: { host: string; preference: number } | null;
  } | null;
  time: { sources: string[] };
  storage: ClusterStorage;
  fencing: FenceDevice[];
  quorum: ClusterQuorum;
  /** Cluster properties (`no-quorum-policy`), by name. */
  properties: Record<string, string>;
  defaults: { resources: Record<string, string>; operations: Record<string, string> };
  resources: ClusterResource[];
  groups: ResourceGroup[];
  colocations: Colocation[];
  orders: Ordering[];
  locations: LocationRule[];
  firewall: FirewallOpening[];
  /** The service behind the virtual address. */
  service: {
    title: string;
    /** Its resource. */
    resource: string;
    /** `zimbra`; who it runs as. */
    user: string;
    /** The version that is installed, and what packages it needs, by target. */
    packages: Partial<Record<ClusterTarget, string[]>>;
  };
  /** The layer of the stack each component fills, and its version by target. */
  components: {
    name: string;
    layer: string | null;
    candidate: string | null;
    versions: Partial<Record<ClusterTarget, string>>;
  }[];
}

/** A file to put on a node, or for the cluster as a whole. */
export interface RenderedFile {
  /** Short name of the node; null: for the whole cluster. */
  node: string | null;
  /** Below the node's folder the path it has there, without the leading slash: `etc/hosts`; else a plain name: `RUNBOOK.md`. */
  path: string;
  text: string;
  /** `0644`, `0755`, `0600`. */
  mode: number;
  /** What it is, for checks: `hosts`, `corosync.conf`, `cib`, `crm`, `pcs`, `drbd`, `zone`, … */
  kind: ArtefactKind;
}

export type ArtefactKind =
  | 'hosts'
  | 'hostname'
  | 'ifcfg'
  | 'nmconnection'
  | 'ntp.conf'
  | 'chrony.conf'
  | 'named.conf'
  | 'zone'
  | 'reverse-zone'
  | 'drbd-global'
  | 'drbd'
  | 'corosync.conf'
  | 'cluster.conf'
  | 'cman'
  | 'agent'
  | 'repository'
  | 'firewall'
  | 'cib'
  | 'crm'
  | 'pcs'
  | 'ansible'
  | 'runbook'
  | 'manifest'
  | 'commands'
  | 'fstab'
  | 'partitions'
  | 'status';

type LintSeverity = 'error' | 'warning' | 'note';

/** What a lint rule found. */
export interface LintFinding {
  rule: string;
  severity: LintSeverity;
  /** One line: what and what is wrong with it. */
  message: string;
  /** File as given, and where in it; null: in the spec as a whole. */
  place: { file: string; line: number | null } | null;
  /** What to write instead, where that is safe: applied by --fix. */
  fix: { from: string; to: string } | null;
}

export interface LintRuleInfo {
  id: string;
  severity: LintSeverity;
  title: string;
  why: string;
  remedy: string;
  /** Table or section of the thesis, manual, or bug. */
  source: string;
}

/** One artefact held against its real tool. */
export interface CheckOutcome {
  file: string;
  /** `corosync -t`. */
  tool: string;
  /** skipped: the tool isn't here, or needs what isn't here; never passed. */
  state: 'passed' | 'failed' | 'skipped';
  /** What the tool said, or why it was skipped; lines. */
  said: string[];
  /** Milliseconds; not part of any sealed result. */
  took: number;
}

/** Where everything is at one moment. */
export interface Placement {
  /** Resource to node; a clone's instances by node with their role. */
  resources: Record<string, { node: string | null; role: 'started' | 'stopped' | 'promoted' | 'unpromoted' }[]>;
  nodes: Record<string, 'online' | 'standby' | 'offline' | 'unclean' | 'pending'>;
}

export interface SimulationStep {
  /** What is done: `standby astapor`. */
  event: string;
  /** In the order of the transition. */
  actions: { order: number; action: string; resource: string; node: string }[];
  expected: Placement;
  actual: Placement;
  equal: boolean;
}

export interface Simulation {
  scenario: string;
  title: string;
  /** ours: rendered from the spec. thesis: the configuration as chapter 7 has it. */
  configuration: 'ours' | 'thesis';
  steps: SimulationStep[];
}

/** What a rehearsal does to the running cluster, in the order in which it does it. */
export const rehearsalScenarios = [
  'start',
  'standby',
  'kill-corosync',
  'kill-pacemakerd',
  'kill-controld',
  'kill-execd',
  'kill-based',
  'kill-fenced',
  'kill-schedulerd',
  'kill-attrd',
  'kill-service',
  'power-off',
  'cut-link',
  'cold-start',
] as const;

export type RehearsalScenario = (typeof rehearsalScenarios)[number];

/** One thing done to a running cluster, and what it cost. Seconds are to the 30 ms of the probes. */
export interface RehearsalStep {
  scenario: RehearsalScenario;
  /** What was done: `kill -9 corosync on astapor`. */
  event: string;
  /** Seconds from the event on in which the virtual address gave no answer; 0: it always did; null: it never came back. */
  addressAway: number | null;
  /** The same of the service behind it. */
  serviceAway: number | null;
  /** Seconds from the event until the service answered from where it should, for good; null: it never did. */
  recovered: number | null;
  /** One of these nodes should serve; none: nobody may. */
  expectedNodes: string[];
  servedBy: string | null;
  /** Nodes that a fence agent switched off, in order; not those that were off already. */
  fenced: string[];
  /** Moments at which two nodes held the address or had an active copy, each with its time; must be empty. */
  violations: string[];
  ok: boolean;
}

export interface Rehearsal {
  cluster: string;
  /** YYYY-MM-DD HH:MM:SS, UTC. */
  at: string;
  /** Versions of what ran: `corosync`, `pacemaker`. */
  versions: Record<string, string>;
  steps: RehearsalStep[];
  /** What was put in place of what can't run in a namespace: `ocf:linbit:drbd` by `ocf:pacemaker:Stateful`. */
  substitutions: { original: string; standIn: string; why: string }[];
  /** Seconds. */
  took: number;
  /** Seconds: the longest time between two looks into the nodes; a violation shorter than it may have been missed. */
  blind: number;
  /** Processes, mounts and interfaces of the rehearsal that were still there when it had ended; must be empty. */
  leftovers: string[];
  ok: boolean;
}
