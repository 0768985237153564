/** The known faults of CVSAnalY's: right by default, reproduced with `--compat strict`. */
const FAULTS = {
  zone: {
    title: 'Time zones that are not whole hours',
    rows: 'commits',
    text: 'CVSAnalY takes the digits of a zone for a number: +0530 becomes 530 \u00d7 36 = 19,080 seconds, not 19,800. The local times themselves are right.',
  },
  author: {
    title: 'Authors with the committer\u2019s name but another address',
    rows: 'commits',
    text: 'CVSAnalY gives such an author the committer\u2019s row of people, so the author\u2019s own address is lost.',
  },
  tag: {
    title: 'Several tags on one commit',
    rows: 'tags',
    text: 'CVSAnalY keeps the first tag that git prints beside a commit, and drops the others.',
  },
  action: {
    title: 'Changes with letters CVSAnalY does not know',
    rows: 'actions',
    text: 'A file that became a link or back (git\u2019s T), and in merges files that were renamed or copied against one parent (MR, RM, MC, CM): CVSAnalY loses these actions. Here they are modifications.',
  },
  message: {
    title: 'Lines of changes that end up in messages',
    rows: 'commits',
    text: 'The lines of such changes, and of all that CVSAnalY does not recognise, become part of the commit\u2019s message.',
  },
  prefix: {
    title: 'Paths that merely begin like a renamed one',
    rows: 'look-ups',
    text: 'CVSAnalY takes lib.c.orig for something below a renamed lib.c, and may find the wrong file. Counted are look-ups with another result; what then follows from one is not.',
  },
  path: {
    title: 'Paths that git quotes, and blanks in renames',
    rows: 'actions',
    text: 'CVSAnalY keeps the quotes and escapes that git prints around letters beyond ASCII, and cuts renames at blanks. Here paths are whole, with --compat strict too.',
  },
} as const satisfies Record<string, { title: string; rows: string; text: string }>;

export type Fault = keyof typeof FAULTS;

export interface FaultText {
  fault: Fault;
  title: string;
  /** What is counted. */
  rows: string;
  text: string;
}

/** All of them, in the order they are told in. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its keys are the faults
export const FAULT_TEXTS: FaultText[] = (Object.keys(FAULTS) as Fault[]).map((fault) => ({ fault, ...FAULTS[fault] }));

/** How far one fault reaches in a project's history. */
export interface Difference {
  fault: Fault;
  /** What is counted: see the fault's `rows`. */
  rows: number;
  /** How many commits these belong to. */
  commits: number;
}
