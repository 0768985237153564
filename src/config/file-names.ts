/** The file that is looked for in the working folder, and that `health init` writes. */
export const STUDY_FILE = 'health.yaml';

/** Files that are looked for beside it. */
export const IDENTITIES_FILE = 'identities.yaml';
export const SELECTION_FILE = 'selection.yaml';
