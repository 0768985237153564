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

/** What is deployed in one layer. */
export interface Deployed {
  /** Id of the candidate in the catalogue. */
  component: string;
  /** As its makers write it; null: not told. */
  version: string | null;
}

export interface Study {
  name: string;
  projects: Project[];
  /** Id of the published study (data/studies) whose figures the report is held against. */
  replicates: string | null;
  /** The user's identity file, an absolute path; absent: there is none. */
  identities?: string;
  /** The file with needs, state, answers and weights (selection.yaml), an absolute path; absent: there is none. */
  selection?: string;
  /** What is deployed, by layer; absent: nothing was said. */
  stack?: Record<string, Deployed>;
  /** `rules:` of health.yaml as they are written, checked; absent: the default rules. */
  rules?: Record<string, 'off' | Record<string, unknown>>;
  /** True for histories this tool made up (`health demo`): everything shown from them says so. */
  replica: boolean;
}
