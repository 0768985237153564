import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Placement, Simulation } from '../../model/cluster.js';
import { scenarios, type Scenario, type SimulatedNames } from './scenarios.js';
import { requireSimulator, Simulator } from './simulator.js';

export { namesOf, type SimulatedNames } from './scenarios.js';

/** Ids and titles of the scenarios there are. */
export function listScenarios(): { id: string; title: string }[] {
  return scenarios.map(({ id, title }) => ({ id, title }));
}

/** What of a placement a scenario speaks of, in one order; a copy that runs nowhere isn't told apart from none. */
function comparable(placement: Placement, resources: readonly string[]): Placement {
  const own = resources.map((id) => {
    const places = (placement.resources[id] ?? []).filter(({ node }) => node !== null);
    return [id, places.toSorted((a, b) => (a.node! < b.node! ? -1 : 1))] as const;
  });
  return { nodes: Object.fromEntries(Object.entries(placement.nodes).sort()), resources: Object.fromEntries(own) };
}

function run(
  scenario: Scenario,
  cib: string,
  names: SimulatedNames,
  configuration: Simulation['configuration'],
): Simulation {
  const folder = mkdtempSync(join(tmpdir(), 'health-simulate-'));
  try {
    const simulator = new Simulator(folder, cib);
    const steps = scenario.steps.map((step) => {
      const { actions, placement } = step.run(simulator, names);
      const expected = step.expected(names);
      const told = Object.keys(expected.resources);
      const actual = comparable(placement, told);
      const equal = isDeepStrictEqual(actual, comparable(expected, told));
      return { event: step.event, actions, expected, actual, equal };
    });
    return { scenario: scenario.id, title: scenario.title, configuration, steps };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Plays scenarios (all, where none is named) on a configuration with Pacemaker's own scheduler: about a tenth of a second
 * a step. HealthError missing-tool, or failed where the scheduler refuses the configuration.
 */
export function simulate(
  cib: string,
  names: SimulatedNames,
  configuration: Simulation['configuration'],
  wanted: readonly string[] = [],
): Simulation[] {
  requireSimulator();
  return scenarios
    .filter(({ id }) => wanted.length === 0 || wanted.includes(id))
    .map((scenario) => run(scenario, cib, names, configuration));
}
