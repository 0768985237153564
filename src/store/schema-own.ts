/** What the store keeps beside CVSAnalY's tables; every name starts with `health_`. Lists are JSON text. */
export interface OwnTables {
  /** One row a repository: what it is, and by which rules its rows were made. */
  health_projects: {
    repository_id: number;
    name: string;
    url: string;
    layer: string | null;
    tags: string;
    /** A RefChoice as JSON. */
    refs: string;
    /** 1: files and actions were read. */
    actions: number;
    /** 1: actions tell renames and copies. Null in rows of versions that could not. */
    renames: number | null;
    /** 1: lines are counted, and go on being counted. */
    lines: number | null;
    /** 1: `health_differences` is complete. Null in rows of versions that did not count. */
    differences: number | null;
    compat: string;
    flags: string;
    /** Full name of the default branch's ref. */
    head: string | null;
    /** UTC. */
    collected_at: string;
    tool_version: string;
    /** Name of the project that carries on where this one ends. */
    succeeded_by: string | null;
  };
  /** Where the refs stood at the last collect. */
  health_refs: {
    repository_id: number;
    name: string;
    kind: string;
    oid: string;
    commit_id: number;
    is_default: number;
  };
  /**
   * What happened to a project's refs between two collects that followed each other. `before` and `after` are commits;
   * for a default branch full names of refs, for a choice of refs its JSON, for a repository's place its URL. One of them
   * is null where there was or is none.
   */
  health_ref_moves: {
    repository_id: number;
    /** The ends of the collect before and of the one that saw it, UTC. */
    since: string;
    seen_at: string;
    /** In full: `refs/heads/main`; `HEAD` for the default branch, empty for the choice and the place. */
    name: string;
    /** branch, remote, tag, head, choice or url */
    kind: string;
    /**
     * created, deleted, forwarded (what it held is below it still), forced (it is not), changed (a tag, the choice, the
     * place), renamed (the default branch, by its old name no more) or switched (to another branch).
     */
    movement: string;
    before: string | null;
    after: string | null;
  };
  /** Every collect that ended, the failed ones too. */
  health_collects: {
    id: number;
    project: string;
    ended_at: string;
    tool_version: string;
    /** done or failed */
    status: string;
    /** new, appended, rebuilt or unchanged; null for a failed one. */
    mode: string | null;
    compat: string | null;
    commits: number;
    actions: number;
    people: number;
    rows: number;
    /** Commits the store had and the repository has no more: rewritten history, deleted branches. */
    vanished: number;
    /** Commits whose actions are incomplete, and the first thing that could not be read. */
    lost: number;
    loss: string | null;
    error_code: string | null;
    error_message: string | null;
  };
  /**
   * Commits that were collected once and that the repository has no more: rewritten history, deleted branches. Whoever
   * they were by, as the commit said it.
   */
  health_vanished: {
    repository_id: number;
    rev: string;
    committer_name: string;
    committer_email: string;
    author_name: string;
    author_email: string;
    /** As in scmlog. */
    date: string;
    date_tz: number;
    author_date: string;
    author_date_tz: number;
    /** The message's first line. */
    subject: string;
    /** Where its actions were; null when it had none. */
    branch: string | null;
    /** The ends of the first and of the last collect that found it, UTC. */
    first_seen: string;
    last_seen: string;
  };
  /** When a commit was collected first, UTC; one without a row was there at the project's first collect. */
  health_seen: { commit_id: number; since: string };
  /** Which file each path of a branch meant after the last commit loaded: where the next collect goes on from. */
  health_paths: {
    repository_id: number;
    branch_id: number;
    path: string;
    file_id: number;
    /** live, moved or deleted */
    state: string;
    /** For a moved path: the path it had before. */
    moved_from: string | null;
  };
  /**
   * Paths of actions whose file does not tell them: those of renames and copies, and those on files that were renamed.
   * For any other action it is the path of the file's first link.
   */
  health_action_paths: { action_id: number; path: string; copied_from: string | null };
  /**
   * Lines an action added and removed; only where lines are counted, and not of merges. Null where the file is binary
   * (`binary` is 1) or could not be read (0).
   */
  health_action_lines: { action_id: number; added: number | null; removed: number | null; binary: number };
  /** Rows that `--compat strict` and the default have otherwise, by commit and fault (see model/fault); both count them. */
  health_differences: { commit_id: number; fault: string; rows: number };
  /** The repository's `.mailmap` at the tip of its default branch, with its blob's id. No row: it has none. */
  health_mailmaps: { repository_id: number; oid: string; text: string };
  /** Runs of `health evaluate` that are kept, as model/evaluation has them; lists are JSON. */
  health_runs: {
    id: number;
    study: string;
    day: string;
    as_of_given: number;
    ended_at: string;
    seal: string;
    /** From the store's folder. */
    file: string;
    /** pending (its file may not be whole) or done */
    status: string;
    figures: string;
    scores: string;
    events: string;
  };
  /** Alarms, as model/alarm has them; evidence is JSON. */
  health_alarms: {
    id: number;
    study: string;
    rule: string;
    kind: string;
    project: string;
    subject: string;
    text: string;
    evidence: string;
    /** open, acknowledged or closed */
    state: string;
    first_seen: string;
    last_seen: string;
    acknowledged_at: string | null;
    note: string | null;
    closed: string | null;
    /** What somebody was told of it: nothing, opened or closed. */
    told: string;
  };
  /** One row: the key that pseudonyms are made with, so that they stay the same for this store. Hexadecimal. */
  health_salt: { salt: string };
}

