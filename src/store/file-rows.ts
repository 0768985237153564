import type { ActionRecord } from '../model/record.js';
import type { ActionType } from './action-types.js';
import { PathState, type PathLookup } from './path-state.js';

/** CVSAnalY's parent of whatever lies at the top. */
const ROOT = -1;

/** Where new rows of files, links and copies go; `file` and `link` hand out ids. */
export interface FileSink {
  file(name: string): number;
  link(parent: number, file: number, commit: number, path: string): void;
  copy(to: number, from: number, commit: number, newName: string | null, action: number): void;
}

/**
 * The files, folders and links behind the actions of one branch. Each branch makes rows of its own for what it touches:
 * a file of CVSAnalY is a path's life on one branch.
 */
export class BranchFiles {
  readonly paths: PathState;
  readonly #sink: FileSink;

  /** `stored`: where the last collect ended; null: at the beginning. */
  constructor(sink: FileSink, strict: boolean, stored: PathLookup | null) {
    this.#sink = sink;
    this.paths = new PathState(strict, stored);
  }

  /** The file an action is about; makes the rows the action brings. `action` is the id its row will have. */
  file(type: ActionType, record: ActionRecord, commit: number, action: number): number {
    const { path, from } = record;
    if (type === 'A') return this.#create(path, commit);
    if (type === 'D') return this.#delete(path, commit);
    if (type === 'V' && from !== undefined) return this.#move(from, path, commit, action);
    if (type === 'C' && from !== undefined) return this.#copy(from, path, commit, action);
    return this.#find(path, commit);
  }

  #find(path: string, commit: number): number {
    const known = this.paths.find(path);
    return known ?? this.#create(path, commit);
  }

  #create(path: string, commit: number): number {
    const parent = this.#folder(path, commit);
    const file = this.#sink.file(baseName(path));
    this.#sink.link(parent, file, commit, path);
    this.paths.add(path, file);
    return file;
  }

  /** The folder a path lies in, made with those above it where this branch hasn't seen it. */
  #folder(path: string, commit: number): number {
    const cut = path.lastIndexOf('/');
    return cut <= 0 ? ROOT : this.#find(path.slice(0, cut), commit);
  }

  #delete(path: string, commit: number): number {
    const file = this.#find(path, commit);
    this.paths.delete(path, file);
    return file;
  }

  #move(from: string, to: string, commit: number, action: number): number {
    const file = this.#find(from, commit);
    const parent = this.#folder(to, commit);
    this.#sink.link(parent, file, commit, to);
    this.#sink.copy(file, file, commit, baseName(to), action);
    this.paths.move(from, to, file);
    return file;
  }

  #copy(from: string, to: string, commit: number, action: number): number {
    const source = this.#find(from, commit);
    const file = this.#create(to, commit);
    this.#sink.copy(file, source, commit, null, action);
    return file;
  }
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
