import type Database from 'better-sqlite3';
import type { RefSnapshot } from '../model/history.js';
import type { Mailmap } from '../model/identities.js';
import type { Project } from '../model/project.js';
import { statements } from './dialect.js';
import { IdCounter } from './id-counter.js';
import type { Cell } from './row-writer.js';
import type { Compat } from './stored-project.js';

export interface ProjectRules {
  actions: boolean;
  renames?: boolean;
  lines?: boolean;
  compat: Compat;
  toolVersion: string;
  now: string;
  /** Null: the repository has none. Undefined: not read, what is stored stays. */
  mailmap?: Mailmap | null | undefined;
}

/** The id a project has or will have in `repositories`. */
export function repositoryId(db: Database.Database, stored: { repository: number } | null): number {
  return stored?.repository ?? new IdCounter(db, 'repositories').next();
}

/** Writes the project's row of `repositories` and of `health_projects`, and its mailmap. */
export function writeProject(
  db: Database.Database,
  repository: number,
  project: Project,
  snapshot: RefSnapshot,
  rules: ProjectRules,
): void {
  const url = withoutPassword(project.url);
  const repositoryRow = { id: repository, uri: url, name: project.name, type: 'git' };
  const projectRow = {
    repository_id: repository,
    name: project.name,
    url,
    layer: project.layer,
    tags: JSON.stringify(project.tags),
    refs: JSON.stringify(project.refs),
    actions: rules.actions ? 1 : 0,
    renames: (rules.renames ?? true) ? 1 : 0,
    lines: (rules.lines ?? false) ? 1 : 0,
    differences: 1,
    compat: rules.compat,
    flags: JSON.stringify(snapshot.flags),
    head: snapshot.head,
    collected_at: rules.now,
    tool_version: rules.toolVersion,
    succeeded_by: project.succeededBy ?? null,
  };
  for (const { sql, parameters } of [
    statements.replaceInto('repositories').values(repositoryRow).compile(),
    statements.replaceInto('health_projects').values(projectRow).compile(),
  ]) {
    db.prepare<Cell[]>(sql).run(...(parameters as Cell[]));
  }
  if (rules.mailmap !== undefined) writeMailmap(db, repository, rules.mailmap);
}

function writeMailmap(db: Database.Database, repository: number, mailmap: Mailmap | null): void {
  const { sql: remove } = statements.deleteFrom('health_mailmaps').where('repository_id', '=', 0).compile();
  db.prepare<[number]>(remove).run(repository);
  if (mailmap === null) return;
  const { sql, parameters } = statements
    .insertInto('health_mailmaps')
    .values({ repository_id: repository, oid: mailmap.oid, text: mailmap.text })
    .compile();
  db.prepare<Cell[]>(sql).run(...(parameters as Cell[]));
}

/** A store is a file people hand on: what opens a server stays out of it. */
export function withoutPassword(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1');
}
