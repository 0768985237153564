import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where Debian and Red Hat keep what an administrator runs, whatever the caller's PATH. */
const FOLDERS = ['/usr/sbin', '/usr/bin', '/sbin', '/bin', '/usr/lib/drbd', '/usr/local/sbin', '/usr/local/bin'];
const LONGEST = 60_000;
const SAID_MOST = 40;

/** The path of a program; null where it isn't installed. */
export function findTool(name: string): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...FOLDERS].filter((folder) => folder !== '');
  for (const folder of folders) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not there; perhaps in the next.
    }
  }
  return null;
}

export interface ToolRun {
  code: number;
  /** What it printed, standard output before standard error; lines, not made safe for showing. */
  said: string[];
  /** Standard output, all of it. */
  out: string;
}

export interface ToolOptions {
  cwd?: string;
  env?: Record<string, string>;
  input?: string;
}

/** Runs a program to its end, in English, within a minute. */
export function runTool(path: string, args: readonly string[], options: ToolOptions = {}): ToolRun {
  const { env = {}, cwd, input = '' } = options;
  const ran = spawnSync(path, args, {
    cwd,
    input,
    encoding: 'utf8',
    timeout: LONGEST,
    killSignal: 'SIGKILL',
    env: { ...process.env, LC_ALL: 'C', ...env },
    maxBuffer: 16 << 20,
  });
  const said = [ran.stdout, ran.stderr]
    .join('\n')
    .split('\n')
    .filter((line) => line.trim() !== '');
  if (ran.error) said.push(ran.error.message);
  return { code: ran.status ?? 125, said: said.slice(0, SAID_MOST), out: ran.stdout };
}
