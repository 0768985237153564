/** The colours a chart is drawn with: CSS variables in the page (so light and dark need one drawing), concrete in a file. */
export interface ChartTheme {
  ink: string;
  soft: string;
  line: string;
  /** The one series of a single project's chart. */
  series: string;
  /** In the order of the study's projects. */
  category: readonly string[];
  /** Name of the registered scheme for continuous colour. */
  ramp: string;
  font: string;
  background: string | null;
}

/**
 * Eight colours that colour-blind readers can tell apart, in light and dark, each at least 3:1 against its ground
 * (axis lines, dots and letters never rely on them alone).
 */
export const LIGHT_CATEGORY = [
  '#1f68b0',
  '#c4570e',
  '#0b7f63',
  '#a33f86',
  '#8a6d00',
  '#5b5fc7',
  '#b3303b',
  '#4c5866',
] as const;
export const DARK_CATEGORY = [
  '#6cb0f5',
  '#f79552',
  '#4cc9a4',
  '#e58fcb',
  '#d9b944',
  '#a9abff',
  '#ff8b8f',
  '#aab6c4',
] as const;

/** Ends of the continuous scale in light colours: close to the ground, and far from it. */
const RAMP_ENDS = [
  [169, 200, 232],
  [16, 75, 135],
] as const;

export const PAGE_RAMP = 'health-page';
export const FILE_RAMP = 'health-file';

/** A step of the continuous scale as CSS that follows the page's theme. `share` from 0 to 1. */
export function pageRamp(share: number): string {
  return `color-mix(in oklab,var(--ramp-high) ${Math.round(share * 1000) / 10}%,var(--ramp-low))`;
}

export function fileRamp(share: number): string {
  const mixed = RAMP_ENDS[0].map((low, i) => Math.round(low + ((RAMP_ENDS[1][i] ?? low) - low) * share));
  return `#${mixed.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

const categoryVariables = LIGHT_CATEGORY.map((_, i) => `var(--c${i})`);

export const PAGE_THEME: ChartTheme = {
  ink: 'var(--ink)',
  soft: 'var(--soft)',
  line: 'var(--line)',
  series: 'var(--series)',
  category: categoryVariables,
  ramp: PAGE_RAMP,
  font: 'var(--font)',
  background: null,
};

/** `index`: the project's place in the study, null for a chart of several. */
export function fileTheme(index: number | null): ChartTheme {
  return {
    ink: '#1c2530',
    soft: '#56616e',
    line: '#e1e5ea',
    series: LIGHT_CATEGORY[(index ?? 0) % LIGHT_CATEGORY.length] ?? LIGHT_CATEGORY[0],
    category: LIGHT_CATEGORY,
    ramp: FILE_RAMP,
    font: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
    background: '#ffffff',
  };
}

/** Between thousands, as everywhere in the report. */
const THIN_SPACE = '\u202f';

/** Vega-Lite configuration for a theme: quiet axes, no frame, one font. */
export function chartConfig(theme: ChartTheme): Record<string, unknown> {
  return {
    background: theme.background,
    font: theme.font,
    // The chart's text alternative is its figure: one label on the picture, and the table behind it.
    aria: false,
    // Pointer events stay the browser's own, so that a page scrolls under a finger.
    locale: { number: { decimal: '.', thousands: THIN_SPACE, grouping: [3], currency: ['', ''] } },
    events: { defaults: { prevent: false } },
    padding: 4,
    view: { stroke: null, continuousHeight: 240 },
    mark: { color: theme.series, tooltip: true },
    line: { strokeWidth: 2, strokeCap: 'round', strokeJoin: 'round' },
    area: { fillOpacity: 0.25, line: true },
    point: { size: 36, filled: true },
    rule: { color: theme.soft },
    text: { color: theme.ink, fontSize: 12 },
    axis: {
      labelColor: theme.soft,
      titleColor: theme.soft,
      gridColor: theme.line,
      domainColor: theme.line,
      tickColor: theme.line,
      labelFontSize: 12,
      titleFontSize: 12,
      titleFontWeight: 500,
      titlePadding: 8,
      labelPadding: 5,
      labelOverlap: true,
      labelSeparation: 8,
      tickSize: 4,
    },
    axisY: { domain: false, ticks: false },
    axisX: { grid: false },
    axisBand: { labelAngle: 0, labelOverlap: 'greedy' },
    axisXBand: { labelAngle: 0, labelOverlap: 'greedy' },
    legend: {
      labelColor: theme.ink,
      titleColor: theme.soft,
      symbolBaseFillColor: theme.soft,
      labelFontSize: 12,
      titleFontSize: 12,
      titleFontWeight: 500,
      orient: 'top',
      symbolType: 'circle',
      gradientStrokeColor: theme.line,
      offset: 8,
    },
    header: {
      labelColor: theme.ink,
      titleColor: theme.soft,
      symbolBaseFillColor: theme.soft,
      labelFontSize: 13,
      labelFontWeight: 600,
      titleFontSize: 12,
    },
    title: { color: theme.ink, subtitleColor: theme.soft, fontSize: 14, fontWeight: 600, anchor: 'start' },
    range: {
      category: theme.category,
      ramp: { scheme: theme.ramp },
      heatmap: { scheme: theme.ramp },
      ordinal: { scheme: theme.ramp },
    },
  };
}
