import type { RehearsalScenario, RehearsalStep } from '../../model/cluster.js';
import { clusterState, isAtRest } from './cluster-state.js';
import { sleep } from './commands.js';
import { isolate } from './network.js';
import type { RehearsalPlan } from './plan.js';
import type { Probe } from './probe.js';
import type { RehearsalNode } from './rehearsal-node.js';
import { seconds, type Watch } from './watch.js';

/** Milliseconds a cluster is given to come to rest. */
const LIMIT = 90_000;
/** And in which it may not even have begun to move. */
const LULL = 1000;

export interface StepToDo {
  event: string;
  /** Hosts of which one should serve afterwards; none: nobody may. */
  expected: string[];
  act: () => Promise<void>;
  /** It may cost a node, which its peer misses only after a while. */
  loses?: boolean;
  /** Milliseconds to look on where nobody may serve. */
  hold?: number;
}

/** The two nodes with all that watches them: scenarios play on it. */
export class Stage {
  readonly plan: RehearsalPlan;
  readonly nodes: RehearsalNode[];
  readonly steps: RehearsalStep[] = [];
  readonly #probe: Probe;
  readonly #watch: Watch;
  readonly #tell: (text: string) => void;
  #cut = false;

  constructor(plan: RehearsalPlan, nodes: RehearsalNode[], probe: Probe, watch: Watch, tell: (text: string) => void) {
    this.plan = plan;
    this.nodes = nodes;
    this.#probe = probe;
    this.#watch = watch;
    this.#tell = tell;
  }

  get hosts(): string[] {
    return this.nodes.map((node) => node.host);
  }

  /** The node that serves, and the other one. */
  async roles(): Promise<{ active: RehearsalNode; passive: RehearsalNode }> {
    const latest = Date.now() + LULL;
    while (this.#probe.servedBy() === null && Date.now() < latest) await sleep(20);
    const by = this.#probe.servedBy();
    const active = this.nodes.find((node) => node.host === by);
    const passive = this.nodes.find((node) => node.host !== by);
    if (!active || !passive) throw new Error('nobody serves at the beginning of a scenario');
    return { active, passive };
  }

  /** Does it, waits until the cluster is at rest, and notes what it cost. */
  async step(
    scenario: RehearsalScenario,
    { event, expected, act, loses = false, hold = 0 }: StepToDo,
  ): Promise<RehearsalStep> {
    this.#tell(event);
    const from = Date.now();
    await act();
    const done = Date.now();
    let atRest = true;
    if (expected.length === 0) await sleep(hold);
    else atRest = await this.#rest(expected, from + (loses ? this.plan.patience : LULL), from + LIMIT);
    const recovered = expected.length === 0 ? null : this.#probe.recovered(expected, from);
    const violations = this.#watch.violations(from);
    if (!atRest) violations.push(`not at rest after ${LIMIT / 1000} s`, ...(await this.#failures()));
    // While it is done the nodes may still serve: their power goes within it.
    const alone = expected.length === 0 && this.#probe.served(done);
    if (alone) violations.push(`${this.#probe.servedBy() ?? 'somebody'} serves, and may not`);
    const step = {
      scenario,
      event,
      addressAway: this.#probe.away('address', from),
      serviceAway: this.#probe.away('service', from),
      recovered,
      expectedNodes: expected,
      servedBy: this.#probe.servedBy(),
      fenced: this.#watch.fenced.filter((one) => one.at >= from).map((one) => one.host),
      violations,
      ok: violations.length === 0 && (expected.length === 0 || recovered !== null),
    };
    this.steps.push(step);
    this.#tell(told(step));
    return step;
  }

  async #failures(): Promise<string[]> {
    const states = await Promise.all(this.nodes.map(clusterState));
    return states.find((state) => state !== null)?.failures ?? ['no node knows the state of the cluster'];
  }

  /** Twice in a row, so that the lull before a second transition is not taken for the end. */
  async #rest(expected: string[], earliest: number, latest: number): Promise<boolean> {
    let good = 0;
    while (Date.now() < latest) {
      const served = expected.includes(this.#probe.servedBy() ?? '');
      good = served && Date.now() >= earliest && (await isAtRest(this.nodes)) ? good + 1 : 0;
      if (good === 2) return true;
      await sleep(good === 1 ? 500 : 100);
    }
    return false;
  }

  /** Cuts the nodes off from each other, or joins them again. */
  async cut(on: boolean): Promise<void> {
    this.#cut = on;
    await isolate(on);
  }

  /** Makes the cluster whole again: links, nodes, failures forgotten. What can't be mended is the last step's failure. */
  async mend(): Promise<void> {
    if (this.steps.length === 1 && this.steps[0]?.ok === false)
      throw new Error('the cluster never served: there is nothing to rehearse');
    const from = Date.now();
    const off = this.nodes.filter((node) => node.pid === null);
    const failures = await this.#failures();
    if (off.length === 0 && failures.length === 0 && !this.#cut) return;
    await this.cut(false);
    await Promise.all(off.map((node) => node.boot()));
    let whole = await this.#rest(this.hosts, from, from + LIMIT);
    if (whole && failures.length > 0) {
      await this.nodes[0]?.run('crm_resource', ['--cleanup']);
      whole = await this.#rest(this.hosts, from, from + LIMIT);
    }
    const last = this.steps.at(-1);
    if (!last) return;
    last.violations.push(...this.#watch.violations(from).map((one) => `while it was mended: ${one}`));
    if (!whole) last.violations.push(`two nodes did not come together again within ${LIMIT / 1000} s`);
    if (last.violations.length > 0) last.ok = false;
    if (!whole) throw new Error(`after "${last.event}" the cluster did not come together again`);
  }
}

function told(step: RehearsalStep): string {
  const fenced = step.fenced.length > 0 ? `, fenced ${step.fenced.join(', ')}` : '';
  const away = step.serviceAway === null ? 'nobody serves' : `service away ${seconds(step.serviceAway * 1000)} s`;
  const violations = step.violations.length > 0 ? `, VIOLATIONS: ${step.violations.join('; ')}` : '';
  return `  ${step.ok ? 'ok' : 'NOT OK'}: ${away}, served by ${step.servedBy ?? 'nobody'}${fenced}${violations}`;
}
