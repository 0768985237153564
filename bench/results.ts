import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { SHORT_TIMES } from './measure.js';

export interface BenchRow {
  work: string;
  against: string;
  /** `0.19x`, `0.3 s`, `420 MB`. */
  measured: string;
  detail: string;
  must: string;
  aim: string;
}

function met(row: BenchRow): string {
  const [value, must, aim] = [row.measured, row.must, row.aim].map((text) => Number.parseFloat(text));
  if (must === undefined || value === undefined || Number.isNaN(must)) return '';
  if (value <= (aim ?? Number.NaN)) return 'aim met';
  return value <= must ? 'met' : 'not met';
}

/** The table as Markdown. */
export function table(rows: readonly BenchRow[]): string {
  const head = ['work', 'against', 'measured', 'must', 'aim', '', 'medians'];
  const body = rows.map((row) => [row.work, row.against, row.measured, row.must, row.aim, met(row), row.detail]);
  return [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** bench/RESULTS.md: the table, what it was measured on, and what else was found. */
export function resultsPage(rows: readonly BenchRow[], runs: number, more: string): string {
  const version = execFileSync('git', ['--version'], { encoding: 'utf8' }).trim();
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'})`;
  return `# Benchmark

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${machine}, Node ${process.versions.node}, ${version}.

Ratios are medians of ${runs} interleaved pairs of runs, of ${SHORT_TIMES * runs} where a pair takes less than two seconds; whole processes, store
included; below 1 is faster than what it is held against. Seconds depend on the machine, and on what else it is doing. As from a command's second run on, V8 finds the code that an
earlier run left (src/cli/code-cache.ts).

${table(rows)}
${more}`;
}
