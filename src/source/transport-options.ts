import type { Progress } from '../model/progress.js';

export interface ObtainOptions {
  /** Folder of the clones that this tool keeps: `CLONES/NAME.git`. Only http(s) projects use it. */
  clones: string;
  signal?: AbortSignal | undefined;
  progress?: Progress | undefined;
  /** Milliseconds a connection may stay silent before it counts as dead; a minute unless told. */
  idleTimeout?: number | undefined;
  /** Where HEALTH_GIT_TOKEN and GITHUB_TOKEN are looked for; the process's own unless told. */
  environment?: Readonly<Record<string, string | undefined>> | undefined;
}
