import type { TopLevelSpec } from 'vega-lite';
import type { LoggerInterface, Spec } from 'vega';
import { chartConfig, type ChartTheme } from './theme.js';

type Fields = Record<string, unknown>;

/** A chart ready for vega, and what the page may do with it. */
export interface Compiled {
  spec: Spec;
  /** Signal of the width: of the whole picture, or of each chart of a stack. Null: the chart has a width of its own. */
  widthSignal: 'width' | 'child_width' | null;
  /** Interval selections bound to scales: the signals that hold their extents. */
  zoom: { signal: string; channel: 'x' | 'y' }[];
}

/** How a chart is meant to be seen. */
export interface Use {
  /** True for a chart of all projects. */
  several: boolean;
  /** Pixels of the whole picture, where the chart leaves its width open. */
  width: number;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

/** Gives each project the colour and the place it has in the whole report, wherever a spec encodes `project`. */
function pinProjects(node: unknown, projects: readonly string[], category: readonly string[]): unknown {
  if (Array.isArray(node)) return node.map((item) => pinProjects(item, projects, category));
  if (!isFields(node)) return node;
  const out: Fields = {};
  for (const [key, value] of Object.entries(node)) {
    const channel = pinProjects(value, projects, category);
    if (isFields(channel) && channel['field'] === 'project' && channel['type'] !== 'quantitative') {
      if (key === 'color' || key === 'fill' || key === 'stroke') {
        const scale = fieldsOf(channel['scale']);
        const range = projects.map((_, i) => category[i % category.length] ?? '');
        out[key] = { ...channel, scale: { domain: projects, range, ...scale } };
        continue;
      }
      if (['x', 'y', 'xOffset', 'yOffset', 'row', 'column', 'facet'].includes(key)) {
        out[key] = { ...channel, sort: channel['sort'] ?? projects };
        continue;
      }
    }
    out[key] = channel;
  }
  return out;
}

const COLOURED = new Set(['arc', 'area', 'bar', 'circle', 'line', 'point', 'rect', 'square', 'tick', 'trail']);

/** Gives each project its own colour where a spec for several leaves colour unused. */
function colourProjects(spec: Fields): Fields {
  if (isFields(spec['spec'])) return { ...spec, spec: colourProjects(spec['spec']) };
  if (Array.isArray(spec['layer'])) {
    const used =
      isFields(spec['encoding']) && ['color', 'fill', 'stroke'].some((key) => key in fieldsOf(spec['encoding']));
    return used ? spec : { ...spec, layer: spec['layer'].map((layer) => colourProjects(fieldsOf(layer))) };
  }
  const { mark } = spec;
  const type = isFields(mark) ? mark['type'] : mark;
  const own = isFields(mark) && ['color', 'fill', 'stroke'].some((key) => key in mark);
  const encoding = fieldsOf(spec['encoding']);
  if (own || !COLOURED.has(String(type)) || ['color', 'fill', 'stroke'].some((key) => key in encoding)) return spec;
  return { ...spec, encoding: { ...encoding, color: { field: 'project', type: 'nominal', legend: null } } };
}

/** True for one view (or layers of one), whose width is free. */
function hasFreeWidth(spec: Fields): boolean {
  if (!('mark' in spec) && !('layer' in spec)) return false;
  const encoding = fieldsOf(spec['encoding']);
  if (['row', 'column', 'facet'].some((channel) => channel in encoding)) return false;
  return !isFields(spec['width']);
}

/** True for charts one under the other, each as wide as the rest. */
function isStack(spec: Fields): boolean {
  const facet = fieldsOf(spec['facet']);
  return 'row' in facet && !('column' in facet) && hasFreeWidth(fieldsOf(spec['spec']));
}

function zoomSignals(spec: Spec): Compiled['zoom'] {
  const signals = new Set((spec.signals ?? []).map((signal) => signal.name));
  return (spec.scales ?? []).flatMap((scale) => {
    const raw = 'domainRaw' in scale ? scale.domainRaw : undefined;
    const match = /^(\w+)\["(.+)"\]$/.exec(isFields(raw) ? String(raw['signal'] ?? '') : '');
    // vega-lite names the signal of a selection's extent after the selection and the field.
    const signal = `${match?.[1]}_${match?.[2]?.replace(/\W/g, '_')}`;
    const { name } = scale;
    return (name === 'x' || name === 'y') && signals.has(signal) ? [{ signal, channel: name }] : [];
  });
}

/** Pixels beside the inner drawings of a stack: axis, its title, padding. */
const STACK_MARGIN = 72;

function sized(spec: Fields, width: number): Fields {
  if (hasFreeWidth(spec)) return { ...spec, width, autosize: { type: 'fit', contains: 'padding' } };
  if (isStack(spec)) return { ...spec, spec: { ...fieldsOf(spec['spec']), width: width - STACK_MARGIN } };
  return spec;
}

function widthSignal(spec: Spec, width: number): Compiled['widthSignal'] {
  if (isFields(spec.autosize) && typeof spec.width === 'number') return 'width';
  const child = (spec.signals ?? []).find((signal) => signal.name === 'child_width');
  return child && 'value' in child && child.value === width - STACK_MARGIN ? 'child_width' : null;
}

// What a chart lacks is its author's concern, and was said when the catalogue was read.
const SILENT: LoggerInterface = {
  level: () => SILENT,
  error: () => SILENT,
  warn: () => SILENT,
  info: () => SILENT,
  debug: () => SILENT,
} as unknown as LoggerInterface;

/** vega-lite draws the symbols of some legends in black, which a dark page swallows. */
function inkLegends(spec: Spec, ink: string): void {
  for (const legend of spec.legends ?? []) {
    const update = fieldsOf(fieldsOf(fieldsOf(legend.encode)['symbols'])['update']);
    for (const paint of ['fill', 'stroke'])
      if (fieldsOf(update[paint])['value'] === 'black') update[paint] = { value: ink };
  }
}

/** Compiles a Vega-Lite spec over data set "rows". Throws what vega-lite throws. */
export async function compileChart(
  source: Record<string, unknown>,
  theme: ChartTheme,
  projects: readonly string[],
  use: Use,
): Promise<Compiled> {
  const { compile, resetIdCounter } = await import('vega-lite');
  const { $schema: _schema, config, background: _background, ...rest } = source;
  const coloured = use.several ? colourProjects(rest) : rest;
  const pinned = fieldsOf(pinProjects(coloured, projects, theme.category));
  resetIdCounter();
  const { spec } = compile({ ...sized(pinned, use.width), config } as unknown as TopLevelSpec, {
    config: chartConfig(theme),
    logger: SILENT,
  });
  inkLegends(spec, theme.soft);
  return { spec, widthSignal: widthSignal(spec, use.width), zoom: zoomSignals(spec) };
}
