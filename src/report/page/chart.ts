import { Error as quiet, parse, scheme, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { NO_LOADER } from '../no-loader.js';
import type { FigureData, Payload } from '../payload.js';
import { PAGE_RAMP, pageRamp } from '../theme.js';
import { isChosen, onChoice } from './choice.js';
import { rowObjects, sourcesOf } from './rows.js';
import { hideTooltip, showTooltip } from './tooltip.js';
import { zoomControls } from './zoom.js';

/** Narrower than this a chart is no longer read; its box scrolls instead. */
const LEAST_WIDTH = 260;

/** The font a chart is measured with: CSS variables mean nothing to the canvas that vega measures text on. */
function plainFonts(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(plainFonts);
  if (typeof node !== 'object' || node === null) return node === 'var(--font)' ? 'system-ui, sans-serif' : node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, plainFonts(value)]));
}

/** Keeps a chart as wide as its box. `beside`: pixels of the picture that are not part of the width signal. */
function fitWidth(view: View, plot: HTMLElement, signal: string, beside: number): void {
  const fit = () => {
    const width = Math.max(LEAST_WIDTH, plot.clientWidth) - beside;
    if (view.signal(signal) !== width)
      view
        .signal(signal, width)
        .resize()
        .runAsync()
        .catch(() => undefined);
  };
  new ResizeObserver(fit).observe(plot);
}

async function makeLive(plot: HTMLElement, figure: FigureData, payload: Payload): Promise<void> {
  const canvas = plot.querySelector<HTMLElement>('.canvas');
  if (!canvas) return;
  const stage = document.createElement('div');
  const runtime = parse(plainFonts({ config: payload.config, ...figure.spec }) as FigureData['spec'], undefined, {
    ast: true,
  });
  const view = new View(runtime, {
    expr: expressionInterpreter,
    loader: NO_LOADER,
    logLevel: quiet,
    renderer: 'svg',
    hover: true,
  });
  try {
    view.tooltip(showTooltip as unknown as Parameters<View['tooltip']>[0]);
    const several = plot.dataset['project'] !== undefined;
    const rows = () =>
      rowObjects(
        payload,
        sourcesOf(plot).filter((table) => !several || isChosen(payload, table)),
      );
    view.data('rows', rows());
    if (figure.widthSignal === 'width') view.signal('width', Math.max(LEAST_WIDTH, plot.clientWidth));
    view.initialize(stage);
    await view.runAsync();
    const drawn = stage.querySelector('svg');
    if (!drawn) throw new Error('nothing was drawn');
    canvas.replaceChildren(stage);
    // The canvas around it carries the description; the marks have none of their own.
    stage.setAttribute('aria-hidden', 'true');
    stage.className = 'stage';
    canvas.classList.add('live');
    plot.addEventListener('pointerleave', hideTooltip);
    if (figure.widthSignal !== null) {
      const inner = figure.widthSignal === 'width' ? drawn.width.baseVal.value : Number(view.signal('child_width'));
      fitWidth(view, plot, figure.widthSignal, Math.ceil(drawn.width.baseVal.value - inner));
    }
    if (several) {
      onChoice(() => {
        view
          .data('rows', rows())
          .resize()
          .runAsync()
          .catch(() => undefined);
      });
    }
    if (figure.zoom.length > 0) zoomControls(view, plot, figure.zoom);
  } catch (error) {
    view.finalize();
    throw error;
  }
}

/** Draws each chart when it comes near, in place of the static one where there is one; if that fails, the latter stays. */
export function liveCharts(payload: Payload): void {
  scheme(PAGE_RAMP, pageRamp);
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting || !(target instanceof HTMLElement)) continue;
        observer.unobserve(target);
        const figure = payload.charts[Number(target.dataset['chart'])];
        if (figure) void makeLive(target, figure, payload).catch(() => undefined);
      }
    },
    { rootMargin: '600px 0px' },
  );
  for (const plot of document.querySelectorAll('.plot[data-chart]')) observer.observe(plot);
}
