import { HealthError } from '../../model/error.js';
import type { ActionRecord, LineCount } from '../../model/record.js';
import type { Content } from '../objects/object-cache.js';
import type { ObjectDatabase } from '../objects/object-database.js';
import { ObjectType } from '../objects/object-type.js';
import type { FileChange } from '../trees/file-change.js';
import { oidText, type TreeEntry } from '../trees/tree-entry.js';
import { diffLines } from './line-diff.js';
import { countLines, giveBack, isBinary, type LineTable, readTable, readTableLike, type Span } from './line-table.js';

const KIND = 0o170000;
const SUBMODULE = 0o160000;
/** Bytes of line tables kept: a file's last version is what its next one is compared with. */
const BUDGET = 16 << 20;
/** What a table costs besides its numbers. */
const OVERHEAD = 256;

/**
 * Counts the lines a commit adds and removes: what `git log --numstat -M -C` of git 2.39 prints. Git attributes are not
 * looked at, as git itself does not in a bare repository: what has a NUL in its first 8,000 bytes is binary.
 */
export class LineCounter {
  readonly #objects: ObjectDatabase;
  readonly #tables = new Map<number, LineTable>();
  #bytes = 0;

  constructor(objects: ObjectDatabase) {
    this.#objects = objects;
  }

  /** Gives each record its lines. `records`: what was made of `changes`, in their order. */
  count(records: readonly ActionRecord[], changes: readonly FileChange[]): void {
    let next = 0;
    let sources: Map<string, TreeEntry> | undefined;
    for (const record of records) {
      while (changes[next].path !== record.path) next++;
      const { before, after } = changes[next++];
      let source = before;
      if (record.from !== undefined) {
        sources ??= sourcesOf(changes);
        source = sources.get(record.from) ?? null;
      }
      record.lines = this.#compare(source, after);
    }
  }

  /** As a plain `git log --shortstat` counts a commit. `renames`: for renamed paths, where they come from. */
  sum(changes: readonly FileChange[], renames: ReadonlyMap<FileChange, FileChange>): LineSum {
    const gone = new Set(renames.values());
    const left = changes.filter((change) => !gone.has(change));
    return sumLines(left.map((change) => this.#compare((renames.get(change) ?? change).before, change.after)));
  }

  /** Null where a content can't be read, and somebody was told. */
  #compare(before: TreeEntry | null, after: TreeEntry | null): LineCount {
    try {
      if (isSubmodule(before) || isSubmodule(after)) return compareTexts(this.#text(before), this.#text(after));
      const a = before && this.#find(before);
      const b = after && this.#find(after);
      if (a === null) return b === null ? [0, 0] : this.#one(b, true);
      return b === null ? this.#one(a, false) : this.#two(a, b);
    } catch (error) {
      if (!this.#objects.losses.take(error)) throw error;
      return null;
    } finally {
      // Contents are looked at by twos: a commit of many files needs no more room than others.
      this.#objects.releaseBlobs();
    }
  }

  #find(entry: TreeEntry): number {
    const at = entry.nameEnd + 1;
    const known = this.#objects.findKnown(entry.bytes, at);
    const object = known >= 0 ? known : this.#objects.find(entry.bytes, at);
    if (object >= 0) return object;
    const rev = entry.bytes.toString('hex', at, at + 20);
    throw new HealthError('missing-object', `object ${rev} is missing`);
  }

  #read(object: number): Content {
    return this.#objects.read(object, ObjectType.blob);
  }

  #one(object: number, isAdded: boolean): LineCount {
    const text = this.#read(object);
    if (isBinary(text)) return 'binary';
    if (!isAdded) return [0, this.#tables.get(object)?.count ?? countLines(text)];
    return [this.#table(object, text).count, 0];
  }

  #two(before: number, after: number): LineCount {
    if (before === after) return isBinary(this.#read(before)) ? 'binary' : [0, 0];
    const a = this.#read(before);
    const b = this.#read(after);
    if (isBinary(a) || isBinary(b)) return 'binary';
    const table = this.#table(before, a);
    const like = readTableLike(a, table, b);
    this.#keep(after, like.table);
    return diffLines({ text: a, table }, { text: b, table: like.table }, like.ends);
  }

  /** A submodule is to git a text of one line, which names its commit. */
  #text(entry: TreeEntry | null): Span {
    if (entry !== null && !isSubmodule(entry)) return this.#read(this.#find(entry));
    const rev = entry && Buffer.from(oidText(entry), 'latin1').toString('hex');
    const bytes = Buffer.from(rev === null ? '' : `Subproject commit ${rev}\n`);
    return { bytes, start: 0, end: bytes.length };
  }

  #table(object: number, text: Content): LineTable {
    let table = this.#tables.get(object);
    // What is used again goes to the end: the first of a Map is what was unused for longest.
    if (table) {
      this.#tables.delete(object);
      this.#tables.set(object, table);
    } else this.#keep(object, (table = readTable(text)));
    return table;
  }

  #keep(object: number, table: LineTable): void {
    const old = this.#tables.get(object);
    if (old) this.#drop(object, old);
    this.#tables.set(object, table);
    this.#bytes += sizeOf(table);
    for (const [oldest, other] of this.#tables) {
      // The last two may be in use.
      if (this.#bytes <= BUDGET || this.#tables.size <= 2) break;
      this.#drop(oldest, other);
    }
  }

  #drop(object: number, table: LineTable): void {
    this.#tables.delete(object);
    this.#bytes -= sizeOf(table);
    giveBack(table);
  }
}

/** Of a commit; null where the lines of some file are not known. */
export type LineSum = readonly [added: number, removed: number] | null;

/** As git's shortstat: binary files count for nothing, and merges have none. */
export function sumLines(counts: readonly (LineCount | undefined)[]): LineSum {
  let added = 0;
  let removed = 0;
  for (const lines of counts) {
    if (lines === null) return null;
    if (lines === undefined || lines === 'binary') continue;
    added += lines[0];
    removed += lines[1];
  }
  return [added, removed];
}

/** What git counts for two texts that are nowhere kept. */
export function compareTexts(a: Span, b: Span): LineCount {
  if (isBinary(a) || isBinary(b)) return 'binary';
  const table = readTable(a);
  const like = readTableLike(a, table, b);
  return diffLines({ text: a, table }, { text: b, table: like.table }, like.ends);
}

function sizeOf({ starts }: LineTable): number {
  return starts.length * 8 + OVERHEAD;
}

function isSubmodule(entry: TreeEntry | null): boolean {
  return entry !== null && (entry.mode & KIND) === SUBMODULE;
}

function sourcesOf(changes: readonly FileChange[]): Map<string, TreeEntry> {
  const found = new Map<string, TreeEntry>();
  for (const { path, before } of changes) if (before !== null) found.set(path, before);
  return found;
}
