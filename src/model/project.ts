import type { RefChoice } from './history.js';

/** One component of a study, as health.yaml describes it. */
export interface Project {
  /** A file name too: letters, digits, dot, dash, underscore. */
  name: string;
  /** http(s)://, file:// or a path, the latter made absolute against the configuration's folder. */
  url: string;
  refs: RefChoice;
  layer: string | null;
  tags: string[];
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
