import type { Value } from '../model/measurement.js';
import type { Compiled } from './compiled.js';
import { compactSvg } from './compact-svg.js';
import { FILE_RAMP, fileRamp, PAGE_RAMP, pageRamp } from './theme.js';

/** Draws a compiled chart as SVG text: same input, same bytes. `prefix` makes the ids in it unique in a page. */
export async function draw(compiled: Compiled, rows: Record<string, Value>[], prefix: string): Promise<string> {
  const { Error: quiet, parse, resetSVGDefIds, scheme, View } = await import('vega');
  scheme(PAGE_RAMP, pageRamp);
  scheme(FILE_RAMP, fileRamp);
  resetSVGDefIds();
  const view = new View(parse(compiled.spec), { renderer: 'none', logLevel: quiet });
  try {
    // vega marks the objects it is given, so it gets its own.
    view.data(
      'rows',
      rows.map((row) => ({ ...row })),
    );
    return compactSvg(await view.toSVG(), prefix);
  } finally {
    view.finalize();
  }
}