const text = 'text';
const integer = 'integer';

export const ownColumns = {
  health_projects: {
    repository_id: integer,
    name: text,
    url: text,
    layer: text,
    tags: text,
    refs: text,
    actions: integer,
    renames: integer,
    lines: integer,
    differences: integer,
    compat: text,
    flags: text,
    head: text,
    collected_at: text,
    tool_version: text,
    succeeded_by: text,
  },
  health_refs: {
    repository_id: integer,
    name: text,
    kind: text,
    oid: text,
    commit_id: integer,
    is_default: integer,
  },
  health_ref_moves: {
    repository_id: integer,
    since: text,
    seen_at: text,
    name: text,
    kind: text,
    movement: text,
    before: text,
    after: text,
  },
  health_collects: {
    id: integer,
    project: text,
    ended_at: text,
    tool_version: text,
    status: text,
    mode: text,
    compat: text,
    commits: integer,
    actions: integer,
    people: integer,
    rows: integer,
    vanished: integer,
    lost: integer,
    loss: text,
    error_code: text,
    error_message: text,
  },
  health_vanished: {
    repository_id: integer,
    rev: text,
    committer_name: text,
    committer_email: text,
    author_name: text,
    author_email: text,
    date: text,
    date_tz: integer,
    author_date: text,
    author_date_tz: integer,
    subject: text,
    branch: text,
    first_seen: text,
    last_seen: text,
  },
  health_seen: { commit_id: integer, since: text },
  health_paths: {
    repository_id: integer,
    branch_id: integer,
    path: text,
    file_id: integer,
    state: text,
    moved_from: text,
  },
  health_action_paths: { action_id: integer, path: text, copied_from: text },
  health_action_lines: { action_id: integer, added: integer, removed: integer, binary: integer },
  health_differences: { commit_id: integer, fault: text, rows: integer },
  health_mailmaps: { repository_id: integer, oid: text, text },
  health_runs: {
    id: integer,
    study: text,
    day: text,
    as_of_given: integer,
    ended_at: text,
    seal: text,
    file: text,
    status: text,
    figures: text,
    scores: text,
    events: text,
  },
  health_alarms: {
    id: integer,
    study: text,
    rule: text,
    kind: text,
    project: text,
    subject: text,
    text,
    evidence: text,
    state: text,
    first_seen: text,
    last_seen: text,
    acknowledged_at: text,
    note: text,
    closed: text,
    told: text,
  },
  health_salt: { salt: text },
} as const satisfies Record<keyof OwnTables, Record<string, 'text' | 'integer'>>;

/** The column that is the table's integer primary key. */
export const ownKeys: Partial<Record<keyof OwnTables, string>> = {
  health_projects: 'repository_id',
  health_collects: 'id',
  health_seen: 'commit_id',
  health_action_paths: 'action_id',
  health_action_lines: 'action_id',
  health_mailmaps: 'repository_id',
  health_runs: 'id',
  health_alarms: 'id',
};
