import type Database from 'better-sqlite3';
import type { ActionRecord, LineCount } from '../model/record.js';
import { actionType } from './action-types.js';
import { DifferenceRows } from './difference-rows.js';
import { statements } from './dialect.js';
import { BranchFiles, type FileSink } from './file-rows.js';
import { IdCounter } from './id-counter.js';
import type { PathKind } from './path-state.js';
import { RowWriter } from './row-writer.js';
import { SharedNames } from './shared-names.js';

const PATH_COLUMNS = ['repository_id', 'branch_id', 'path', 'file_id', 'state', 'moved_from'] as const;

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
  /** Files of more than one path. */
  readonly #moved = new Set<number>();

  constructor(db: Database.Database, repository: number, strict: boolean) {
    this.#db = db;
    this.#repository = repository;
    this.#strict = strict;
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
      const file = this.#branch(branchId).file(type, record, commit, action);
      this.#actions.push(action, type, file, commit, branchId);
      if (type === 'V') this.#moved.add(file);
      if (type === 'C' || this.#moved.has(file)) this.#paths.push(action, record.path, record.from ?? null);
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

  #branch(id: number): BranchFiles {
    let files = this.#files.get(id);
    if (!files) {
      files = new BranchFiles(this.#sink, this.#strict);
      this.#files.set(id, files);
    }
    return files;
  }

  /** Takes up the paths where the last collect left them. */
  restore(): void {
    const { sql } = statements
      .selectFrom('health_paths')
      .select(['branch_id', 'path', 'file_id', 'state', 'moved_from'])
      .where('repository_id', '=', 0)
      .compile();
    type Row = [branch: number, path: string, file: number, state: PathKind, from: string | null];
    const rows = this.#db.prepare<[number], Row>(sql).raw().iterate(this.#repository);
    for (const [branch, path, file, state, from] of rows) {
      this.#branch(branch).paths.restore(path, file, state, from);
      if (state === 'moved') this.#moved.add(file);
    }
  }

  /** Leaves the paths for the next collect. */
  save(): RowWriter {
    const { sql } = statements.deleteFrom('health_paths').where('repository_id', '=', 0).compile();
    this.#db.prepare<[number]>(sql).run(this.#repository);
    const writer = new RowWriter(this.#db, 'health_paths', PATH_COLUMNS);
    for (const [branch, files] of this.#files) {
      for (const [path, file, state, from] of files.paths.rows()) {
        writer.push(this.#repository, branch, path, file, state, from);
      }
    }
    return writer;
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
