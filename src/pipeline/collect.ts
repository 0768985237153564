import { HealthError } from '../model/error.js';
import type { ExtractEvent, HistoryFlag, KnownHistory } from '../model/history.js';
import type { Progress } from '../model/progress.js';
import type { Project, Study } from '../model/project.js';
import { extract, extractRecent, readAhead, type ExtractionOptions, type ReadAhead } from '../source/extraction.js';
import type { ExtractionThreads } from '../source/extraction-threads.js';
import { openHistory } from '../source/history.js';
import { readableMailmap } from '../source/mailmap-file.js';
import { packedObjects } from '../source/repository-size.js';
import { obtain } from '../source/transport.js';
import { openStore, type Collected, type LoadOptions, type LoadSummary, type Store } from '../store/store.js';
import { sideBySide } from './side-by-side.js';
import { readingThreads } from './threads.js';
import { toolVersion } from './version.js';

export interface CollectOptions {
  store: string;
  clones: string;
  /** Names; empty: every project of the study. */
  only: string[];
  /** How many projects are in hand at once. 1: no worker threads either. */
  jobs: number;
  allowShallow: boolean;
  actions: boolean;
  /** Whether to count lines; default: as in the project's last collect. Only with actions. */
  lines?: boolean;
  /** strict: CVSAnalY's rows with its faults; default: without them. */
  compat?: LoadOptions['compat'];
  signal?: AbortSignal;
  progress?: Progress;
}

export interface CollectOutcome {
  project: string;
  url: string;
  ok: boolean;
  error: { code: string; message: string; hint: string | null } | null;
  /** What is missing from what was collected, or other than git's own commands show it; null: nothing. */
  warning: string | null;
  summary: LoadSummary | null;
  /** In the store now. */
  commits: number;
  seconds: number;
}

/**
 * Fetches the projects and brings the store up to date, each project in a transaction of its own. A project that fails
 * is an outcome, and stops no other. HealthError for the store as a whole, and `interrupted` once the signal fires.
 */
export async function collect(study: Study, options: CollectOptions): Promise<CollectOutcome[]> {
  const projects = study.projects.filter(({ name }) => options.only.length === 0 || options.only.includes(name));
  const threads = readingThreads();
  const isAlone = projects.length === 1;
  try {
    const store = openStore(options.store);
    try {
      return await sideBySide(projects, options.jobs, (project) =>
        collectOne({ store, threads, isAlone }, project, options),
      );
    } finally {
      store.close();
    }
  } finally {
    await threads.end();
  }
}

/** From so many objects on, a history that is read alone gets a thread: to start one takes a while. */
const LARGE = 100_000;
/** The same where only commits are read: a walk through more would keep this thread from other work for too long. */
const HUGE = 1_000_000;
/** So many new commits are read where the repository is open already: another thread would open it once more. */
const MOST_HERE = 1000;

/** What all projects of a collect share. */
interface Means {
  store: Store;
  threads: ExtractionThreads;
  /** One project alone is collected. */
  isAlone: boolean;
}

async function collectOne(means: Means, project: Project, options: CollectOptions): Promise<CollectOutcome> {
  const { store } = means;
  // Not of `performance`, which Node would have to load first.
  const start = process.hrtime.bigint();
  const { signal, progress } = options;
  const outcome = { project: project.name, url: project.url };
  const seconds = () => Math.round(Number(process.hrtime.bigint() - start) / 1e7) / 100;
  try {
    const { summary, flags } = await bringUpToDate(means, project, options);
    const commits = store.commitCount(project.name);
    progress?.({ project: project.name, stage: 'done' });
    return {
      ...outcome,
      ok: true,
      error: null,
      warning: warningOf(summary, flags),
      summary,
      commits,
      seconds: seconds(),
    };
  } catch (error) {
    if (signal?.aborted) throw new HealthError('interrupted', 'interrupted; the store keeps its last complete state');
    const { code, message, hint = null } = asHealthError(error);
    await recordFailure(store, project.name, code, message);
    progress?.({ project: project.name, stage: 'failed', text: message });
    const commits = store.commitCount(project.name);
    return {
      ...outcome,
      ok: false,
      error: { code, message, hint },
      warning: null,
      summary: null,
      commits,
      seconds: seconds(),
    };
  }
}

interface Brought {
  summary: LoadSummary;
  flags: readonly HistoryFlag[];
}

