import type { Result } from '../model/result.js';
import { HealthError } from '../model/error.js';
import { sealOf } from '../report/json.js';
import { renderHtml } from '../report/render-html.js';
import { pageScript } from './assets.js';
import { writeWhole } from '../files/whole-file.js';
import { readRun } from './run-file.js';

/**
 * Writes the HTML of a run, from its JSON alone. `intact` is false when the JSON was changed after it was written.
 * HealthError bad-run, bad-chart, not-writable.
 */
export async function renderRun(file: string, out: string): Promise<{ intact: boolean }> {
  const { run } = readRun(file);
  writeWhole(out, await htmlOf(run, file));
  return { intact: sealOf(run) === run.seal };
}

async function htmlOf(run: Result, file: string): Promise<string> {
  const script = pageScript();
  try {
    return await renderHtml(run, { script });
  } catch (cause) {
    if (cause instanceof HealthError) throw cause;
    const [reason] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    throw new HealthError('bad-run', `${file}: can't be drawn: ${reason}`, { cause });
  }
}
