import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HealthError } from '../model/error.js';
import type { Progress } from '../model/progress.js';
import type { Study } from '../model/project.js';
import type { Result } from '../model/result.js';
import { buildReplicas } from '../source/replica.js';
import { parseReplicaTotals } from '../source/replica-totals.js';
import { collect } from './collect.js';
import { buildResult, writeReport } from './report.js';

const TOTALS = new URL('../../data/studies/replica.yaml', import.meta.url);
/** The replicas end with the thesis's year. */
const LAST_DAY = '2014-12-31';

export interface DemoOptions {
  /** Takes the replicas and their store. */
  dir: string;
  /** The HTML file to write. */
  report: string;
  signal?: AbortSignal;
  progress?: Progress;
}

/** The thesis's study on made-up histories with the real totals: same code from repository to report, no network. */
export async function demo(options: DemoOptions): Promise<{ report: string; result: Result }> {
  const { dir, signal, progress } = options;
  const totals = parseReplicaTotals(readFileSync(TOTALS, 'utf8'), fileURLToPath(TOTALS));
  const replicas = await buildReplicas(totals, join(dir, 'repos'), progress, signal);
  const study: Study = {
    name: 'replica of the thesis',
    projects: replicas.map(({ name, path }) => ({ name, url: path, refs: 'branches', layer: null, tags: ['replica'] })),
    replicates: 'thesis',
    replica: true,
  };
  const store = join(dir, 'health.sqlite');
  const outcomes = await collect(study, {
    store,
    clones: dir,
    only: [],
    jobs: 1,
    allowShallow: false,
    actions: true,
    ...(signal && { signal }),
    ...(progress && { progress }),
  });
  const failed = outcomes.find(({ error }) => error !== null)?.error;
  if (failed) throw new HealthError('failed', failed.message, failed.hint === null ? {} : { hint: failed.hint });
  const result = buildResult({ store, study, projects: [], asOf: LAST_DAY, ...(progress && { progress }) });
  await writeReport(result, { html: options.report });
  return { report: options.report, result };
}
