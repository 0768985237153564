import type { OwnTables } from './schema-own.js';

/** CVSAnalY 2's tables, as its SQLite databases have them. Dates are text, `YYYY-MM-DD HH:MM:SS`, zones seconds. */
export interface CvsanalyTables {
  repositories: { id: number; uri: string | null; name: string | null; type: string | null };
  people: { id: number; name: string | null; email: string | null };
  scmlog: {
    id: number;
    rev: string;
    committer_id: number;
    author_id: number;
    date: string;
    date_tz: number;
    author_date: string;
    author_date_tz: number;
    message: string;
    composed_rev: number;
    repository_id: number;
  };
  actions: { id: number; type: string; file_id: number; commit_id: number; branch_id: number };
  file_copies: {
    id: number;
    to_id: number;
    from_id: number;
    from_commit_id: number;
    new_file_name: string | null;
    action_id: number;
  };
  branches: { id: number; name: string };
  tags: { id: number; name: string };
  files: { id: number; file_name: string; repository_id: number };
  file_links: { id: number; parent_id: number; file_id: number; commit_id: number; file_path: string };
  tag_revisions: { id: number; tag_id: number; commit_id: number };
  commit_graph: { commit_id: number; parent_id: number };
  /** Of the extension FileTypes: one row a file that is no folder. */
  file_types: { id: number; file_id: number; type: string };
  /** Of CommitsLOC: lines of a commit; only where they were asked for. Null: a content could not be read. */
  commits_lines: { id: number; commit_id: number; added: number | null; removed: number | null };
  /** Of Months and Weeks: every one from the store's first commit to its last. */
  months: { id: number; year: number; month: number; date: string };
  weeks: { id: number; year: number; week: number; date: string };
}

interface CvsanalyViews {
  action_files: { file_id: number; action_id: number; action_type: string; commit_id: number };
  actions_file_names: { id: number; type: string; file_id: number; new_file_name: string | null; commit_id: number };
}

export type StoreTables = CvsanalyTables & CvsanalyViews & OwnTables;

/** Column names and their declared types. All but commit_graph have an integer primary key `id` before these. */
export const cvsanalyColumns = {
  repositories: { uri: 'varchar', name: 'varchar', type: 'varchar' },
  people: { name: 'varchar', email: 'varchar' },
  scmlog: {
    rev: 'varchar',
    committer_id: 'integer',
    author_id: 'integer',
    date: 'datetime',
    date_tz: 'integer',
    author_date: 'datetime',
    author_date_tz: 'integer',
    message: 'varchar',
    composed_rev: 'bool',
    repository_id: 'integer',
  },
  actions: { type: 'varchar(1)', file_id: 'integer', commit_id: 'integer', branch_id: 'integer' },
  file_copies: {
    to_id: 'integer',
    from_id: 'integer',
    from_commit_id: 'integer',
    new_file_name: 'varchar',
    action_id: 'integer',
  },
  branches: { name: 'varchar' },
  tags: { name: 'varchar' },
  files: { file_name: 'varchar(255)', repository_id: 'integer' },
  file_links: { parent_id: 'integer', file_id: 'integer', commit_id: 'integer', file_path: 'varchar(4096)' },
  tag_revisions: { tag_id: 'integer', commit_id: 'integer' },
  commit_graph: { commit_id: 'integer', parent_id: 'integer' },
  file_types: { file_id: 'integer', type: 'varchar' },
  commits_lines: { commit_id: 'integer', added: 'integer', removed: 'integer' },
  months: { year: 'integer', month: 'integer', date: 'datetime' },
  weeks: { year: 'integer', week: 'integer', date: 'datetime' },
} as const satisfies Record<keyof CvsanalyTables, Record<string, string>>;

export const cvsanalyTables = Object.keys(cvsanalyColumns) as (keyof CvsanalyTables)[];
