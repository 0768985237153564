import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ClusterSpec, Rehearsal, RehearsalScenario, RenderedFile } from '../../model/cluster.js';
import { HealthError } from '../../model/error.js';
import { ENVIRONMENT, sleep } from './commands.js';
import { findLeftovers } from './leftovers.js';
import { planRehearsal, type RehearsalPlan } from './plan.js';
import type { WorkerMessage } from './rehearsal-worker.js';
import { assertCanRehearse } from './requirements.js';

/** Held by the kernel as long as a process of the rehearsal lives; in it, who wanted it. */
const LOCK = '/run/health-rehearsal.lock';
const LOCKED = 75;

/** Milliseconds the kernel may take to end the last process. */
const GRACE = 5000;

export interface RehearsalOptions {
  spec: ClusterSpec;
  /** Rendered for el9 or debian12. */
  files: RenderedFile[];
  scenarios: RehearsalScenario[];
  signal?: AbortSignal;
  /** A line of text for each thing that happens. */
  progress?: (text: string) => void;
}

/**
 * Builds the cluster of two real nodes on this machine, does the scenarios to it, and takes it down. Needs root. All of it
 * lives in namespaces under one process: when that ends, however it does, the kernel ends the rest. HealthError where it
 * can't be held (nothing is touched then), when another one is going on, and when it is interrupted.
 */
export async function rehearse(options: RehearsalOptions): Promise<Rehearsal> {
  const { spec, files, scenarios, signal, progress = () => undefined } = options;
  const plan = planRehearsal(spec, files, ['start', ...scenarios]);
  await assertCanRehearse();
  const begun = Date.now();
  if (signal?.aborted) throw interrupted();
  const { done, namespaces } = await hold(plan, signal, progress);
  let leftovers = findLeftovers(namespaces);
  for (const latest = Date.now() + GRACE; leftovers.length > 0 && Date.now() < latest; await sleep(50)) {
    leftovers = findLeftovers(namespaces);
  }
  if (signal?.aborted) throw interrupted();
  const failed = done.error === null ? [] : [done.error];
  const last = done.steps.at(-1);
  if (failed.length > 0 && !last) throw new HealthError('failed', `the rehearsal broke off: ${done.error}`);
  if (last && failed.length > 0) {
    last.violations.push(...failed);
    last.ok = false;
  }
  return {
    cluster: spec.name,
    at: new Date(begun).toISOString().slice(0, 19).replace('T', ' '),
    versions: done.versions,
    steps: done.steps,
    substitutions: plan.substitutions,
    took: Math.round((Date.now() - begun) / 100) / 10,
    blind: done.blind,
    leftovers,
    ok: failed.length === 0 && leftovers.length === 0 && done.steps.every((step) => step.ok),
  };
}

function interrupted(): HealthError {
  return new HealthError('interrupted', 'the rehearsal was interrupted: its nodes are gone');
}

type Done = Extract<WorkerMessage, { kind: 'done' }>;

async function hold(
  plan: RehearsalPlan,
  signal: AbortSignal | undefined,
  progress: (text: string) => void,
): Promise<{ done: Done; namespaces: string[] }> {
  await endAbandoned();
  const child = launch();
  const end = () => void child.kill('SIGKILL');
  signal?.addEventListener('abort', end);
  process.once('exit', end);
  let done: Done | null = null;
  let namespaces: string[] = [];
  let complaint = '';
  child.stderr?.on('data', (data: Buffer) => (complaint = `${complaint}${data.toString()}`.slice(-2000)));
  child.stdin?.on('error', () => undefined);
  child.stdin?.write(`${JSON.stringify(plan)}\n`);
  createInterface({ input: child.stdout! }).on('line', (line) => {
    const message: WorkerMessage = JSON.parse(line);
    if (message.kind === 'begun') {
      namespaces = message.namespaces;
      writeFileSync(LOCK, JSON.stringify({ owner: life(process.pid), supervisor: life(child.pid ?? 0) }));
    } else if (message.kind === 'told') progress(message.text);
    else {
      done = message;
      child.stdin?.end();
    }
  });
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(127));
    child.once('close', resolve);
  });
  signal?.removeEventListener('abort', end);
  process.off('exit', end);
  if (code === LOCKED) throw locked();
  if (done !== null) return { done, namespaces };
  if (signal?.aborted) return { done: { kind: 'done', steps: [], versions: {}, blind: 0, error: null }, namespaces };
  const said = complaint.trim().split('\n').at(-1) ?? '';
  throw new HealthError('failed', `the rehearsal's process ended early: ${said || `exit ${code}`}`);
}

/** Dies with this process: its parent's death signal, and the end of its input, each for itself. */
function launch(): ChildProcess {
  const beside = new URL('./rehearsal-worker.js', import.meta.url);
  const built = new URL('../../../dist/cluster/rehearse/rehearsal-worker.js', import.meta.url);
  const worker = fileURLToPath(existsSync(beside) ? beside : built);
  const supervise = ['-n', '-F', '-E', String(LOCKED), LOCK, 'setpriv', '--pdeathsig', 'KILL'];
  const namespaces = ['unshare', '-n', '-m', '-p', '-i', '-u', '--fork', '--kill-child=KILL', '--mount-proc'];
  // In a session of its own: an interrupt from the terminal is this process's to handle.
  return spawn('flock', [...supervise, ...namespaces, process.execPath, worker], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
    env: ENVIRONMENT,
  });
}

/** A process, told from a later one of the same number by when it began; null: there is none. */
interface Life {
  pid: number;
  began: string;
}

function life(pid: number): Life | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return fields[0] === 'Z' ? null : { pid, began: fields[19] ?? '' };
  } catch {
    return null;
  }
}

function lives(one: Life | null | undefined): one is Life {
  return one !== null && one !== undefined && life(one.pid)?.began === one.began;
}

function holders(): { owner?: Life | null; supervisor?: Life | null } {
  try {
    return JSON.parse(readFileSync(LOCK, 'utf8'));
  } catch {
    return {};
  }
}

/** A rehearsal whose owner is dead ends by itself; should it not have, it is ended here. */
async function endAbandoned(): Promise<void> {
  const { owner, supervisor } = holders();
  if (lives(owner) || !lives(supervisor)) return;
  process.kill(supervisor.pid, 'SIGKILL');
  for (const latest = Date.now() + GRACE; lives(supervisor) && Date.now() < latest;) await sleep(20);
}

function locked(): HealthError {
  const { owner } = holders();
  const who = lives(owner) ? ` (process ${owner.pid})` : '';
  return new HealthError('failed', `another rehearsal is going on${who}: ${LOCK} is held`, {
    hint: 'One machine holds one rehearsal at a time. Wait until it has ended.',
  });
}
