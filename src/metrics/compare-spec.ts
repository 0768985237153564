import { badChart, isObject } from './spec-file.js';

type Json = Record<string, unknown>;

// What stays at the top when the rest moves into a facet's inner view.
const TOP = new Set([
  '$schema',
  'data',
  'description',
  'title',
  'config',
  'usermeta',
  'background',
  'padding',
  'autosize',
]);

const PROJECT = { field: 'project', type: 'nominal', title: null, sort: null };

/** A row of charts, one under the other on the same scales, each under its project's name. */
function inRows(spec: Json, usermeta: Json): Json {
  const { compareHeight: height, compareResolve: resolve } = usermeta;
  const top = Object.fromEntries(Object.entries(spec).filter(([key]) => TOP.has(key)));
  const inner = Object.fromEntries(Object.entries(spec).filter(([key]) => !TOP.has(key)));
  const header = { labelOrient: 'top', labelAnchor: 'start', labelAngle: 0, labelPadding: -10 };
  return {
    ...top,
    facet: { row: { ...PROJECT, header } },
    ...(isObject(resolve) ? { resolve } : {}),
    spec: typeof height === 'number' ? { ...inner, height } : inner,
  };
}

/** One chart, a colour for each project; bars stand beside each other. */
function inColours(view: Json): Json {
  if (Array.isArray(view['layer']) && !isObject(view['encoding'])) {
    return { ...view, layer: view['layer'].map((layer: unknown) => (isObject(layer) ? inColours(layer) : layer)) };
  }
  const encoding = isObject(view['encoding']) ? view['encoding'] : {};
  const mark = isObject(view['mark']) ? view['mark']['type'] : view['mark'];
  const beside = mark === 'bar' ? { xOffset: { field: 'project' } } : {};
  return { ...view, encoding: { ...encoding, ...beside, color: PROJECT } };
}

/**
 * The chart for several projects, made from the one for a single project. `usermeta.compare` says how: `rows` (one
 * under the other, the default; `usermeta.compareHeight` is the height of each, `usermeta.compareResolve` Vega-Lite's
 * `resolve`), `color` (one chart, a colour each) or
 * `same` (the chart itself, which names the projects already).
 */
export function compareSpec(file: string, spec: Json): Json {
  const usermeta = isObject(spec['usermeta']) ? spec['usermeta'] : {};
  switch (usermeta['compare'] ?? 'rows') {
    case 'rows':
      return inRows(spec, usermeta);
    case 'color':
      return inColours(spec);
    case 'same':
      return spec;
    default:
      throw badChart(file, 'usermeta.compare must be "rows", "color" or "same"');
  }
}
