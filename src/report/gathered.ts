import type { Measurement, QueryInfo, Value } from '../model/measurement.js';
import { chartRows, type Chart, type Result } from '../model/result.js';
import { visibleLine } from '../model/text.js';
import { byTheme } from '../model/themes.js';

/** One query of a result with everything that belongs to it. */
export interface Gathered {
  id: string;
  /** Null for measurements of a query that the result does not describe. */
  info: QueryInfo | null;
  chart: Chart | null;
  /** In the order of the result's projects; a project may have none, or several with different parameters. */
  measurements: Measurement[];
}

/** All queries of a result: described ones in their order, then any that only have measurements or a chart. */
export function gather(result: Result): Gathered[] {
  const byId = new Map<string, Gathered>();
  const entry = (id: string): Gathered => {
    const found = byId.get(id) ?? { id, info: null, chart: null, measurements: [] };
    byId.set(id, found);
    return found;
  };
  for (const info of result.queries) entry(info.id).info ??= info;
  for (const chart of result.charts) entry(chart.query).chart ??= chart;
  const place = new Map(result.projects.map((project, i) => [project.name, i]));
  const last = result.projects.length;
  for (const measurement of result.measurements) entry(measurement.query).measurements.push(measurement);
  for (const gathered of byId.values()) {
    gathered.measurements.sort((a, b) => (place.get(a.scope.project) ?? last) - (place.get(b.scope.project) ?? last));
  }
  return [...byId.values()].filter((gathered) => gathered.measurements.length > 0 || gathered.chart !== null);
}

/** Queries by theme, those without a description last. */
export function themesOf(gathered: readonly Gathered[]): { id: string; title: string; among: Gathered[] }[] {
  const described = byTheme(gathered.flatMap(({ info }) => info ?? [])).map(({ id, title, metrics }) => ({
    id,
    title,
    among: metrics.flatMap((info) => gathered.find((one) => one.info === info) ?? []),
  }));
  const others = gathered.filter(({ info }) => info === null);
  return others.length === 0 ? described : [...described, { id: '', title: 'Other figures', among: others }];
}

export function ofProject(gathered: Gathered, project: string): Measurement[] {
  return gathered.measurements.filter((measurement) => measurement.scope.project === project);
}

/** What a chart draws: rows as objects, text made harmless (the page's own renderer draws it as it is). */
export function drawnRows(measurements: readonly Measurement[]): Record<string, Value>[] {
  return measurements.flatMap((measurement) =>
    chartRows(measurement).map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([key, value]) => [key, typeof value === 'string' ? visibleLine(value) : value]),
      ),
    ),
  );
}

/** Title of a query, or its id. */
export function titleOf(gathered: Gathered): string {
  return gathered.info?.title ?? gathered.chart?.title ?? gathered.id;
}
