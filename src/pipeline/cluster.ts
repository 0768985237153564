import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { renderCib } from '../cluster/render/cib.js';
import { checkFolder } from '../cluster/check/check.js';
import { listScenarios, namesOf, simulate, type SimulatedNames } from '../cluster/simulate/simulate.js';
import { loadCluster } from '../config/cluster.js';
import type { CheckOutcome, ClusterTarget, Simulation } from '../model/cluster.js';
import { HealthError } from '../model/error.js';

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

export { listScenarios } from '../cluster/simulate/simulate.js';

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
