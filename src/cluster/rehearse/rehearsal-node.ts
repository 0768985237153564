import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { run, sleep, type Said } from './commands.js';
import { FENCE_FOLDER, NODE_INIT, nodeFolder } from './folders.js';
import { plugIn } from './network.js';
import type { PlannedNode, RehearsalPlan } from './plan.js';

/** One node: namespaces with corosync and Pacemaker in them. Its PID 1 dead, all of it is gone. */
export class RehearsalNode {
  readonly planned: PlannedNode;
  /** Of its PID 1; null: it is off. */
  pid: number | null = null;
  readonly #plan: RehearsalPlan;

  constructor(plan: RehearsalPlan, planned: PlannedNode) {
    this.#plan = plan;
    this.planned = planned;
  }

  get host(): string {
    return this.planned.host;
  }

  /** Switches it on. */
  async boot(): Promise<void> {
    const folder = nodeFolder(this.planned.name);
    const ready = join(folder, 'ready');
    rmSync(ready, { force: true });
    const console = openSync(join(folder, 'console'), 'a');
    const namespaces = ['-n', '-m', '-p', '-i', '-u', '--fork', '--kill-child=KILL', '--'];
    const init = ['sh', NODE_INIT, folder, this.host, this.#plan.user, this.#plan.mount, ...this.#plan.folders];
    const child = spawn('unshare', [...namespaces, ...init], { stdio: ['pipe', console, console] });
    closeSync(console);
    let ended = false;
    child.once('exit', () => (ended = true));
    child.once('error', () => (ended = true));
    child.stdin?.on('error', () => undefined);
    const pid = await this.#awaitInit(child.pid ?? 0, () => ended);
    while (!existsSync(ready)) {
      if (ended) throw this.#stillborn();
      await sleep(5);
    }
    this.pid = pid;
    child.once('exit', () => {
      if (this.pid === pid) this.pid = null;
    });
    await plugIn(this.#plan, this.planned, pid);
    writeFileSync(join(FENCE_FOLDER, `${this.host}.on`), '');
    child.stdin?.end('go\n');
  }

  async #awaitInit(unshare: number, ended: () => boolean): Promise<number> {
    while (!ended()) {
      const children = existsSync(`/proc/${unshare}`)
        ? readFileSync(`/proc/${unshare}/task/${unshare}/children`, 'utf8').trim()
        : '';
      if (children !== '') return Number(children.split(' ')[0]);
      await sleep(5);
    }
    throw this.#stillborn();
  }

  #stillborn(): Error {
    const said = read(join(nodeFolder(this.planned.name), 'console'))
      .trim()
      .split('\n')
      .at(-1);
    return new Error(`${this.host} did not come up: ${said || 'no word from it'}`);
  }

  /** Pulls its plug. */
  async powerOff(): Promise<void> {
    const pid = this.pid;
    rmSync(join(FENCE_FOLDER, `${this.host}.on`), { force: true });
    if (pid === null) return;
    this.pid = null;
    killProcess(pid);
    while (existsSync(`/proc/${pid}`)) await sleep(2);
  }

  /** Runs a program on it. */
  run(program: string, words: string[], timeout?: number): Promise<Said> {
    if (this.pid === null) return Promise.resolve({ code: 127, out: '', err: 'the node is off' });
    const enter = ['-t', String(this.pid), '-m', '-u', '-i', '-n', '-p', '--'];
    return run('nsenter', [...enter, program, ...words], timeout);
  }

  /** Kills at once what runs that program there, or has it among its words; how many that were. */
  kill(program: string): number {
    const own = link(`/proc/${this.pid}/ns/pid`);
    let killed = 0;
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      if (own === null || link(`/proc/${pid}/ns/pid`) !== own) continue;
      const words = read(`/proc/${pid}/cmdline`).split('\0');
      const runs = basename(link(`/proc/${pid}/exe`) ?? '') === program;
      if (!runs && !words.some((word) => basename(word) === program)) continue;
      if (killProcess(Number(pid))) killed++;
    }
    return killed;
  }
}

function killProcess(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false; // It has ended by itself.
  }
}

function link(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
