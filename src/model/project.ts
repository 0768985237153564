import type { RefChoice } from './history.js';

/** One component of a study, as health.yaml describes it. */
export interface Project {
  /** A file name too: letters, digits, dot, dash, underscore. */
  name: string;
  /** http(s)://, ssh://, git://, user@host:path, file:// or a path; that is absolute, from the configuration's folder. */
  url: string;
  refs: RefChoice;
  layer: string | null;
  tags: string[];
  /** Name of the study's project that carries on where this one ends. */
  succeededBy?: string;
}

export interface Study {
  name: string;
  projects: Project[];
  /** Id of the published study (data/studies) whose figures the report is held against. */
  replicates: string | null;
  /** The user's identity file, an absolute path; absent: there is none. */
  identities?: string;
  /** True for histories this tool made up (`health demo`): everything shown from them says so. */
  replica: boolean;
}
