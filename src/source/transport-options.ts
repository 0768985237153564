import type { Progress } from '../model/progress.js';

export interface ObtainOptions {
  /** Folder of the clones that this tool keeps: `CLONES/NAME.git`. Projects on this machine don't use it. */
  clones: string;
  signal?: AbortSignal | undefined;
  progress?: Progress | undefined;
  /** Milliseconds a connection may stay silent before it counts as dead; a minute unless told. */
  idleTimeout?: number | undefined;
  /** Where tokens and proxies are looked for, and what git is run with; the process's own unless told. */
  environment?: Readonly<Record<string, string | undefined>> | undefined;
}

export const TALK_TIMEOUT = 60_000;
