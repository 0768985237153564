import { renderCib } from '../cluster/render/cib.js';
import { checkFolder } from '../cluster/check/check.js';
import { listScenarios, namesOf, simulate } from '../cluster/simulate/simulate.js';
import { loadCluster } from '../config/cluster.js';
import type { CheckOutcome, ClusterTarget, Simulation } from '../model/cluster.js';
import { HealthError } from '../model/error.js';

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
}

/** Plays scenarios on a spec's configuration. HealthError bad-config, bad-usage, missing-tool. */
export function simulateSpec({ spec: name, cwd, target, scenarios }: SimulateOptions): Simulation[] {
  const known = listScenarios().map(({ id }) => id);
  for (const id of scenarios) {
    if (!known.includes(id)) {
      throw new HealthError('bad-usage', `no scenario is called ${id}`, { hint: `There are ${known.join(', ')}.` });
    }
  }
  const spec = loadCluster(name, cwd);
  return simulate(renderCib(spec, target ?? spec.target), namesOf(spec), 'ours', scenarios);
}
