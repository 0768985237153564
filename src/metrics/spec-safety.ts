import { badChart, isObject } from './spec-file.js';

// Properties through which a specification could make a browser fetch or follow something.
const REACHING = new Set(['href', 'url', 'image']);
const MAX_DEPTH = 60;

function isRows(data: unknown): boolean {
  return isObject(data) && data['name'] === 'rows' && Object.keys(data).length === 1;
}

function checkNode(file: string, node: unknown, path: string, depth: number): void {
  if (depth > MAX_DEPTH) throw badChart(file, 'is nested too deeply');
  if (typeof node === 'string') {
    if (/url\s*\(/i.test(node)) throw badChart(file, `${path}: a chart may not load or link to anything`);
    return;
  }
  if (Array.isArray(node)) {
    node.forEach((item, i) => checkNode(file, item, `${path}[${i}]`, depth + 1));
    return;
  }
  if (!isObject(node)) return;
  for (const [key, value] of Object.entries(node)) {
    const at = path === '' ? key : `${path}.${key}`;
    if (REACHING.has(key)) throw badChart(file, `${at}: a chart may not load or link to anything`);
    const drawn = key === 'mark' ? (isObject(value) ? value['type'] : value) : undefined;
    if (drawn === 'image') throw badChart(file, `${at}: a chart may not show images`);
    if (key === 'datasets' || (key === 'data' && isObject(value) && !isRows(value))) {
      throw badChart(file, `${at}: a chart can draw the query's rows only: {"name": "rows"}`);
    }
    checkNode(file, value, at, depth + 1);
  }
}

/**
 * Refuses what would reach outside the report: data from anywhere but the query, images, links.
 * @throws HealthError bad-chart with the place in the specification
 */
export function checkSafety(file: string, spec: Record<string, unknown>): void {
  if (!isRows(spec['data'])) throw badChart(file, 'must draw {"data": {"name": "rows"}}');
  const { $schema: _, ...rest } = spec;
  checkNode(file, rest, '', 0);
}
