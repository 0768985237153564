import type { Measurement } from '../model/measurement.js';
import type { Result } from '../model/result.js';
import { compileChart } from './compiled.js';
import { drawnRows, gather, ofProject, type Gathered } from './gathered.js';
import { packTable, type Payload } from './payload.js';
import { draw } from './picture.js';
import { PAGE_THEME } from './theme.js';
import { visibleLine } from '../model/text.js';

/** Pixels a static chart is drawn at: half of the page's width. */
const PAGE_WIDTH = 500;

/** One drawn chart: of a project, or of all of them. */
interface Figure {
  gathered: Gathered;
  /** Null: all projects side by side. */
  project: string | null;
  measurements: Measurement[];
  /** SVG text; null where it could not be drawn. */
  svg: string | null;
  /** Position in the payload's charts; null where there is none. */
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
  /** True where everything shown must say that it comes from made-up histories. */
  replica: boolean;
}

/** Compiles and draws each chart of a result; one that fails is left out, its table stays. */
export async function drawFigures(result: Result): Promise<Figures> {
  const gathered = gather(result);
  const names = result.projects.map((project) => visibleLine(project.name));
  const payload: Payload = { projects: names, charts: [], tables: [] };
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
        const rows = drawnRows(measurements);
        const prefix = `s${figures.size}${kind === 'spec' ? 'p' : 'c'}${drawn.size}-`;
        const svg =
          compiled === null || rows.length === 0 ? null : await draw(compiled, rows, prefix).catch(() => null);
        const zoomable = (compiled?.zoom.length ?? 0) > 0;
        drawn.set(project, { gathered: one, project, measurements, svg, chart: svg === null ? null : chart, zoomable });
      }
    }
  }
  return {
    gathered,
    of: (one, project) => figures.get(one)?.get(project) ?? null,
    table: (measurement) => tables.get(measurement) ?? -1,
    payload,
    replica: result.study.replica,
  };
}
