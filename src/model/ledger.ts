/** A ref that was rewritten or went away, a default branch that changed, and the like. */
export interface LedgerEvent {
  /**
   * forced: a branch no longer holds the commit it stood at. deleted: a branch or tag is gone. retagged: a tag names another
   * commit. default-renamed: the default branch has another name, and its old one is gone. default-switched: another
   * branch is the default one. refs-chosen: the study asks for other refs. moved: the repository is somewhere else.
   */
  kind: 'forced' | 'deleted' | 'retagged' | 'default-renamed' | 'default-switched' | 'refs-chosen' | 'moved';
  /** In full, `refs/heads/main`; null where it is not about one ref. */
  ref: string | null;
  /** Commits; for a default branch full names of refs, for `refs-chosen` their choice as JSON, for `moved` URLs. */
  before: string | null;
  after: string | null;
  /** The ends of the collect before and of the one that saw it, UTC, `YYYY-MM-DD HH:MM:SS`. */
  since: string;
  seenAt: string;
}

/** Commits that went away together from one branch. */
export interface VanishedGroup {
  /** Where their changes were; null: they had none. */
  branch: string | null;
  commits: number;
  /** Days of the oldest and of the newest, `YYYY-MM-DD`. */
  from: string;
  until: string;
  /** The ends of the first and of the last collect that saw them, UTC. */
  firstSeen: string;
  lastSeen: string;
}

/** What is known of how one project's history itself changed, up to the collect a result goes by. */
export interface ProjectLedger {
  project: string;
  /** Collects that ended well: the first and the last, UTC, and how many. */
  collects: { first: string; last: string; count: number };
  /** The newest first. */
  events: LedgerEvent[];
  /** How many older events are left out here. */
  olderEvents: number;
  /** Commits that the store knew and the repository has no more, in all and by branch, those seen last first. */
  vanished: number;
  vanishedGroups: VanishedGroup[];
}

/** A project and the one that carries on where it ends. */
export interface Succession {
  from: string;
  to: string;
  /** Commits that both hold. */
  shared: number;
  /**
   * The seam: the day of the successor's first commit that its predecessor lacks, and the day of the predecessor's last
   * commit that its successor lacks, by the committers' own clocks; null: there is none. Before `begins` the predecessor
   * speaks, after `ends` the successor, and between them both.
   */
  begins: string | null;
  ends: string | null;
  /** Commits a month in either, each counted once: `YYYY-MM`, those of both or of the predecessor alone, of the successor alone. */
  months: [month: string, before: number, after: number][];
}
