import type { Value } from '../model/measurement.js';
import type { Compiled } from './compiled.js';
import { compactSvg } from './compact-svg.js';
import { NO_LOADER } from './no-loader.js';
import { FILE_RAMP, fileRamp, PAGE_RAMP, pageRamp } from './theme.js';

/**
 * Draws a compiled chart as SVG text: same input, same bytes. `prefix` makes the ids in it unique in a page. A chart
 * runs no code of its own: its expressions are interpreted, and it can load nothing.
 */
export async function draw(compiled: Compiled, rows: Record<string, Value>[], prefix: string): Promise<string> {
  const { Error: quiet, parse, resetSVGDefIds, scheme, View } = await import('vega');
  const { expressionInterpreter } = await import('vega-interpreter');
  scheme(PAGE_RAMP, pageRamp);
  scheme(FILE_RAMP, fileRamp);
  resetSVGDefIds();
  const runtime = parse(compiled.spec, undefined, { ast: true });
  const view = new View(runtime, {
    expr: expressionInterpreter,
    loader: NO_LOADER,
    logLevel: quiet,
    renderer: 'none',
  });
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
