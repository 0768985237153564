import type Database from 'better-sqlite3';
import type { RefSnapshot } from '../model/history.js';
import type { Decoration } from './decorations.js';
import { DifferenceRows, removeDifferences } from './difference-rows.js';
import { statements } from './dialect.js';
import { IdCounter } from './id-counter.js';
import { RowWriter } from './row-writer.js';
import { SharedNames } from './shared-names.js';

/** Writes where the refs stand, instead of where they stood. */
export function writeRefs(
  db: Database.Database,
  repository: number,
  snapshot: RefSnapshot,
  tips: ReadonlyMap<string, number>,
): RowWriter {
  const { sql } = statements.deleteFrom('health_refs').where('repository_id', '=', 0).compile();
  db.prepare<[number]>(sql).run(repository);
  const writer = new RowWriter(db, 'health_refs', ['repository_id', 'name', 'kind', 'oid', 'commit_id', 'is_default']);
  for (const ref of snapshot.refs) {
    const id = tips.get(ref.commit);
    if (id !== undefined) writer.push(repository, ref.name, ref.kind, ref.oid, id, ref.name === snapshot.head ? 1 : 0);
  }
  writer.flush();
  return writer;
}

/**
 * Writes tag_revisions in the order of `tips`, parents first, and each commit's tags in printed order. `strict`: of
 * several tags of one commit CVSAnalY keeps the first.
 */
export function writeTags(
  db: Database.Database,
  repository: number,
  tips: ReadonlyMap<string, number>,
  decorations: ReadonlyMap<string, Decoration>,
  strict: boolean,
): number {
  const { sql } = statements
    .deleteFrom('tag_revisions')
    .where('commit_id', 'in', statements.selectFrom('scmlog').select('id').where('repository_id', '=', 0))
    .compile();
  db.prepare<[number]>(sql).run(repository);
  const names = new SharedNames(db, 'tags');
  const ids = new IdCounter(db, 'tag_revisions');
  const rows = new RowWriter(db, 'tag_revisions', ['id', 'tag_id', 'commit_id']);
  removeDifferences(db, repository, 'tag');
  const differences = new DifferenceRows(db);
  for (const [rev, id] of tips) {
    const tags = decorations.get(rev)?.tags ?? [];
    for (const tag of strict ? tags.slice(0, 1) : tags) rows.push(ids.next(), names.id(tag), id);
    differences.note(id, 'tag', tags.length - 1);
  }
  differences.writer.flush();
  names.writer.flush();
  rows.flush();
  return names.writer.written + rows.written;
}
