import type { QueryInfo } from '../model/measurement.js';
import type { Chart } from '../model/result.js';
import type { SpecEntry } from './catalogue.js';
import { compareSpec } from './compare-spec.js';
import { checkFields } from './spec-fields.js';
import { badChart } from './spec-file.js';
import { checkSafety } from './spec-safety.js';

/**
 * A query's chart. `columns` are those the query returns (`queryColumns`); every field the specification names is held
 * against them.
 * @throws HealthError bad-chart with file and field, or what else is wrong
 */
export function buildChart(info: QueryInfo, entry: SpecEntry, columns: string[]): Chart {
  const { description } = entry.spec;
  if (typeof description !== 'string' || description.trim() === '') {
    throw badChart(entry.file, 'needs a "description": one sentence for those who cannot see the chart');
  }
  const compare = entry.compare ?? { file: entry.file, spec: compareSpec(entry.file, entry.spec) };
  for (const { file, spec } of [entry, compare]) {
    checkSafety(file, spec);
    checkFields(file, spec, columns);
  }
  return { query: info.id, title: info.title, description, spec: entry.spec, compare: compare.spec };
}

/**
 * Holds a chart against Vega-Lite itself, which is loaded for it. Its warnings count too: they tell of things that it
 * drops from the picture.
 * @throws HealthError bad-chart with Vega-Lite's words
 */
export async function checkCompiles(chart: Chart, entry: SpecEntry): Promise<void> {
  const { compile } = await import('vega-lite');
  const specs = [
    { file: entry.file, spec: chart.spec },
    { file: entry.compare?.file ?? entry.file, spec: chart.compare },
  ];
  for (const { file, spec } of specs) {
    const warnings: string[] = [];
    const logger = {
      level: () => logger,
      error: (...words: unknown[]) => (warnings.push(words.join(' ')), logger),
      warn: (...words: unknown[]) => (warnings.push(words.join(' ')), logger),
      info: () => logger,
      debug: () => logger,
    };
    try {
      compile(spec as unknown as Parameters<typeof compile>[0], { logger: logger as never });
    } catch (cause) {
      warnings.unshift(cause instanceof Error ? cause.message : String(cause));
    }
    const [first] = warnings;
    if (first !== undefined) throw badChart(file, `Vega-Lite says: ${first}`);
  }
}
