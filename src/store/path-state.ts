export type PathKind = 'live' | 'moved' | 'deleted';

/** Looks up a path's entry as the last collect left it. */
export type PathLookup = (kind: PathKind, path: string) => PathEntry | undefined;

export interface PathEntry {
  file: number;
  /** Of a moved path: the one it had before. */
  from: string | null;
  /** Place among the moved paths: the first to be moved comes first. */
  order: number;
}

/** The paths of one kind; null: none, which is worth knowing where it was looked up or must be written. */
class Paths {
  readonly #entries = new Map<string, PathEntry | null>();
  /** Those that differ from what is stored; null where nothing is. */
  readonly #changed: Set<string> | null;
  readonly #lookup: ((path: string) => PathEntry | undefined) | null;

  constructor(kind: PathKind, stored: PathLookup | null) {
    this.#lookup = stored && ((path) => stored(kind, path));
    this.#changed = stored && new Set();
  }

  get(path: string): PathEntry | undefined {
    let entry = this.#entries.get(path);
    if (entry === undefined && this.#lookup !== null) {
      entry = this.#lookup(path) ?? null;
      this.#entries.set(path, entry);
    }
    return entry ?? undefined;
  }

  /** False: surely none. */
  get any(): boolean {
    return this.#entries.size > 0 || this.#lookup !== null;
  }

  set(path: string, entry: PathEntry): void {
    this.#entries.set(path, entry);
    this.#changed?.add(path);
  }

  delete(path: string): void {
    if (this.#changed === null) {
      this.#entries.delete(path);
      return;
    }
    this.#entries.set(path, null);
    this.#changed.add(path);
  }

  /** In the order of their being set first, which for moved paths is that of `order`. */
  *changes(): Generator<[path: string, entry: PathEntry | null]> {
    if (this.#changed === null) yield* this.#entries;
    else for (const path of this.#changed) yield [path, this.#entries.get(path) ?? null];
  }
}

/** Which file each path of one branch means, at the point history has been read to. */
export class PathState {
  readonly #live: Paths;
  readonly #moved: Paths;
  readonly #deleted: Paths;
  readonly #strict: boolean;
  /** Past all that is stored. */
  #order = 2 ** 52;
  /** Look-ups that would have had another result with `strict` the other way round. */
  differing = 0;

  /** `stored`: where the last collect ended; null: at the beginning. */
  constructor(strict: boolean, stored: PathLookup | null = null) {
    this.#strict = strict;
    this.#live = new Paths('live', stored);
    this.#moved = new Paths('moved', stored);
    this.#deleted = new Paths('deleted', stored);
  }

  /** Live paths first, then moved ones, then deleted ones. */
  find(path: string): number | undefined {
    return this.#live.get(path)?.file ?? this.#movedFile(path) ?? this.#deleted.get(path)?.file;
  }

  add(path: string, file: number): void {
    this.#live.set(path, { file, from: null, order: 0 });
  }

  move(from: string, to: string, file: number): void {
    this.#moved.set(to, { file, from, order: this.#moved.get(to)?.order ?? (this.#order += 1) });
  }

  delete(path: string, file: number): void {
    this.#live.delete(path);
    this.#deleted.set(path, { file, from: null, order: 0 });
  }

  /** A path itself moved here, or one below a path that moved, under its name from before. */
  #movedFile(path: string): number | undefined {
    if (!this.#moved.any) return undefined;
    const exact = this.#moved.get(path);
    if (exact) return exact.file;
    const above = this.#movedAbove(path);
    const prefix = this.#movedPrefix(path);
    const deleted = this.#deleted.get(path)?.file;
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
      const file = this.#live.get(`${moved.from}${path.slice(cut)}`)?.file;
      if (file === undefined) continue;
      found = file;
      order = moved.order;
    }
    return found;
  }

  #movedAbove(path: string): number | undefined {
    for (let cut = path.lastIndexOf('/'); cut > 0; cut = path.lastIndexOf('/', cut - 1)) {
      const moved = this.#moved.get(path.slice(0, cut));
      const file = moved && this.#live.get(`${moved.from}${path.slice(cut)}`)?.file;
      if (file !== undefined) return file;
    }
    return undefined;
  }

  /** What is to be stored, for what is stored already only the differences: as columns state, path, file_id, moved_from. */
  *changes(): Generator<[kind: PathKind, path: string, file: number | null, from: string | null]> {
    for (const [kind, paths] of [
      ['live', this.#live],
      ['moved', this.#moved],
      ['deleted', this.#deleted],
    ] as const) {
      for (const [path, entry] of paths.changes()) yield [kind, path, entry?.file ?? null, entry?.from ?? null];
    }
  }
}
