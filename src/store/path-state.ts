import type { Cell } from './row-writer.js';

export type PathKind = 'live' | 'moved' | 'deleted';

interface MovedPath {
  file: number;
  from: string;
  /** Place among the moved paths: the first to be moved comes first. */
  order: number;
}

/** Which file each path of one branch means, at the point history has been read to. */
export class PathState {
  readonly #live = new Map<string, number>();
  readonly #moved = new Map<string, MovedPath>();
  readonly #deleted = new Map<string, number>();
  readonly #strict: boolean;
  /** Look-ups that would have had another result with `strict` the other way round. */
  differing = 0;

  constructor(strict: boolean) {
    this.#strict = strict;
  }

  /** Live paths first, then moved ones, then deleted ones. */
  find(path: string): number | undefined {
    return this.#live.get(path) ?? this.#movedFile(path) ?? this.#deleted.get(path);
  }

  add(path: string, file: number): void {
    this.#live.set(path, file);
  }

  move(from: string, to: string, file: number): void {
    this.#move(to, file, from);
  }

  #move(to: string, file: number, from: string): void {
    this.#moved.set(to, { file, from, order: this.#moved.get(to)?.order ?? this.#moved.size });
  }

  delete(path: string, file: number): void {
    this.#live.delete(path);
    this.#deleted.set(path, file);
  }

  /** A path itself moved here, or one below a path that moved, under its name from before. */
  #movedFile(path: string): number | undefined {
    if (this.#moved.size === 0) return undefined;
    const exact = this.#moved.get(path);
    if (exact) return exact.file;
    const above = this.#movedAbove(path);
    const prefix = this.#movedPrefix(path);
    const deleted = this.#deleted.get(path);
    if ((above ?? deleted) !== (prefix ?? deleted)) this.differing += 1;
    return this.#strict ? prefix : above;
  }

  /** CVSAnalY compares plain prefixes, in the order of the moves: `lib.c.orig` counts as below `lib.c`. */
  #movedPrefix(path: string): number | undefined {
    let found: number | undefined;
    let order = Infinity;
    for (let cut = path.length - 1; cut > 0; cut -= 1) {
      const moved = this.#moved.get(path.slice(0, cut));
      if (moved === undefined || moved.order > order) continue;
      const file = this.#live.get(moved.from + path.slice(cut));
      if (file === undefined) continue;
      found = file;
      order = moved.order;
    }
    return found;
  }

  #movedAbove(path: string): number | undefined {
    for (let cut = path.lastIndexOf('/'); cut > 0; cut = path.lastIndexOf('/', cut - 1)) {
      const moved = this.#moved.get(path.slice(0, cut));
      const file = moved && this.#live.get(moved.from + path.slice(cut));
      if (file !== undefined) return file;
    }
    return undefined;
  }

  /** As columns path, file_id, state, moved_from. */
  *rows(): Generator<[path: string, file: number, kind: PathKind, from: string | null]> {
    for (const [path, file] of this.#live) yield [path, file, 'live', null];
    for (const [path, { file, from }] of this.#moved) yield [path, file, 'moved', from];
    for (const [path, file] of this.#deleted) yield [path, file, 'deleted', null];
  }

  restore(path: string, file: number, kind: PathKind, from: Cell): void {
    if (kind === 'live') this.#live.set(path, file);
    else if (kind === 'deleted') this.#deleted.set(path, file);
    else this.#move(path, file, String(from));
  }
}
