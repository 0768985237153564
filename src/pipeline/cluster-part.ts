import { createHash } from 'node:crypto';
import { lintFiles, lintInputs } from '../cluster/lint/lint.js';
import { clusterFile } from '../config/cluster.js';
import { readText } from '../config/file.js';
import { shortName } from '../config/problem.js';
import { loadCandidates } from '../config/selection.js';
import { deployedComponents } from '../config/study-cluster.js';
import { versionStanding } from '../metrics/deployed.js';
import type { ClusterSpec, ClusterTarget } from '../model/cluster.js';
import type {
  ClusterComponent,
  ClusterSummary,
  DeployedCluster,
  DeploymentSeal,
  StudyCluster,
} from '../model/deployed-cluster.js';
import type { Measurement, Value } from '../model/measurement.js';
import type { ProjectFacts } from '../model/result.js';
import type { Readable } from '../store/readable.js';
import { candidateProjects } from './candidate-projects.js';
import { renderSpec } from './cluster-files.js';
import { readRehearsal, readSimulations } from './played-files.js';
import type { MeasureOptions } from './report.js';

type Told = Pick<ClusterComponent, 'name' | 'layer' | 'candidate' | 'version'>;

/** What is known of a cluster before any history is looked at. */
interface ClusterBasis {
  part: Omit<DeployedCluster, 'components'>;
  components: Told[];
  seal: DeploymentSeal;
}

function summaryOf(spec: ClusterSpec, target: ClusterTarget): ClusterSummary {
  const { name, title, domain, storage, quorum } = spec;
  return {
    name,
    title,
    domain,
    target,
    nodes: spec.nodes.map((node) => ({
      name: node.name,
      interfaces: node.interfaces.map(({ network, device, address }) => ({ network, device, address })),
    })),
    networks: spec.networks.map(({ id, subnet, roles }) => ({ id, subnet, roles })),
    virtualAddress: spec.virtualAddress,
    storage: {
      resource: storage.resource,
      drbd: target === 'rhel6' ? 8 : storage.drbd,
      protocol: storage.protocol,
      port: storage.port,
      device: storage.device,
      disk: storage.disk,
      metaDisk: storage.metaDisk,
      filesystem: storage.filesystem,
      mount: storage.mount,
    },
    fencing: spec.fencing.map(({ id, node, agent, delay }) => ({ id, node, agent, delay })),
    quorum: {
      kind: quorum.kind,
      host: quorum.kind === 'qdevice' ? quorum.host : null,
      algorithm: quorum.kind === 'qdevice' ? quorum.algorithm : null,
    },
    service: spec.service.title,
  };
}

/** Reads, renders and lints; nothing is simulated or rehearsed. */
function basisOf(cluster: StudyCluster, cwd: string): ClusterBasis {
  const file = clusterFile(cluster.spec, cwd);
  const { spec, target, files } = renderSpec(cluster.spec, cwd, cluster.target ?? undefined);
  const simulations = cluster.simulation === null ? null : readSimulations(cluster.simulation, cwd);
  const rehearsal = cluster.rehearsal === null ? null : readRehearsal(cluster.rehearsal, cwd);
  return {
    part: {
      cluster: summaryOf(spec, target),
      lint: lintFiles(lintInputs(files), spec),
      simulations: simulations?.data ?? null,
      rehearsal: rehearsal?.data ?? null,
    },
    components: deployedComponents(spec, target).map(({ name, layer, candidate, versions }) => ({
      name,
      layer,
      candidate,
      version: versions[target] ?? null,
    })),
    seal: {
      spec: createHash('sha256')
        .update(readText(file, shortName(file, cwd)))
        .digest('hex'),
      target,
      simulation: simulations?.sha256 ?? null,
      rehearsal: rehearsal?.sha256 ?? null,
    },
  };
}

/** A run's own, where it is measured again without the files it was told from. */
function basisOfRun(run: DeployedCluster, seal: DeploymentSeal): ClusterBasis {
  const { components, ...part } = run;
  return {
    part,
    components: components.map(({ name, layer, candidate, version }) => ({ name, layer, candidate, version })),
    seal,
  };
}

/** A figure of the report, by query, project and column. */
type Figures = (query: string, project: string, column: string) => Value;

function figuresOf(measurements: readonly Measurement[]): Figures {
  return (query, project, column) => {
    const found = measurements.find((one) => one.query === query && one.scope.project === project);
    return found?.rows[0]?.[found.columns.indexOf(column)] ?? null;
  };
}

function numeric(value: Value): number | null {
  return typeof value === 'number' ? value : null;
}

function textual(value: Value): string | null {
  return typeof value === 'string' ? value : null;
}

function figuresFor(project: string, figure: Figures): ClusterComponent['figures'] {
  const release = 'releases/last-release';
  return {
    lastRelease: textual(figure(release, project, 'version')),
    released: textual(figure(release, project, 'released')),
    daysSinceRelease: numeric(figure(release, project, 'days_since_release')),
    absenceFactor: numeric(figure('people/absence-factor', project, 'absence_factor')),
    commitsLastYear: numeric(figure('activity/commits-last-year', project, 'commits')),
  };
}

/** Releases and how far apart they are; what goes on in the series is for an alarm, not for this table. */
function standingOf(
  readable: Readable,
  project: string | null,
  version: string | null,
  day: string,
): Pick<ClusterComponent, 'standing' | 'reason'> {
  if (project === null) return { standing: null, reason: 'no project of this report stands for it' };
  if (version === null) return { standing: null, reason: 'the spec says no version for this target' };
  const { standing, reason } = versionStanding(readable, project, version, day);
  if (standing === null) return { standing, reason };
  const { used, series, newest } = standing;
  return { standing: { used, series: { name: series.name, behind: series.behind }, newest }, reason: null };
}

/**
 * The cluster of the study for a report; null where it names none, or where a run that is measured again had none.
 * HealthError bad-config.
 */
export function clusterPart(
  readable: Readable,
  { study, sealed }: MeasureOptions,
  { facts, measurements, day }: { facts: readonly ProjectFacts[]; measurements: readonly Measurement[]; day: string },
): { deployment: DeployedCluster; seal: DeploymentSeal } | null {
  const [run, seal] = [sealed?.deployment, sealed?.manifest.deployment];
  if (sealed && !run) return null;
  const cwd = process.cwd();
  const basis = study.cluster ? basisOf(study.cluster, cwd) : run && seal ? basisOfRun(run, seal) : null;
  if (basis === null) return null;
  const { candidates } = loadCandidates(study.selection === undefined ? null : { file: study.selection, cwd });
  const byCandidate = candidateProjects(candidates, facts);
  const figure = figuresOf(measurements);
  const components = basis.components.map((told): ClusterComponent => {
    const own = told.candidate === null ? undefined : byCandidate.get(told.candidate);
    const project = own?.name ?? facts.find(({ name }) => name === told.name)?.name ?? null;
    const figures = project === null ? null : figuresFor(project, figure);
    return { ...told, project, figures, ...standingOf(readable, project, told.version, day) };
  });
  return { deployment: { ...basis.part, components }, seal: basis.seal };
}
