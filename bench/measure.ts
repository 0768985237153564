import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One thing to time. `before` puts everything back and is not timed. */
export interface Contender {
  name: string;
  before?: () => Promise<void> | void;
  /** Program and arguments; its output is thrown away. */
  command: readonly string[];
  env?: Record<string, string>;
}

export interface Timing {
  seconds: number;
  /** Of the largest process, bytes; null where the program does not tell. */
  peak: number | null;
}

// Runs inside the node process that is asked for it, before the program itself.
const TELL_PEAK = `data:text/javascript,${encodeURIComponent(
  "import { writeFileSync } from 'node:fs'; import { isMainThread } from 'node:worker_threads';" +
    "if (isMainThread && process.env.BENCH_PEAK) process.on('exit', () => writeFileSync(process.env.BENCH_PEAK, String(process.resourceUsage().maxRSS)));",
)}`;

/** Without certificates that are this machine's, not the program's: Node 20 reads them at every start, which takes 0.04 s. */
function environment(): NodeJS.ProcessEnv {
  return { ...process.env, NODE_EXTRA_CA_CERTS: undefined };
}

/** Runs a program to its end. Throws when it fails. `withPeak`: the peak is told, which takes a moment itself. */
export async function time(contender: Contender, withPeak = false): Promise<Timing> {
  await contender.before?.();
  const [program = '', ...args] = contender.command;
  const isNode = withPeak && program === process.execPath;
  const peakFile = join(tmpdir(), `stack-health-bench-${process.pid}`);
  const env = { ...environment(), ...contender.env, BENCH_PEAK: isNode ? peakFile : '' };
  const start = performance.now();
  const child = spawn(program, isNode ? ['--import', TELL_PEAK, ...args] : args, {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2000)));
  const code = await new Promise<number | null>((done, fail) => child.on('error', fail).on('close', done));
  const seconds = (performance.now() - start) / 1000;
  if (code !== 0) throw new Error(`${contender.name}: exit code ${code}\n${said}`);
  if (!isNode) return { seconds, peak: null };
  const peak = Number(readFileSync(peakFile, 'utf8')) * 1024;
  rmSync(peakFile);
  return { seconds, peak };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export interface Comparison {
  ours: Timing[];
  theirs: Timing[];
  /** Median of the runs' own ratios: the machine's mood of a moment touches both sides of a pair. */
  ratio: number;
}

/** Seconds: a pair of runs that takes less is run so many times as often, since a moment's mood makes more of a difference to it. */
const SHORT = 2;
export const SHORT_TIMES = 3;

/** Runs both in turn, as often as asked, after once that does not count: then files and code are where they are in use. */
export async function compare(ours: Contender, theirs: Contender, runs: number): Promise<Comparison> {
  const result: Comparison = { ours: [], theirs: [], ratio: Number.NaN };
  const once = (await time(theirs)).seconds + (await time(ours)).seconds;
  const pairs = once < SHORT ? SHORT_TIMES * runs : runs;
  for (let run = 0; run < pairs; run++) {
    result.theirs.push(await time(theirs));
    result.ours.push(await time(ours));
  }
  result.ratio = median(result.ours.map(({ seconds }, i) => seconds / result.theirs[i]!.seconds));
  return result;
}
