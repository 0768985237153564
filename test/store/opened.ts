import { join } from 'node:path';
import type Database from 'better-sqlite3';
import Driver from '../../src/store/driver.js';
import { onTestFinished } from 'vitest';
import type { Project } from '../../src/model/project.js';
import { openStore, type LoadOptions, type LoadSummary } from '../../src/store/store.js';
import { temporaryFolder } from '../fixtures/repository.js';
import { loadOptions, project, type MadeHistory } from './made-history.js';

/** A path for a store in a folder of its own. */
export function storeFile(): string {
  return join(temporaryFolder(), 'health.sqlite');
}

/** Opens, loads, closes. */
export async function load(
  file: string,
  history: Pick<MadeHistory, 'extraction'>,
  over: { project?: Project; options?: Partial<LoadOptions> } = {},
): Promise<LoadSummary> {
  const store = openStore(file);
  try {
    return await store.load(over.project ?? project(), history.extraction, loadOptions(over.options));
  } finally {
    store.close();
  }
}

/** The file as any SQLite program sees it. */
export function raw(file: string): Database.Database {
  const db = new Driver(file);
  onTestFinished(() => {
    db.close();
  });
  return db;
}

export function rows(file: string, sql: string): unknown[] {
  const db = new Driver(file, { readonly: true });
  try {
    return db.prepare(sql).raw().all();
  } finally {
    db.close();
  }
}

/** Everything CVSAnalY's tables say of a store, ids aside: sorted rows, a list a query. */
export function contents(file: string): unknown[][] {
  const queries = [
    `select r.name, s.rev, c.name, c.email, a.name, a.email, s.date, s.date_tz, s.author_date, s.author_date_tz, s.message
       from scmlog s join people c on c.id = s.committer_id join people a on a.id = s.author_id
       join repositories r on r.id = s.repository_id`,
    `select s.rev, p.rev from commit_graph g join scmlog s on s.id = g.commit_id join scmlog p on p.id = g.parent_id`,
    `select s.rev, a.type, b.name, f.file_name, l.file_path, m.rev from actions a join scmlog s on s.id = a.commit_id
       join branches b on b.id = a.branch_id join files f on f.id = a.file_id
       join file_links l on l.file_id = f.id join scmlog m on m.id = l.commit_id`,
    `select l.file_path, p.file_path, s.rev from file_links l join scmlog s on s.id = l.commit_id
       left join file_links p on p.file_id = l.parent_id`,
    `select s.rev, a.type, c.new_file_name, t.file_name, f.file_name from file_copies c join actions a on a.id = c.action_id
       join scmlog s on s.id = c.from_commit_id join files t on t.id = c.to_id join files f on f.id = c.from_id`,
    `select t.name, s.rev from tag_revisions r join tags t on t.id = r.tag_id join scmlog s on s.id = r.commit_id`,
    `select name, email from people`,
    `select name from branches`,
    `select name from tags`,
    `select r.name, r.kind, r.oid, s.rev, r.is_default from health_refs r join scmlog s on s.id = r.commit_id`,
  ];
  return queries.map((query) =>
    rows(file, query)
      .map((row) => JSON.stringify(row))
      .sort(),
  );
}
