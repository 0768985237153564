import { spawn, type ChildProcess } from 'node:child_process';
import { devNull } from 'node:os';
import { HealthError } from '../model/error.js';
import { errnoOf, interrupted, silent } from './transport-error.js';
import { gitFailure } from './transport-git-error.js';
import { ProgressLines } from './transport-progress-lines.js';

export interface GitRun {
  /** What messages show. */
  url: string;
  /** The git directory to work in; null: none, and none is looked for. */
  gitDir: string | null;
  environment: Readonly<Record<string, string | undefined>>;
  signal: AbortSignal | undefined;
  idleTimeout: number;
  input?: string;
  /** Hears what git says on its way; false: from now on silence means work, not a dead connection. */
  line?: (text: string) => boolean;
}

/** A list of refs longer than this is no real one. */
const MAX_OUTPUT = 1 << 28;
/** Lines of git's own words that are kept for the message. */
const MAX_SAID = 40;
/** Milliseconds that git has to end by itself. */
const GRACE = 2000;

/** What would lead git elsewhere, or make it talk about itself. */
const ASTRAY =
  /^GIT_(?:DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|COMMON_DIR|NAMESPACE|PREFIX|SHALLOW_FILE|GRAFT_FILE|CONFIG|DEFAULT_HASH|REPLACE_REF_BASE|PROTOCOL_FROM_USER|EXEC_PATH|TRACE.*|CURL_VERBOSE|ASKPASS)$/;

/** Runs nothing besides itself and ssh, whatever the configuration says; and leaves the repository alone. */
const SETTINGS = [
  ['core.hooksPath', devNull],
  ['core.fsmonitor', 'false'],
  ['core.alternateRefsCommand', 'true'],
  ['credential.interactive', 'false'],
  ['fetch.unpackLimit', '1'],
  ['transfer.bundleURI', 'false'],
  ['transfer.advertiseSID', 'false'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
].flatMap(([name, value]) => ['-c', `${name}=${value}`]);

/**
 * Runs the system's git, without a shell and without a terminal: it can't ask anything. Returns what it printed.
 * A silent connection, an abort or a failure ends it, with all it started.
 */
export async function runGit(args: readonly string[], run: GitRun): Promise<string> {
  const { url, signal } = run;
  if (signal?.aborted) throw interrupted(url);
  const child = spawn('git', [...SETTINGS, `--git-dir=${run.gitDir ?? devNull}`, ...args], {
    env: environmentOf(run.environment),
    stdio: 'pipe',
    windowsHide: true,
    // A session of its own: ssh finds no terminal to ask on, Ctrl-C reaches us alone, and all of it can be ended.
    detached: process.platform !== 'win32',
  });
  const watch = new Watch(child, run);
  const said: string[] = [];
  const lines = new ProgressLines((line) => {
    if (said.push(line) > MAX_SAID) said.shift();
    if (run.line?.(line) === false) watch.trust();
  });
  const printed: Buffer[] = [];
  let size = 0;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    watch.sign();
    lines.add(text);
  });
  child.stdout.on('data', (chunk: Buffer) => {
    watch.sign();
    size += chunk.length;
    if (size <= MAX_OUTPUT) printed.push(chunk);
    else watch.end(new HealthError('unsupported-repository', `${url}: the server's list of refs has no end`));
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(run.input ?? '');
  try {
    const code = await ended(child, url);
    lines.end();
    watch.check();
    if (code !== 0) throw gitFailure(said, url);
  } finally {
    watch.close();
  }
  return Buffer.concat(printed).toString('utf8');
}

/** The value of a setting that git would follow outside any repository. */
export async function gitSetting(name: string, run: GitRun): Promise<string> {
  // An exit code of 1 says that there is none.
  return (await runGit(['config', '--default', '', '--get', name], run)).trim();
}

function environmentOf(given: GitRun['environment']): Record<string, string | undefined> {
  const kept = Object.entries(given).filter(([name]) => !ASTRAY.test(name));
  return {
    ...Object.fromEntries(kept),
    // What git says is read.
    LC_ALL: 'C',
    LANGUAGE: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: 'ssh:git',
    GCM_INTERACTIVE: 'never',
    SSH_ASKPASS_REQUIRE: 'never',
  };
}

function ended(child: ChildProcess, url: string): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(errnoOf(error) === 'ENOENT' ? noGit(url) : error));
    child.on('close', resolve);
  });
}

function noGit(url: string): HealthError {
  return new HealthError('unreachable', `${url}: reading it takes git, and no git is installed here`, {
    hint: 'Install git, or give the https:// URL of the repository: that is read without.',
  });
}

/** Ends git when it is aborted, or silent for too long; remembers why. */
class Watch {
  readonly #child: ChildProcess;
  readonly #run: GitRun;
  #reason: HealthError | null = null;
  #timer: NodeJS.Timeout | undefined;
  #kill: NodeJS.Timeout | undefined;
  #trusted = false;
  readonly #abort = (): void => this.end(interrupted(this.#run.url));

  constructor(child: ChildProcess, run: GitRun) {
    this.#child = child;
    this.#run = run;
    run.signal?.addEventListener('abort', this.#abort);
    this.sign();
  }

  /** A sign of life. */
  sign(): void {
    clearTimeout(this.#timer);
    if (this.#trusted) return;
    const { url, idleTimeout } = this.#run;
    this.#timer = setTimeout(() => this.end(silent(url, idleTimeout)), idleTimeout);
  }

  trust(): void {
    this.#trusted = true;
    clearTimeout(this.#timer);
  }

  end(reason: HealthError): void {
    if (this.#reason) return;
    this.#reason = reason;
    this.#signal('SIGTERM');
    this.#kill = setTimeout(() => this.#signal('SIGKILL'), GRACE);
  }

  check(): void {
    if (this.#reason) throw this.#reason;
  }

  close(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#kill);
    this.#run.signal?.removeEventListener('abort', this.#abort);
  }

  #signal(name: NodeJS.Signals): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      if (process.platform === 'win32') this.#child.kill(name);
      else process.kill(-pid, name);
    } catch {
      // It has ended by itself.
    }
  }
}
