import type Database from 'better-sqlite3';
import { fileType } from './file-type.js';
import { IdCounter } from './id-counter.js';
import { RowWriter } from './row-writer.js';

/** Where a load's own rows begin: ids of its first action and its first link. */
export interface LoadStart {
  action: number;
  link: number;
}

/** Before a load writes anything. */
export function loadStart(db: Database.Database): LoadStart {
  return { action: new IdCounter(db, 'actions').next(), link: new IdCounter(db, 'file_links').next() };
}

/**
 * Writes the type of every file that actions since `start` touched and that has none yet, by file id. As in CVSAnalY a
 * file is what has actions and is no folder; one that has become a folder meanwhile loses its type, so that the table is
 * what a load of the whole history gives.
 */
export function writeFileTypes(db: Database.Database, start: LoadStart): number {
  db.prepare<[number]>('delete from file_types where file_id in (select parent_id from file_links where id >= ?)').run(
    start.link,
  );
  const files = db
    .prepare<[number], [id: number, name: string]>(
      `select f.id, f.file_name
       from (select distinct file_id from actions where id >= ?) a join files f on f.id = a.file_id
       where not exists (select 1 from file_links l where l.parent_id = f.id)
         and not exists (select 1 from file_types t where t.file_id = f.id)
       order by f.id`,
    )
    .raw()
    .all(start.action);
  const ids = new IdCounter(db, 'file_types');
  const writer = new RowWriter(db, 'file_types', ['id', 'file_id', 'type']);
  const known = new Map<string, string>();
  for (const [id, name] of files) {
    let type = known.get(name);
    if (type === undefined) known.set(name, (type = fileType(name)));
    writer.push(ids.next(), id, type);
  }
  writer.flush();
  return writer.written;
}