async function bringUpToDate(
  { store, threads, isAlone }: Means,
  project: Project,
  options: CollectOptions,
): Promise<Brought> {
  const { clones, jobs, allowShallow, actions, compat = 'default' } = options;
  const heard = {
    ...(options.signal && { signal: options.signal }),
    ...(options.progress && { progress: options.progress }),
  };
  const path = await obtain(project, { clones, ...heard });
  // Asked for once, lines are kept up: a table with holes would be worse than none.
  const collected = store.collected(project.name);
  const lines = actions && (options.lines ?? collected?.lines ?? false);
  const rules = { actions, lines, compat, toolVersion: toolVersion(), now: now(), ...heard };
  const { signal } = options;
  const counting = lines && compat === 'strict' ? ('plain' as const) : lines;
  const task = { refs: project.refs, allowShallow, actions, lines: counting, ...(signal && { signal }) };
  const ahead =
    jobs > 1 && (!isAlone || packedObjects(path) >= (actions ? LARGE : HUGE))
      ? readAhead(threads, path, task, !isAlone)
      : null;
  const whole = (known: ReadonlySet<string>) => (ahead ? ahead.events(known) : extract(path, { ...task, known }));
  try {
    // Of a history never read before all is wanted: nobody need look first whether there is anything new.
    if (collected !== null) return await bringOn({ store, path, project, collected, task, ahead }, rules, whole);
    ahead?.begin();
    options.progress?.({ project: project.name, stage: 'read' });
    let flags: readonly HistoryFlag[] = [];
    const noting = (known: ReadonlySet<string>) => withFlags(whole(known), (found) => (flags = found));
    const summary = await store.load(project, noting, rules);
    return { summary, flags };
  } finally {
    ahead?.close();
  }
}

async function* withFlags(
  events: AsyncIterable<ExtractEvent>,
  tell: (flags: readonly HistoryFlag[]) => void,
): AsyncGenerator<ExtractEvent> {
  for await (const event of events) {
    if (event.kind === 'outline') tell(event.outline.flags);
    yield event;
  }
}

/** A history that was read before, and how to read it. */
interface Known {
  store: Store;
  path: string;
  project: Project;
  collected: Collected;
  task: Omit<ExtractionOptions, 'known'>;
  ahead: ReadAhead | null;
}

async function bringOn(
  { store, path, project, collected, task, ahead }: Known,
  rules: LoadOptions,
  readWhole: (known: ReadonlySet<string>) => AsyncIterable<ExtractEvent>,
): Promise<Brought> {
  const peeled = new Map(collected.snapshot.refs.map(({ oid, commit }) => [oid, commit]));
  const history = openHistory(path, { ...task, peeled });
  try {
    const snapshot = history.snapshot();
    const { flags } = snapshot;
    // Where refs stand as they stood, the mailmap is what it was; but then it need not have been readable, or read.
    const isKept = !flags.includes('partial') && collected.toolVersion === rules.toolVersion;
    const confirming = isKept ? rules : { ...rules, mailmap: readableMailmap(history) };
    const unchanged = await store.confirm(project, snapshot, confirming);
    if (unchanged) return { summary: unchanged, flags };
    const load = { ...rules, mailmap: readableMailmap(history) };
    rules.progress?.({ project: project.name, stage: 'read' });
    let isWhole = false;
    const whole = (known: ReadonlySet<string>) => {
      // What it holds in memory is needed no more.
      history.close();
      isWhole = true;
      return readWhole(known);
    };
    const recent = (known: KnownHistory) => {
      const outline = isWhole ? null : history.recent(known);
      if (outline === null) return null;
      return ahead && outline.revs.length > MOST_HERE ? ahead.recent(outline) : extractRecent(history, outline, task);
    };
    return { summary: await store.load(project, whole, { ...load, recent }), flags };
  } finally {
    history.close();
  }
}

const ALTERED: Partial<Record<HistoryFlag, string>> = {
  grafted: 'some commits have other parents than they were made with (info/grafts)',
  replaced: 'git shows other objects in place of some (refs/replace); they are counted as they were made',
};

function warningOf({ lost, loss }: LoadSummary, flags: readonly HistoryFlag[]): string | null {
  const warnings = flags.flatMap((flag) => ALTERED[flag] ?? []);
  const whose = lost === 1 ? 'one commit' : `${lost} commits`;
  if (lost > 0) warnings.push(`some changes to files of ${whose} could not be read: ${loss}`);
  return warnings.length === 0 ? null : warnings.join('; ');
}

/** A fault of our own in one project is that project's failure too. */
function asHealthError(error: unknown): HealthError {
  if (error instanceof HealthError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new HealthError('failed', `unexpected: ${message}`, { hint: 'this is a fault of health: please report it' });
}

/** A failure is worth a row, but not a second failure: a store that is full or read-only has said so already. */
async function recordFailure(store: Store, project: string, code: string, message: string): Promise<void> {
  await store.recordFailure({ project, code, message, toolVersion: toolVersion(), now: now() }).catch((error) => {
    if (!(error instanceof HealthError)) throw error;
  });
}

/** UTC, `YYYY-MM-DD HH:MM:SS`. */
function now(): string {
  return new Date().toISOString().slice(0, 19).replace('T', ' ');
}
