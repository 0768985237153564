import type Database from 'better-sqlite3';
import type { Compilable } from 'kysely';
import { statements } from './dialect.js';

const commits = statements.selectFrom('scmlog').select('id').where('repository_id', '=', 0);
const files = statements.selectFrom('files').select('id').where('repository_id', '=', 0);
const actions = statements.selectFrom('actions').select('id').where('commit_id', 'in', commits);

/** Takes out every row of a repository but the one that names it. */
export function removeRows(db: Database.Database, repository: number): void {
  removeActions(db, repository);
  run(db, repository, [
    statements.deleteFrom('tag_revisions').where('commit_id', 'in', commits),
    statements.deleteFrom('commit_graph').where('commit_id', 'in', commits),
    statements.deleteFrom('commits_lines').where('commit_id', 'in', commits),
    statements.deleteFrom('health_differences').where('commit_id', 'in', commits),
    statements.deleteFrom('health_seen').where('commit_id', 'in', commits),
    statements.deleteFrom('health_refs').where('repository_id', '=', 0),
    statements.deleteFrom('scmlog').where('repository_id', '=', 0),
  ]);
}

/** Takes out a repository's actions and files, and what hangs on them. */
export function removeActions(db: Database.Database, repository: number): void {
  run(db, repository, [
    statements.deleteFrom('file_copies').where('action_id', 'in', actions),
    statements.deleteFrom('health_action_paths').where('action_id', 'in', actions),
    statements.deleteFrom('health_action_lines').where('action_id', 'in', actions),
    statements.deleteFrom('actions').where('commit_id', 'in', commits),
    statements.deleteFrom('file_links').where('commit_id', 'in', commits),
    statements.deleteFrom('file_types').where('file_id', 'in', files),
    statements.deleteFrom('files').where('repository_id', '=', 0),
    statements.deleteFrom('health_paths').where('repository_id', '=', 0),
  ]);
}

function run(db: Database.Database, repository: number, deletions: Compilable[]): void {
  for (const deletion of deletions) db.prepare<[number]>(deletion.compile().sql).run(repository);
}

/** Takes out the lines of a repository's commits and actions. */
export function removeLines(db: Database.Database, repository: number): void {
  run(db, repository, [
    statements.deleteFrom('commits_lines').where('commit_id', 'in', commits),
    statements.deleteFrom('health_action_lines').where('action_id', 'in', actions),
  ]);
}

/** Takes out people, branches and tags that no repository uses. */
export function removeUnused(db: Database.Database): void {
  const committers = statements.selectFrom('scmlog').select('committer_id as id');
  const authors = statements.selectFrom('scmlog').select('author_id as id');
  const unused: Compilable[] = [
    statements.deleteFrom('people').where('id', 'not in', committers.union(authors)),
    statements.deleteFrom('branches').where('id', 'not in', statements.selectFrom('actions').select('branch_id')),
  ];
  for (const statement of unused) db.exec(statement.compile().sql);
  removeUnusedTags(db);
}

/** Takes out tags that no repository uses. */
export function removeUnusedTags(db: Database.Database): void {
  const used = statements.selectFrom('tag_revisions').select('tag_id');
  db.exec(statements.deleteFrom('tags').where('id', 'not in', used).compile().sql);
}
