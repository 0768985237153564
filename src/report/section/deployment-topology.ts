import type { ClusterSummary, DeployedCluster } from '../../model/deployed-cluster.js';
import { clusterLines } from '../deployment-text.js';
import { number } from '../figure-text.js';
import { markup, type Html, type Part } from '../html.js';

const WIDTH = 660;
const NODE = { width: 225, left: [16, WIDTH - 16 - 225] } as const;
const GAP = { from: 16 + 225, to: WIDTH - 16 - 225 } as const;
const MIDDLE = WIDTH / 2;
/** Between the lines of two networks; a line of text. */
const STEP = 44;
const LINE = 17;
const FONT = 13;
/** A letter's width in the page's fonts, in parts of its size, a little too wide. */
const LETTER = 0.66;

/** As much of a text as fits: an SVG breaks no lines. */
function fit(text: string, width: number): string {
  const most = Math.max(4, Math.floor(width / (FONT * LETTER)));
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}\u2026`;
}

function label(x: number, y: number, text: string, width: number, kind = ''): Html {
  return markup`<text x="${x}" y="${y}"${kind !== '' && markup` class="${kind}"`}>${fit(text, width)}</text>`;
}

function line(x1: number, y1: number, x2: number, y2: number, kind: string): Html {
  return markup`<path class="${kind}" d="M${x1} ${y1}L${x2} ${y2}"/>`;
}

function box(x: number, y: number, width: number, height: number, kind = ''): Html {
  return markup`<rect${kind !== '' && markup` class="${kind}"`} x="${x}" y="${y}" width="${width}" height="${height}" rx="8"/>`;
}

/** Two lines in a box, in the middle of it. */
function titled(x: number, y: number, width: number, [first, second]: [string, string]): Html {
  const middle = x + width / 2;
  return markup`${box(x, y, width, 50)}${label(middle, y + 21, first, width - 16, 'b m')}${label(middle, y + 39, second, width - 16, 's m')}`;
}

function networkY(i: number): number {
  return 112 + i * STEP;
}

function networks({ networks: all, virtualAddress: virtual }: ClusterSummary): Part {
  const own = Math.max(
    0,
    all.findIndex(({ id }) => id === virtual.network),
  );
  return [
    line(MIDDLE, 60, MIDDLE, networkY(own), 'net'),
    ...all.map(({ id, subnet, roles }, i) => {
      const y = networkY(i);
      return markup`${line(16, y, WIDTH - 16, y, 'net bus')}${label(18, y - 9, `${id} ${subnet}`, 280)}${label(WIDTH - 18, y - 9, roles.join(', '), 280, 's e')}`;
    }),
  ];
}

function node(cluster: ClusterSummary, i: number, top: number, height: number): Part {
  const own = cluster.nodes[i];
  const x = NODE.left[i];
  if (!own || x === undefined) return null;
  const { storage } = cluster;
  const wires = own.interfaces.map(({ network }, k) => {
    const found = cluster.networks.findIndex(({ id }) => id === network);
    return found < 0 ? null : line(x + 30 + k * 26, networkY(found), x + 30 + k * 26, top, 'net');
  });
  const disk = top + height - 66;
  return [
    wires,
    box(x, top, NODE.width, height),
    label(x + 14, top + 25, own.name, NODE.width - 28, 'b'),
    own.interfaces.map(({ device, address }, k) =>
      label(x + 14, top + 25 + (k + 1) * LINE, `${device} ${address}`, NODE.width - 28, 's'),
    ),
    box(x + 14, disk, NODE.width - 28, 52, 'disk'),
    label(x + 26, disk + 22, storage.disk, NODE.width - 52),
    label(x + 26, disk + 40, `meta-data ${storage.metaDisk}`, NODE.width - 52, 's'),
  ];
}

function between({ storage, quorum }: ClusterSummary, top: number, height: number): Part {
  const width = GAP.to - GAP.from;
  const disk = top + height - 40;
  return [
    line(GAP.from, top + 33, GAP.to, top + 33, 'vote'),
    titled(GAP.from + 10, top + 8, width - 20, ['Quorum', quorum.host ?? 'two-node']),
    line(GAP.from - 14, disk, GAP.to + 14, disk, 'sync'),
    label(MIDDLE, disk - 10, `DRBD ${storage.drbd}, ${storage.resource}`, width + 8, 'm'),
    label(MIDDLE, disk + 19, `protocol ${storage.protocol}`, width, 's m'),
  ];
}

function fences({ fencing, nodes }: ClusterSummary, bottom: number): Part {
  return nodes.map(({ name }, i) => {
    const x = NODE.left[i];
    if (x === undefined) return null;
    return fencing
      .filter((fence) => fence.node === name)
      .map(({ id, agent, delay }, k) => {
        const y = bottom + 22 + k * 72;
        const late = delay > 0 ? `${agent}, after ${number(delay)} s` : agent;
        return [line(x + NODE.width / 2, y, x + NODE.width / 2, y - 22, 'fence'), titled(x, y, NODE.width, [id, late])];
      });
  });
}

/** The cluster as a drawing: what the spec says, labelled; all of it in words for those who can't see it. */
export function topology(deployment: DeployedCluster): Html {
  const { cluster } = deployment;
  const { virtualAddress: virtual } = cluster;
  const top = networkY(cluster.networks.length - 1) + 34;
  const wires = Math.max(1, ...cluster.nodes.map(({ interfaces }) => interfaces.length));
  const height = Math.max(150, 25 + wires * LINE + 14 + 66);
  const bottom = top + height;
  const most = Math.max(
    1,
    ...cluster.nodes.map(({ name }) => cluster.fencing.filter((fence) => fence.node === name).length),
  );
  const end = bottom + (cluster.fencing.length === 0 ? 12 : 72 * most + 8);
  const words = clusterLines(deployment)
    .map(([what, text]) => `${what}: ${text}`)
    .join('. ');
  return markup`<div class="plot" role="group" tabindex="0" aria-label="Drawing of the cluster"><svg class="topology" role="img" viewBox="0 0 ${WIDTH} ${end}" aria-label="${words}">
    ${networks(cluster)}
    ${titled(MIDDLE - 150, 10, 300, [cluster.service, `${virtual.name} ${virtual.address}`])}
    ${[0, 1].map((i) => node(cluster, i, top, height))}
    ${between(cluster, top, height)}
    ${fences(cluster, bottom)}
  </svg></div>`;
}
