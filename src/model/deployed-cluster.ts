import type { ClusterQuorum, ClusterSpec, ClusterTarget, LintFinding, Rehearsal, Simulation } from './cluster.js';
import type { Distance, Release } from './deployment.js';

/** What a study says of its cluster. */
export interface StudyCluster {
  /** The spec: an absolute path, or the id of one that comes with the program. */
  spec: string;
  /** Null: the spec's own. */
  target: ClusterTarget | null;
  /** What `health cluster simulate --json` and `rehearse --json` printed, absolute paths; null: not given. */
  simulation: string | null;
  rehearsal: string | null;
}

/** A cluster's spec in short: what a drawing of it needs. */
export interface ClusterSummary {
  name: string;
  title: string;
  domain: string;
  target: ClusterTarget;
  nodes: { name: string; interfaces: { network: string; device: string; address: string }[] }[];
  networks: { id: string; subnet: string; roles: string[] }[];
  virtualAddress: ClusterSpec['virtualAddress'];
  /** `drbd` is the generation that the target has. */
  storage: Pick<
    ClusterSpec['storage'],
    'resource' | 'drbd' | 'protocol' | 'port' | 'device' | 'disk' | 'metaDisk' | 'filesystem' | 'mount'
  >;
  /** `delay` in seconds. */
  fencing: { id: string; node: string; agent: string; delay: number }[];
  quorum: { kind: ClusterQuorum['kind']; host: string | null; algorithm: string | null };
  /** What the virtual address leads to. */
  service: string;
}

/** A part of the deployed software, and how it fares. */
export interface ClusterComponent {
  name: string;
  layer: string | null;
  /** Id in the catalogue. */
  candidate: string | null;
  /** On the target; null: the spec doesn't say. */
  version: string | null;
  /** The report's project that stands for it; null: none does. */
  project: string | null;
  /** As the report measured them; null where there is no project, or it is not known. */
  figures: {
    lastRelease: string | null;
    released: string | null;
    daysSinceRelease: number | null;
    absenceFactor: number | null;
    commitsLastYear: number | null;
  } | null;
  /** The release that is deployed, and how far it is behind the newest of its series and of all; null: `reason` says why. */
  standing: { used: Release; series: { name: string; behind: Distance }; newest: Distance } | null;
  reason: string | null;
}

/** The cluster that is deployed, with all that is known of it without touching it. */
export interface DeployedCluster {
  cluster: ClusterSummary;
  components: ClusterComponent[];
  /** What the linter finds in the spec and in what is rendered from it. */
  lint: LintFinding[];
  /** What would happen, by Pacemaker's own scheduler, without actions that change nothing; null: not given. */
  simulations: Simulation[] | null;
  /** What did happen to a real one; null: not given. */
  rehearsal: Rehearsal | null;
}

/** sha256 of the files a deployment was told from; null: not given. */
export interface DeploymentSeal {
  spec: string;
  target: ClusterTarget;
  simulation: string | null;
  rehearsal: string | null;
}
