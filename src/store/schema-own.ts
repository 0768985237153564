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
    compat: string;
    flags: string;
    /** Full name of the default branch's ref. */
    head: string | null;
    /** UTC. */
    collected_at: string;
    tool_version: string;
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
    error_code: string | null;
    error_message: string | null;
  };
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
    compat: text,
    flags: text,
    head: text,
    collected_at: text,
    tool_version: text,
  },
  health_refs: {
    repository_id: integer,
    name: text,
    kind: text,
    oid: text,
    commit_id: integer,
    is_default: integer,
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
    error_code: text,
    error_message: text,
  },
  health_paths: {
    repository_id: integer,
    branch_id: integer,
    path: text,
    file_id: integer,
    state: text,
    moved_from: text,
  },
  health_action_paths: { action_id: integer, path: text, copied_from: text },
} as const satisfies Record<keyof OwnTables, Record<string, 'text' | 'integer'>>;

/** The column that is the table's integer primary key. */
export const ownKeys: Partial<Record<keyof OwnTables, string>> = {
  health_projects: 'repository_id',
  health_collects: 'id',
  health_action_paths: 'action_id',
};
