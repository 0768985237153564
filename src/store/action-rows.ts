import type Database from 'better-sqlite3';
import type { ActionRecord, LineCount } from '../model/record.js';
import { actionType } from './action-types.js';
import { DifferenceRows } from './difference-rows.js';
import { BranchFiles, type FileSink } from './file-rows.js';
import { IdCounter } from './id-counter.js';
import { RowWriter } from './row-writer.js';
import { SharedNames } from './shared-names.js';
import { StoredPaths } from './stored-paths.js';

const PATH_COLUMNS = ['repository_id', 'branch_id', 'state', 'path', 'file_id', 'moved_from'] as const;

/** Writes actions, branches, files, file_links and file_copies, and keeps what each branch's paths mean. */
export class ActionRows {
  readonly writers: RowWriter[];
  readonly #db: Database.Database;
  readonly #repository: number;
  readonly #strict: boolean;
  readonly #branches: SharedNames;
  readonly #files = new Map<number, BranchFiles>();
  readonly #actions: RowWriter;
  readonly #actionIds: IdCounter;
  readonly #paths: RowWriter;
  readonly #lines: RowWriter;
  readonly #differences: DifferenceRows;
  readonly #sink: FileSink;
  /** Where the last collect ended; null: at the beginning. */
  readonly #stored: StoredPaths | null;
  /** Files that got another path here. */
  readonly #moved = new Set<number>();

  /** `goesOn`: the actions to come are written after those that are there. */
  constructor(db: Database.Database, repository: number, strict: boolean, goesOn: boolean) {
    this.#db = db;
    this.#repository = repository;
    this.#strict = strict;
    this.#stored = goesOn ? new StoredPaths(db, repository) : null;
    this.#branches = new SharedNames(db, 'branches');
    this.#actions = new RowWriter(db, 'actions', ['id', 'type', 'file_id', 'commit_id', 'branch_id']);
    this.#actionIds = new IdCounter(db, 'actions');
    const sink = fileSink(db, repository);
    this.#sink = sink;
    this.#paths = new RowWriter(db, 'health_action_paths', ['action_id', 'path', 'copied_from']);
    this.#lines = new RowWriter(db, 'health_action_lines', ['action_id', 'added', 'removed', 'binary']);
    this.#differences = new DifferenceRows(db);
    this.writers = [
      this.#branches.writer,
      this.#actions,
      this.#paths,
      this.#lines,
      this.#differences.writer,
      ...sink.writers,
    ];
  }

  get written(): number {
    return this.#actions.written;
  }

  write(commit: number, branch: string, records: readonly ActionRecord[]): void {
    for (const record of records) {
      const type = actionType(record, this.#strict);
      if (type === null) continue;
      const branchId = this.#branches.id(branch);
      const action = this.#actionIds.next();
      const files = this.#files.get(branchId) ?? this.#meet(branchId);
      const file = files.file(type, record, commit, action);
      this.#actions.push(action, type, file, commit, branchId);
      if (type === 'V') this.#moved.add(file);
      if (type === 'C' || this.#isMoved(file)) this.#paths.push(action, record.path, record.from ?? null);
      if (record.lines !== undefined) this.#writeLines(action, record.lines);
    }
    const paths = this.#files.get(this.#branches.find(branch) ?? -1)?.paths;
    if (paths === undefined || paths.differing === 0) return;
    this.#differences.note(commit, 'prefix', paths.differing);
    paths.differing = 0;
  }

  #writeLines(action: number, lines: LineCount): void {
    const counted = lines === null || lines === 'binary' ? null : lines;
    this.#lines.push(action, counted?.[0] ?? null, counted?.[1] ?? null, lines === 'binary' ? 1 : 0);
  }

  /** Sets up what a branch's paths mean, met for the first time. */
  #meet(id: number): BranchFiles {
    const stored = this.#stored;
    const files = new BranchFiles(this.#sink, this.#strict, stored && ((kind, path) => stored.find(id, kind, path)));
    this.#files.set(id, files);
    return files;
  }

  /** Whether a file has more than one path. */
  #isMoved(file: number): boolean {
    return this.#moved.has(file) || (this.#stored?.isMoved(file) ?? false);
  }

  /** Leaves the paths for the next collect. */
  save(): void {
    const writer = new RowWriter(this.#db, 'health_paths', PATH_COLUMNS);
    for (const [branch, files] of this.#files) {
      for (const [kind, path, file, from] of files.paths.changes()) {
        if (this.#stored) this.#stored.write(branch, kind, path, file, from);
        else writer.push(this.#repository, branch, kind, path, file, from);
      }
    }
    writer.flush();
  }
}

function fileSink(db: Database.Database, repository: number): FileSink & { writers: RowWriter[] } {
  const files = new RowWriter(db, 'files', ['id', 'file_name', 'repository_id']);
  const links = new RowWriter(db, 'file_links', ['id', 'parent_id', 'file_id', 'commit_id', 'file_path']);
  const copies = new RowWriter(db, 'file_copies', [
    'id',
    'to_id',
    'from_id',
    'from_commit_id',
    'new_file_name',
    'action_id',
  ]);
  const fileIds = new IdCounter(db, 'files');
  const linkIds = new IdCounter(db, 'file_links');
  const copyIds = new IdCounter(db, 'file_copies');
  return {
    writers: [files, links, copies],
    file(name) {
      const id = fileIds.next();
      files.push(id, name, repository);
      return id;
    },
    link(parent, file, commit, path) {
      links.push(linkIds.next(), parent, file, commit, path);
    },
    copy(to, from, commit, newName, action) {
      copies.push(copyIds.next(), to, from, commit, newName, action);
    },
  };
}
