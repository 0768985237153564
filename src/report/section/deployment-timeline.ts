import type { Simulation } from '../../model/cluster.js';
import { CONFIGURATION_TEXT, outcomeText, shortNode } from '../deployment-text.js';
import { markup, type Html, type Part } from '../html.js';

const WIDTH = 500;
const LEFT = 168;
const HEAD = 22;
const ROW = 18;
const BAR = 10;
const FONT = 12;
const LABEL_LETTERS = Math.floor((LEFT - 8) / (FONT * 0.58));

type Role = 'active' | 'second';

interface Bar {
  from: number;
  to: number;
  role: Role;
}

interface Row {
  resource: string;
  node: string;
  bars: Bar[];
  /** Since when it runs there, and as what. */
  running: { from: number; role: Role } | null;
}

/** What the simulation calls the switching off of a node. */
const FENCING = 'fencing';

/** What can be done to a resource, and what it is afterwards; null: it doesn't run there any more. */
const AFTER: Readonly<Record<string, Role | null>> = {
  start: 'active',
  promote: 'active',
  demote: 'second',
  stop: null,
};

/** A simulation as bars: one row for each resource on each node, from left to right in the order of what is done. */
class Timeline {
  readonly rows: Row[] = [];
  /** Where nodes are switched off, and where steps begin. */
  readonly fences: { at: number; node: string }[] = [];
  readonly starts: number[] = [];
  length = 0;

  constructor({ steps }: Simulation) {
    const promoted = new Set(
      steps.flatMap(({ actions }) =>
        actions.flatMap(({ action, resource }) => (action === 'promote' ? [plainId(resource)] : [])),
      ),
    );
    for (const [i, { actions, actual }] of steps.entries()) {
      this.starts.push(this.length);
      const before = steps[i - 1]?.actual.nodes ?? {};
      const lost = Object.entries(actual.nodes).flatMap(([node, state]) =>
        state === 'offline' && before[node] !== 'offline' ? [node] : [],
      );
      // Dead, and nobody had to switch it off.
      const fenced = new Set(actions.flatMap(({ resource, node }) => (resource === FENCING ? [node] : [])));
      for (const node of lost) if (!fenced.has(node)) this.fence(node);
      for (const { action, resource, node } of actions) {
        this.length += 1;
        const after = AFTER[action];
        const id = plainId(resource);
        if (resource === FENCING) this.fence(node);
        else if (after !== undefined && node !== '') {
          this.set(id, node, action === 'start' && promoted.has(id) ? 'second' : after);
        }
      }
      this.length += 1;
      this.settle(actual.resources);
    }
    for (const row of this.rows) this.close(row, this.length);
    // A resource's nodes below each other, the same order in two charts.
    const order = [...new Set(this.rows.map(({ resource }) => resource))];
    this.rows.sort((a, b) => order.indexOf(a.resource) - order.indexOf(b.resource) || (a.node < b.node ? -1 : 1));
  }

  private row(resource: string, node: string): Row {
    const found = this.rows.find((one) => one.resource === resource && one.node === node);
    if (found) return found;
    const row: Row = { resource, node, bars: [], running: null };
    this.rows.push(row);
    return row;
  }

  private close(row: Row, at: number): void {
    if (row.running && at > row.running.from) row.bars.push({ ...row.running, to: at });
    row.running = null;
  }

  private set(resource: string, node: string, role: Role | null): void {
    const row = this.row(resource, node);
    if ((row.running?.role ?? null) === role) return;
    this.close(row, this.length);
    row.running = role === null ? null : { from: this.length, role };
  }

  private fence(node: string): void {
    this.fences.push({ at: this.length, node });
    for (const row of this.rows) if (row.node === node) this.close(row, this.length);
  }

  /** What a failure took away without anything being done shows at the end of its step. */
  private settle(resources: Simulation['steps'][number]['actual']['resources']): void {
    for (const [resource, copies] of Object.entries(resources)) {
      for (const row of this.rows.filter((one) => one.resource === resource)) {
        const copy = copies.find(({ node }) => node === row.node);
        this.set(resource, row.node, copy ? (copy.role === 'unpromoted' ? 'second' : 'active') : null);
      }
      for (const { node, role } of copies) {
        if (node !== null) this.set(resource, node, role === 'unpromoted' ? 'second' : 'active');
      }
    }
  }
}

/** Of a clone's instance the resource: `drbd` of `drbd:0`. */
function plainId(resource: string): string {
  return resource.replace(/:\d+$/, '');
}

function shortened(text: string): string {
  const letters = [...text];
  return letters.length <= LABEL_LETTERS ? text : `${letters.slice(0, LABEL_LETTERS - 1).join('')}\u2026`;
}

function bars(timeline: Timeline, x: (at: number) => number): Part {
  const { rows, fences } = timeline;
  const nodeRows = rows.map(({ resource, node, bars: own }, i) => {
    const y = HEAD + i * ROW;
    return markup`<text x="0" y="${y + 13}">${shortened(`${resource} ${shortNode(node)}`)}</text>${own.map(
      ({ from, to, role }) =>
        markup`<rect class="${role}" x="${x(from)}" y="${y + 4}" width="${Math.max(2, Math.round(x(to) - x(from)))}" height="${BAR}"/>`,
    )}`;
  });
  const crosses = fences.map(({ at, node }) => {
    const at0 = x(at);
    const among = rows.flatMap((row, i) => (row.node === node ? [i] : []));
    return among.map((i) => {
      const y = HEAD + i * ROW + 9;
      return markup`<path class="off" d="M${at0 - 4} ${y - 4}l8 8m0-8l-8 8"/>`;
    });
  });
  return [nodeRows, crosses];
}

/** A simulation as a chart. */
export function timelineChart(simulation: Simulation): Html {
  const timeline = new Timeline(simulation);
  const height = HEAD + timeline.rows.length * ROW + 4;
  const step = (WIDTH - LEFT - 6) / Math.max(1, timeline.length);
  const x = (at: number): number => Math.round(LEFT + at * step);
  const words = `${simulation.title}, ${CONFIGURATION_TEXT[simulation.configuration]}: ${outcomeText(simulation)}. What is done in each step is listed below.`;
  return markup`<div class="plot" role="group" tabindex="0" aria-label="Chart: ${simulation.title}, ${CONFIGURATION_TEXT[simulation.configuration]}"><svg class="timeline" role="img" viewBox="0 0 ${WIDTH} ${height}" aria-label="${words}">
    ${timeline.starts.map((at, i) => markup`<path class="begin" d="M${x(at)} ${HEAD - 4}V${height}"/><text class="s" x="${x(at) + 3}" y="13">${i + 1}</text>`)}
    ${bars(timeline, x)}
  </svg></div>`;
}
