/** A release that a tag names. */
export interface Release {
  tag: string;
  /** The tag's numbers, and the name of a pre-release: `1.1.10-rc3`. */
  version: string;
  /** Of the tagged commit: YYYY-MM-DD. */
  date: string;
}

/** How far one release is behind a later one. */
export interface Distance {
  to: Release;
  /** Versions above the one used that are no pre-releases, up to `to`. */
  releases: number;
  /** Commits that `to` holds and the release used does not, merges among them. */
  commits: number;
  /** Between the two tagged commits; less than zero where the higher version is the older one. */
  days: number;
}

/** The line of releases that a deployed version belongs to. */
export interface Series {
  /** What its versions begin with: `1.4` of 1.4.5, `3` of 3.1; empty: all versions there are. */
  name: string;
  /** Short name of its branch; null: none is known that holds its last release and no later series. */
  branch: string | null;
  behind: Distance;
  /** Releases in the 12 months up to the day, pre-releases apart. */
  recentReleases: number;
  /** Commits on its branch in those months; null where no branch is known. */
  recentCommits: number | null;
  /** Commits of the branch that the release used does not hold: what a release made today would bring. */
  commitsAhead: number | null;
  /**
   * releases: fixes reach users; commits: they only reach the branch; none: neither in 12 months. Null: no release in 12
   * months, and no branch is known.
   */
  fixes: 'releases' | 'commits' | 'none' | null;
}

/** Who carries on where a project ends, as the study says it. */
export interface Successor {
  project: string;
  /** Null: it has no release, or was not collected. */
  newest: Release | null;
}

/** What a version that is deployed is to the history it comes from. */
export interface VersionStanding {
  used: Release;
  series: Series;
  /** To the highest version of all that is no pre-release; its own, where none is higher. */
  newest: Distance;
  /** Days to the newest in years of 365.25 days; 0 where that is not the younger one. */
  libyears: number;
}

/** A component of the stack, and how old it is. */
export interface DeployedComponent {
  layer: string;
  /** As the stack calls it. */
  component: string;
  /** As the stack has it; null: not said. */
  version: string | null;
  /** The project that stands for it; null: none of the collected ones does. */
  project: string | null;
  /** Null: unknown; `reason` says why. */
  standing: VersionStanding | null;
  /** One line; null where `standing` is there. */
  reason: string | null;
  successor: Successor | null;
}

/** All that is deployed, on one day. */
export interface Deployment {
  /** YYYY-MM-DD: nothing later counts. */
  day: string;
  components: DeployedComponent[];
  /** Of the components it is known of, a project with its version once; null: of none. */
  libyears: number | null;
  /** Components of which nothing is known. */
  unknown: number;
}
