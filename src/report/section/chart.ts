import type { Measurement } from '../../model/measurement.js';
import { visibleLine } from '../../model/text.js';
import { ofProject, titleOf, type Gathered } from '../gathered.js';
import type { Headline } from '../headlines.js';
import type { Figures } from '../figures.js';
import { markup, trusted, type Html } from '../html.js';
import { bandTable } from './band.js';
import { evidence } from './evidence.js';
import { factList, rowsTable, scrolling } from './table.js';

/** Beside every heading of a study of made-up histories. */
export const REPLICA_TAG = markup` <span class="tag">replica</span>`;

/** Rows that are shown openly where a query has no chart. */
const OPEN_ROWS = 8;

/** A picture lower than this, in pixels, is drawn across the page rather than in a column. */
const LOW = 170;

/** Pixels; charts that are not drawn yet count as high. */
function heightOf(svg: string | null): number {
  return Number(/^<svg[^>]* height="([\d.]+)"/.exec(svg ?? '')?.[1] ?? LOW);
}

/** Where a figure stands in the page: `drbd/commits-per-year`, `compare/commits-per-year`. */
function figureId(figures: Figures, gathered: Gathered, project: string | null): string {
  const place = project === null ? 'compare' : figures.anchors.project(project);
  return `${place}/${figures.anchors.figure(gathered.id)}`;
}

/** A chart with its heading, its text alternative and what stands behind it. */
function chartFigure(figures: Figures, gathered: Gathered, project: string | null, wide: boolean): Html | null {
  const figure = figures.of(gathered, project);
  if (figure === null || gathered.chart === null) return null;
  const who = project === null ? 'all projects' : visibleLine(project);
  const description = `${gathered.chart.description} (${who}; the rows stand below as a table.)`;
  const tables = figure.measurements.map((one) => figures.table(one)).join(' ');
  return markup`<figure class="chart${wide && ' wide'}">
    <figcaption>
      <h4 id="${figureId(figures, gathered, project)}">${titleOf(gathered)}${figures.replica && REPLICA_TAG}</h4>
      ${gathered.info && markup`<p>${gathered.info.question}</p>`}
    </figcaption>
    ${
      figure.chart === null
        ? markup`<p class="empty">
            ${figure.measurements.every((one) => one.rows.length === 0) ? 'There is nothing to draw: the query gave no rows.' : 'This chart could not be drawn; its rows are below.'}
          </p>`
        : markup`<div class="plot" data-chart="${figure.chart}" data-tables="${tables}"${project === null && markup` data-project=""`}>
            <div class="canvas" role="img" aria-label="${description}">
              ${figure.svg === null ? markup`<span class="noscript">Drawn by the page’s script.</span>` : trusted(figure.svg)}
            </div>
          </div>`
    }
    ${
      figure.chart !== null &&
      figure.zoomable &&
      markup`<div class="zoom" role="group" aria-label="Zoom: ${titleOf(gathered)}, ${who}" hidden></div>`
    }
    ${evidence(figures, gathered, figure.measurements, project)}
  </figure>`;
}

/** Charts of a project, or of all: low ones first, across the page; the rest in two columns, by height. */
export function chartFigures(figures: Figures, among: readonly Gathered[], project: string | null): Html[] {
  const charts = among.filter((one) => figures.of(one, project) !== null);
  const height = (one: Gathered) => heightOf(figures.of(one, project)?.svg ?? null);
  const low = charts.filter((one) => height(one) < LOW);
  // Charts of like height stand beside each other, so that no card is half empty.
  const high = charts.filter((one) => !low.includes(one)).sort((a, b) => height(a) - height(b));
  return [...low, ...high]
    .map((one, i) => {
      // Side by side they fill columns, whatever their heights.
      const last = project !== null && i === charts.length - 1 && high.length % 2 === 1;
      return chartFigure(figures, one, project, low.includes(one) || last);
    })
    .filter((one) => one !== null);
}

/** True where a query without a chart gave one row: a few facts side by side. */
function isBrief(measurements: readonly Measurement[]): boolean {
  return measurements.length === 1 && measurements[0]?.rows.length === 1;
}

/** A query without a chart: one row as a list, few rows as a table, many behind a disclosure. */
export function plainFigure(
  figures: Figures,
  gathered: Gathered,
  project: string,
  headline: Headline | null,
): Html | null {
  const measurements = ofProject(gathered, project);
  if (measurements.length === 0 || gathered.chart !== null) return null;
  const rows = measurements.reduce((sum, one) => sum + one.rows.length, 0);
  const label = `${titleOf(gathered)}, ${visibleLine(project)}`;
  const brief = isBrief(measurements) && measurements[0] ? factList(measurements[0]) : null;
  const open =
    brief ?? (rows > 0 && rows <= OPEN_ROWS && scrolling(label, rowsTable(label, measurements, false, rows)));
  const ranges = headline === null ? null : bandTable(headline, visibleLine(project));
  return markup`<div class="chart${brief === null && ' wide'}${open === false && ' folded'}">
    <h4 id="${figureId(figures, gathered, project)}">${titleOf(gathered)}${figures.replica && REPLICA_TAG}</h4>
    ${gathered.info && markup`<p class="question">${gathered.info.question}</p>`} ${open}
    ${rows === 0 && markup`<p class="empty">The query gave no rows.</p>`}
    ${ranges && markup`<details class="ranges"><summary>Other ways of counting<span class="vh">: ${label}</span></summary><div class="inside">${ranges}</div></details>`}
    ${evidence(figures, gathered, measurements, project)}
  </div>`;
}
