import type { View } from 'vega';
import type { FigureData } from '../payload.js';
import { button } from './button.js';

interface InvertibleScale {
  (value: unknown): number;
  invert?: (position: number) => number | Date;
  range(): number[];
}

type Zoom = FigureData['zoom'];

/** Zooms the scales by a factor (above 1: closer) around a place, given as a share of each axis. */
function zoomBy(view: View, zoom: Zoom, factor: number, at: { x: number; y: number }): void {
  for (const { signal, channel } of zoom) {
    const scale = view.scale(channel) as InvertibleScale;
    const [from = 0, to = 0] = scale.range();
    if (!scale.invert || from === to) continue;
    const anchor = from + (to - from) * at[channel];
    view.signal(
      signal,
      [from, to].map((end) => Number(scale.invert?.(anchor + (end - anchor) / factor))),
    );
  }
  void view.runAsync();
}

function reset(view: View, zoom: Zoom): void {
  for (const { signal } of zoom) view.signal(signal, null);
  void view.runAsync();
}

/** Where a place is within a size, from 0 to 1. */
function share(place: number, size: number): number {
  return Math.min(1, Math.max(0, place / Math.max(1, size)));
}

const MIDDLE = { x: 0.5, y: 0.5 };

/** Buttons for everyone; Ctrl or Shift with the wheel for a mouse, so that plain wheeling still scrolls the page. */
export function zoomControls(view: View, plot: HTMLElement, zoom: Zoom): void {
  const canvas = plot.querySelector('.canvas');
  const buttons = plot.parentElement?.querySelector<HTMLElement>('.zoom');
  canvas?.classList.add('zoomable');
  plot.addEventListener(
    'wheel',
    (event) => {
      event.stopPropagation();
      if (!event.ctrlKey && !event.shiftKey) return;
      event.preventDefault();
      const box = plot.querySelector('.stage svg')?.getBoundingClientRect();
      if (!box) return;
      const [left = 0, top = 0] = view.origin();
      const at = {
        x: share(event.clientX - box.left - left, view.width()),
        y: 1 - share(event.clientY - box.top - top, view.height()),
      };
      // With Shift held, browsers report a vertical wheel as a horizontal one.
      const turn = event.deltaY === 0 ? event.deltaX : event.deltaY;
      zoomBy(view, zoom, Math.min(2, Math.max(0.5, 1.002 ** -turn)), at);
    },
    { capture: true, passive: false },
  );
  if (!buttons) return;
  const hint = document.createElement('span');
  hint.textContent = 'or Ctrl + wheel, and drag';
  buttons.replaceChildren(
    button('Zoom in', 'zoom', 'in'),
    button('Zoom out', 'zoom', 'out'),
    button('Reset', 'zoom', 'reset'),
    hint,
  );
  buttons.hidden = false;
  buttons.addEventListener('click', (event) => {
    const wanted = event.target instanceof HTMLElement ? event.target.dataset['zoom'] : undefined;
    if (wanted === 'reset') reset(view, zoom);
    else if (wanted) zoomBy(view, zoom, wanted === 'in' ? 1.6 : 1 / 1.6, MIDDLE);
  });
}
