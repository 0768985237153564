import type Database from 'better-sqlite3';
import type { Compilable } from 'kysely';
import { statements } from './dialect.js';

/** Takes out every row of a repository but the one that names it. */
export function removeRows(db: Database.Database, repository: number): void {
  const commits = statements.selectFrom('scmlog').select('id').where('repository_id', '=', 0);
  const actions = statements.selectFrom('actions').select('id').where('commit_id', 'in', commits);
  const all: Compilable[] = [
    statements.deleteFrom('file_copies').where('action_id', 'in', actions),
    statements.deleteFrom('actions').where('commit_id', 'in', commits),
    statements.deleteFrom('file_links').where('commit_id', 'in', commits),
    statements.deleteFrom('tag_revisions').where('commit_id', 'in', commits),
    statements.deleteFrom('commit_graph').where('commit_id', 'in', commits),
    statements.deleteFrom('files').where('repository_id', '=', 0),
    statements.deleteFrom('scmlog').where('repository_id', '=', 0),
    statements.deleteFrom('health_paths').where('repository_id', '=', 0),
    statements.deleteFrom('health_refs').where('repository_id', '=', 0),
  ];
  for (const statement of all) db.prepare<[number]>(statement.compile().sql).run(repository);
}

/** Takes out people, branches and tags that no repository uses. */
export function removeUnused(db: Database.Database): void {
  const committers = statements.selectFrom('scmlog').select('committer_id as id');
  const authors = statements.selectFrom('scmlog').select('author_id as id');
  const all: Compilable[] = [
    statements.deleteFrom('people').where('id', 'not in', committers.union(authors)),
    statements.deleteFrom('branches').where('id', 'not in', statements.selectFrom('actions').select('branch_id')),
    statements.deleteFrom('tags').where('id', 'not in', statements.selectFrom('tag_revisions').select('tag_id')),
  ];
  for (const statement of all) db.exec(statement.compile().sql);
}
