import { isDeepStrictEqual } from 'node:util';
import type Database from 'better-sqlite3';
import { HealthError } from '../model/error.js';
import type { Mailmap } from '../model/identities.js';
import type { ExtractEvent, HistoryFlag, HistoryOutline, KnownHistory, RefSnapshot } from '../model/history.js';
import type { Progress } from '../model/progress.js';
import type { Project } from '../model/project.js';
import { removeDifferences } from './difference-rows.js';
import type { Decoration } from './decorations.js';
import type { EventReader } from './event-reader.js';
import { loadStart, writeFileTypes } from './file-type-rows.js';
import { Loader } from './loader.js';
import { writePeriods } from './period-rows.js';
import { repositoryId, writeProject } from './project-row.js';
import { knownSince, writeSince } from './first-seen.js';
import { writeRefMoves } from './ref-move-rows.js';
import { writeRefs, writeTags } from './ref-rows.js';
import { removeActions, removeLines, removeRows, removeUnused, removeUnusedTags } from './removal.js';
import { createSpeedIndexes, dropSpeedIndexes } from './schema-statements.js';
import { readActions } from './stored-actions.js';
import type { Compat, StoredProject } from './stored-project.js';
import { tipIds } from './tip-ids.js';
import { forgetReturned, keepVanished } from './vanished-rows.js';

export interface LoadOptions {
  /** False: commits only; `actions`, `files` and what hangs on them stay empty. */
  actions: boolean;
  /** Whether the actions that come tell renames and copies; default: true. */
  renames?: boolean;
  /** Whether lines come with the actions; default: false, and those that are there go. */
  lines?: boolean;
  compat: Compat;
  toolVersion: string;
  /** UTC, `YYYY-MM-DD HH:MM:SS`. */
  now: string;
  /** The repository's mailmap; null: it has none. Undefined: as the extraction finds it, else what is stored stays. */
  mailmap?: Mailmap | null | undefined;
  progress?: Progress;
  signal?: AbortSignal;
  /** Reads just what came on top of what is known (see `History.recent`); null where that can't be told for itself. */
  recent?: (known: KnownHistory) => AsyncIterable<ExtractEvent> | null;
}

export interface LoadSummary {
  /** `appended` also when only refs moved. */
  mode: 'new' | 'appended' | 'rebuilt' | 'unchanged';
  /** Rows written, all tables. */
  rows: number;
  /** Written, not those that were there. */
  commits: number;
  actions: number;
  people: number;
  /** Commits the store had and the repository has no more. */
  vanished: number;
  /** Commits whose actions are incomplete, since objects of the repository are missing or corrupt. */
  lost: number;
  /** The first thing that could not be read. */
  loss: string | null;
}

/** A load that has its outline. */
export interface LoadInput {
  project: Project;
  stored: StoredProject | null;
  /** Ids of the stored commits by rev: all of them, or of those that a newest part stands on or refs stand at. */
  before: ReadonlyMap<string, number>;
  /** Of those that stay; null when all rows are made anew. */
  known: ReadonlyMap<string, number> | null;
  /** Ids of what went away; only for a rebuild. */
  vanished: readonly number[];
  /** The new commits can't simply go after the stored ones: actions and files are made anew, from the stored ones. */
  replay: boolean;
  outline: HistoryOutline;
  branches: readonly string[];
  decorations: ReadonlyMap<string, Decoration>;
}

/** Writes one load, inside the caller's transaction. */
export async function writeLoad(
  db: Database.Database,
  input: LoadInput,
  reader: EventReader,
  options: LoadOptions,
): Promise<LoadSummary> {
  const { project, stored, known, outline } = input;
  const strict = options.compat === 'strict';
  const repository = repositoryId(db, stored);
  const full = known === null;
  const recent = outline.below !== undefined;
  const replay = input.replay ? readActions(db, repository) : null;
  const big = (full || replay !== null) && isMostOf(db, repository, outline);
  if (big) for (const statement of dropSpeedIndexes()) db.exec(statement);
  const since = stored ? knownSince(db, repository, full) : null;
  if (full && stored) {
    keepVanished(db, repository, input.vanished);
    removeRows(db, repository);
  }
  if (replay) {
    removeActions(db, repository);
    removeDifferences(db, repository, 'prefix');
  }
  if (full || replay) removeUnused(db);
  if (stored?.lines === true && !(options.lines ?? false)) removeLines(db, repository);
  const start = loadStart(db);
  const loader = new Loader(db, { repository, strict, outline, branches: input.branches, known, replay });
  await feed(loader, reader, project.name, options);
  if (since) {
    writeSince(db, input, loader.ids, since, options.now);
    forgetReturned(
      db,
      repository,
      outline.revs.filter((rev) => since.has(rev)),
    );
  }
  const tips = tipIds(outline, loader.ids, known, stored?.snapshot ?? null);
  const refRows = writeRefs(db, repository, outline, tips);
  const sameTags = recent && stored !== null && isDeepStrictEqual(tagsOf(stored.snapshot), tagsOf(outline));
  const tagRows = sameTags ? 0 : writeTags(db, repository, tips, input.decorations, strict);
  if (stored) writeRefMoves(db, stored, { project, snapshot: outline, tips }, options.now);
  const mailmap = options.mailmap === undefined ? reader.mailmap : options.mailmap;
  writeProject(db, repository, project, { ...outline, flags: flags(outline, reader) }, { ...options, mailmap });
  // What comes on top takes nothing away but tags.
  if (stored && !recent) removeUnused(db);
  else if (stored && !sameTags) removeUnusedTags(db);
  if (big) for (const statement of createSpeedIndexes()) db.exec(statement);
  const extensionRows = writeFileTypes(db, start) + writePeriods(db);
  return {
    mode: !stored ? 'new' : full ? 'rebuilt' : 'appended',
    commits: loader.done,
    actions: loader.newActions,
    people: loader.people,
    rows: loader.rows + tagRows + refRows.written + extensionRows,
    vanished: input.vanished.length,
    lost: reader.losses?.commits ?? 0,
    loss: reader.losses?.first ?? null,
  };
}

/** Of a partial clone it was said already that contents are missing. */
function flags({ flags: own }: HistoryOutline, { losses }: EventReader): HistoryFlag[] {
  return losses === null || own.includes('partial') ? own : [...own, 'damaged'];
}

async function feed(loader: Loader, reader: EventReader, project: string, options: LoadOptions): Promise<void> {
  const { progress, signal } = options;
  const tell = () =>
    progress?.({ project, stage: 'load', done: loader.done, total: loader.expected, rows: loader.rows });
  tell();
  for await (const changes of reader.batches()) {
    if (signal?.aborted) throw new HealthError('interrupted', 'interrupted; the store keeps its last complete state');
    loader.write(changes);
    tell();
  }
  loader.finish();
}

function tagsOf({ refs }: RefSnapshot): [name: string, commit: string][] {
  return refs.filter(({ kind }) => kind === 'tag').map(({ name, commit }) => [name, commit]);
}

/** Building an index once is cheaper than keeping it, where what comes is more than what is there. */
function isMostOf(db: Database.Database, repository: number, outline: HistoryOutline): boolean {
  const others = db
    .prepare<[number], { n: number }>('select count(*) as n from scmlog where repository_id <> ?')
    .get(repository)!.n;
  return outline.revs.length > others;
}
