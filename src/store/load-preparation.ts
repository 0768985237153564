import { isDeepStrictEqual } from 'node:util';
import type Database from 'better-sqlite3';
import type { HistoryOutline } from '../model/history.js';
import type { Project } from '../model/project.js';
import { attributeBranches, type Attribution } from './branch-attribution.js';
import { lastCollect } from './collect-rows.js';
import { decorations, shortBranch } from './decorations.js';
import { EventReader, type Extraction } from './event-reader.js';
import { KnownCommits } from './known-commits.js';
import type { LoadInput, LoadOptions } from './load.js';
import { canAppend, rewired, sameRules, vanishedCommits } from './load-plan.js';
import { keepsBranches } from './recent-load.js';
import { readBranches, readProject, readRevs, type StoredProject } from './stored-project.js';

/** A load that has its outline, and the rest of its events to come. */
export interface PreparedLoad {
  input: LoadInput;
  reader: EventReader;
  /** The project's last collect when this was read. */
  collect: number;
}

/**
 * Reads the outline: of the newest part alone where that is enough, else of the whole, and of the whole once more with
 * nothing known where the stored rows can't be kept.
 */
export async function prepareLoad(
  db: Database.Database,
  project: Project,
  extraction: Extraction,
  options: LoadOptions,
): Promise<PreparedLoad> {
  const stored = readProject(db, project.name);
  const collect = lastCollect(db, project.name);
  const keeps = stored !== null && sameRules(stored, project, options);
  const recent = keeps ? await prepareRecent(db, project, stored, options) : null;
  return { ...(recent ?? (await prepareWhole(db, project, stored, keeps, extraction))), collect };
}

type Prepared = Omit<PreparedLoad, 'collect'>;

async function prepareRecent(
  db: Database.Database,
  project: Project,
  stored: StoredProject,
  { recent }: LoadOptions,
): Promise<Prepared | null> {
  const known = new KnownCommits(db, stored.repository);
  const events = recent?.(known) ?? null;
  if (events === null) return null;
  const reader = new EventReader(events);
  try {
    const outline = await reader.outline();
    const found = attribution(outline);
    if (!rewired(outline) && keepsBranches(stored.snapshot, outline, found)) {
      return {
        reader,
        input: { project, stored, before: known.ids, known: known.ids, vanished: [], replay: false, outline, ...found },
      };
    }
  } catch (error) {
    await reader.close();
    throw error;
  }
  await reader.close();
  return null;
}

async function prepareWhole(
  db: Database.Database,
  project: Project,
  stored: StoredProject | null,
  keepsRules: boolean,
  extraction: Extraction,
): Promise<Prepared> {
  const before = stored ? readRevs(db, stored.repository) : new Map<string, number>();
  let keeps = keepsRules && before.size > 0;
  let reader = new EventReader(extraction(new Set(keeps ? before.keys() : [])));
  try {
    let outline = await reader.outline();
    if (keeps && (rewired(outline) || vanishedCommits(before, outline).length > 0)) {
      keeps = false;
      await reader.close();
      reader = new EventReader(extraction(new Set()));
      outline = await reader.outline();
    }
    const found = attribution(outline);
    // With other refs chosen, what is left out need not have gone.
    const isSameChoice = stored !== null && isDeepStrictEqual(stored.refs, project.refs);
    const vanished = keeps || !isSameChoice ? [] : vanishedCommits(before, outline);
    const replay = keeps && stored !== null && stored.actions && !appendable(db, stored, before, outline, found);
    const known = keeps ? before : null;
    return { reader, input: { project, stored, before, known, vanished, replay, outline, ...found } };
  } catch (error) {
    await reader.close();
    throw error;
  }
}

/** Decorations and the branch of each commit, as far as the outline alone tells. */
export function attribution(outline: HistoryOutline): Attribution & Pick<LoadInput, 'decorations'> {
  const decorated = decorations(outline.refs, outline.head);
  const fallback = outline.head === null ? 'master' : shortBranch(outline.head);
  return {
    decorations: decorated,
    ...attributeBranches(outline, (rev) => decorated.get(rev)?.branch, fallback),
  };
}

/** True when the new commits can simply go after the stored ones. */
function appendable(
  db: Database.Database,
  { repository }: StoredProject,
  revs: ReadonlyMap<string, number>,
  outline: HistoryOutline,
  { branches }: Attribution,
): boolean {
  return canAppend(outline, branches, { revs, branches: readBranches(db, repository) });
}
