import type { Measurement } from '../model/measurement.js';
import type { Result } from '../model/result.js';
import { anchorsOf, type Anchors } from './identity.js';
import { compileChart } from './compiled.js';
import { drawnRows, gather, ofProject, type Gathered } from './gathered.js';
import { packTable, withSharedConfig, type Payload } from './payload.js';
import { draw } from './picture.js';
import { PAGE_THEME } from './theme.js';
import { visibleLine } from '../model/text.js';

/** Pixels a static chart is drawn at: half of the page's width. */
const PAGE_WIDTH = 500;

/** Up to so many projects the page holds a picture of each chart and rows; beyond, scripts draw and write them. */
const FULL = 6;

/** Projects that are put side by side until the reader chooses others. */
export const CHOSEN = 6;

/** Rows of a table that stand in the page itself; its script shows the rest, and where there are none, the table. */
const STATIC_ROWS = { full: 20, lean: 0 };

/** One drawn chart: of a project, or of all of them. */
interface Figure {
  gathered: Gathered;
  /** Null: all projects side by side. */
  project: string | null;
  measurements: Measurement[];
  /** SVG text; null where it could not be drawn, or is left to the page's script. */
  svg: string | null;
  /** Position in the payload's charts; null where there is nothing to draw, or it could not be drawn. */
  chart: number | null;
  zoomable: boolean;
}

/** Everything of a page that needs vega, made once before the page is put together. */
export interface Figures {
  gathered: Gathered[];
  /** By project and query. */
  of(gathered: Gathered, project: string | null): Figure | null;
  /** Positions of measurements in the payload's tables. */
  table(measurement: Measurement): number;
  payload: Payload;
  anchors: Anchors;
  /** Most rows of a table that stand in the page itself. */
  staticRows: number;
  /** True where everything shown must say that it comes from made-up histories. */
  replica: boolean;
}

/** Compiles and draws each chart of a result; one that fails is left out, its table stays. */
export async function drawFigures(result: Result): Promise<Figures> {
  const gathered = gather(result);
  const names = result.projects.map((project) => visibleLine(project.name));
  const anchors = anchorsOf(result);
  const isLean = result.projects.length > FULL;
  const chosen = new Set(result.projects.slice(0, CHOSEN).map((project) => project.name));
  const payload: Payload = { projects: names, chosen: chosen.size, config: null, charts: [], tables: [] };
  const tables = new Map<Measurement, number>();
  for (const measurement of gathered.flatMap((one) => one.measurements)) {
    tables.set(measurement, payload.tables.length);
    const rows = measurement.rows.map((row) => row.map((v) => (typeof v === 'string' ? visibleLine(v) : v)));
    const project = result.projects.findIndex((one) => one.name === measurement.scope.project);
    payload.tables.push(packTable(project, measurement.columns.map(visibleLine), rows));
  }
  const figures = new Map<Gathered, Map<string | null, Figure>>();
  for (const one of gathered) {
    const drawn = new Map<string | null, Figure>();
    figures.set(one, drawn);
    for (const [kind, projects] of [
      ['spec', result.projects.map((project) => project.name)],
      ['compare', result.projects.length > 1 ? [null] : []],
    ] as const) {
      if (one.chart === null) continue;
      const compiled = await compileChart(one.chart[kind], PAGE_THEME, names, {
        several: kind === 'compare',
        width: PAGE_WIDTH,
      }).catch(() => null);
      const chart = compiled === null ? null : payload.charts.push(compiled) - 1;
      for (const project of projects) {
        const measurements = project === null ? one.measurements : ofProject(one, project);
        const seen = project === null ? measurements.filter(({ scope }) => chosen.has(scope.project)) : measurements;
        const rows = drawnRows(seen);
        const prefix = `s${figures.size}${kind === 'spec' ? 'p' : 'c'}${drawn.size}-`;
        const isLeft = isLean && project !== null;
        const isEmpty = compiled === null || rows.length === 0;
        const svg = isEmpty || isLeft ? null : await draw(compiled, rows, prefix).catch(() => null);
        const zoomable = (compiled?.zoom.length ?? 0) > 0;
        const live = svg !== null || (isLeft && !isEmpty) ? chart : null;
        drawn.set(project, { gathered: one, project, measurements, svg, chart: live, zoomable });
      }
    }
  }
  return {
    gathered,
    of: (one, project) => figures.get(one)?.get(project) ?? null,
    table: (measurement) => tables.get(measurement) ?? -1,
    payload: withSharedConfig(payload),
    anchors,
    staticRows: isLean ? STATIC_ROWS.lean : STATIC_ROWS.full,
    replica: result.study.replica,
  };
}
