import { execFile } from 'node:child_process';

/** Where root's tools are, whoever's environment this is. */
export const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
export const ENVIRONMENT = { PATH, LC_ALL: 'C' };

export interface Said {
  code: number;
  out: string;
  err: string;
}

/** Runs a program to its end, or for so many milliseconds; never throws. Code 127: it isn't there; 124: it took too long. */
export function run(program: string, words: string[], timeout = 20_000): Promise<Said> {
  return new Promise((resolve) => {
    execFile(
      program,
      words,
      { timeout, killSignal: 'SIGKILL', encoding: 'utf8', env: ENVIRONMENT },
      (error, out, err) => {
        let code = 0;
        if (error) code = typeof error.code === 'number' ? error.code : error.killed ? 124 : 127;
        resolve({ code, out, err });
      },
    );
  });
}

/** The same, where only success will do. */
export async function must(program: string, words: string[]): Promise<string> {
  const { code, out, err } = await run(program, words);
  if (code === 0) return out;
  throw new Error(`${program} ${words.join(' ')}: ${err.trim().split('\n')[0] || `exit ${code}`}`);
}

export const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
