import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { renderCib } from '../cluster/render/cib.js';
import { checkFolder } from '../cluster/check/check.js';
import { rehearse } from '../cluster/rehearse/rehearsal.js';
import { listScenarios, namesOf, simulate, type SimulatedNames } from '../cluster/simulate/simulate.js';
import { loadCluster } from '../config/cluster.js';
import type { CheckOutcome, ClusterTarget, Rehearsal, RehearsalScenario, Simulation } from '../model/cluster.js';
import { HealthError } from '../model/error.js';
import { renderSpec } from './cluster-files.js';

const THESIS_CIB = fileURLToPath(new URL('../../data/clusters/thesis/cib.xml', import.meta.url));

/** As section 7.5 of the thesis has them. */
const THESIS_NAMES: SimulatedNames = {
  first: 'astapor.got.com',
  second: 'braavos.got.com',
  storage: 'drbd',
  filesystem: 'zcs_fs',
  service: 'zcs_service',
  serving: ['zcs_fs', 'VIP1', 'zcs_service'],
  monitor: 120_000,
};

/** Holds a rendered folder against the real tools. HealthError bad-usage for a folder that holds nothing of a cluster. */
export function checkRendered(folder: string, progress?: (file: string, tool: string) => void): CheckOutcome[] {
  return checkFolder(folder, progress);
}

export interface SimulateOptions {
  spec: string;
  cwd: string;
  target: ClusterTarget | undefined;
  /** Ids; empty: all. */
  scenarios: readonly string[];
  /** Also plays the thesis's own configuration. */
  besideThesis?: boolean;
}

/** Plays scenarios on a spec's configuration. HealthError bad-config, bad-usage, missing-tool. */
export function simulateSpec({ spec: name, cwd, target, scenarios, besideThesis }: SimulateOptions): Simulation[] {
  const known = listScenarios().map(({ id }) => id);
  for (const id of scenarios) {
    if (!known.includes(id)) {
      throw new HealthError('bad-usage', `no scenario is called ${id}`, { hint: `There are ${known.join(', ')}.` });
    }
  }
  const spec = loadCluster(name, cwd);
  const ours = simulate(renderCib(spec, target ?? spec.target), namesOf(spec), 'ours', scenarios);
  return besideThesis
    ? [...ours, ...simulate(readFileSync(THESIS_CIB, 'utf8'), THESIS_NAMES, 'thesis', scenarios)]
    : ours;
}

export interface RehearseOptions {
  spec: string;
  cwd: string;
  /** Default: the target of the spec, or debian12 where that is rhel6. */
  target: ClusterTarget | undefined;
  scenarios: RehearsalScenario[];
  signal?: AbortSignal;
  progress?: (text: string) => void;
}

/** Holds a rehearsal of a spec on this machine. HealthError bad-config, failed, interrupted. */
export async function rehearseSpec({ spec: name, cwd, target, ...rest }: RehearseOptions): Promise<Rehearsal> {
  const rendered = renderSpec(name, cwd, target);
  // What can be rehearsed is the corosync and the Pacemaker of this machine, not those of 2013.
  const { spec, files } = rendered.target === 'rhel6' ? renderSpec(name, cwd, 'debian12') : rendered;
  return rehearse({ spec, files, ...rest });
}
