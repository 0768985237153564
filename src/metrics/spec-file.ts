import { HealthError } from '../model/error.js';

/** A Vega-Lite specification and the file it comes from. */
export interface SpecFile {
  /** As messages name it. */
  file: string;
  spec: Record<string, unknown>;
}

export function badChart(file: string, what: string, hint?: string): HealthError {
  return new HealthError('bad-chart', `${file}: ${what}`, hint === undefined ? {} : { hint });
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list as it is, nothing as an empty list, anything else as a list of one. */
export function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** @throws HealthError bad-chart, with the line where Node's parser names a position */
export function parseSpec(file: string, text: string): SpecFile {
  const clean = text.replace(/^\ufeff/, '');
  let spec: unknown;
  try {
    spec = JSON.parse(clean);
  } catch (cause) {
    const message = (cause instanceof Error ? cause.message : String(cause)).replaceAll(/\s+/g, ' ');
    const position = / at position (\d+)/.exec(message)?.[1];
    const line = position === undefined ? '' : `:${clean.slice(0, Number(position)).split('\n').length}`;
    throw badChart(`${file}${line}`, `is not JSON: ${message.replace(/ (?:in JSON )?at position .*$/, '')}`);
  }
  if (!isObject(spec)) throw badChart(file, 'must be a JSON object');
  return { file, spec };
}
