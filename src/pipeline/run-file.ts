import { readFileSync, statSync } from 'node:fs';
import { checkSafety } from '../metrics/spec-safety.js';
import { HealthError } from '../model/error.js';
import type { Result } from '../model/result.js';
import { readResult } from '../report/read-result.js';

const LARGEST_MB = 256;

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'may not be read',
  EPERM: 'may not be read',
  EISDIR: 'is a folder, not a file',
};

export interface RunFile {
  run: Result;
  text: string;
}

/** Reads and checks the JSON of a run. HealthError bad-run (one line, whatever the file holds) or bad-chart. */
export function readRun(file: string): RunFile {
  const refuse = (reason: string, cause?: unknown): never => {
    throw new HealthError('bad-run', `${file}: ${reason}`, { cause });
  };
  let text = '';
  try {
    const stat = statSync(file);
    if (!stat.isFile()) return refuse(stat.isDirectory() ? REASONS['EISDIR']! : 'is no file');
    if (stat.size > LARGEST_MB * 1024 * 1024) return refuse(`is larger than ${LARGEST_MB} MB`);
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
  } catch (error) {
    if (error instanceof HealthError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return refuse(
      code === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? 'is not UTF-8 text' : (REASONS[code] ?? `can't be read (${code})`),
      error,
    );
  }
  const run = readResult(text, file);
  for (const { query, spec, compare } of run.charts) {
    for (const drawn of [spec, compare]) checkSafety(`${file}: chart of ${query}`, drawn);
  }
  return { run, text };
}
