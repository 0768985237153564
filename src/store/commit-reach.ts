import type Database from 'better-sqlite3';
import { statements } from './dialect.js';

interface CommitNode {
  /** In the commit's order. */
  parents: number[];
}

/** A project's commit graph, in memory. */
export class CommitGraph {
  readonly #nodes = new Map<number, CommitNode>();

  constructor(db: Database.Database, repository: number) {
    const main = statements.withSchema('main');
    const { sql: commits } = main.selectFrom('scmlog').select('id').where('repository_id', '=', 0).compile();
    const { sql: edges } = main
      .selectFrom('scmlog as s')
      .innerJoin('commit_graph as g', 'g.commit_id', 's.id')
      .select(['g.commit_id', 'g.parent_id'])
      .where('s.repository_id', '=', 0)
      .orderBy('g.rowid' as never)
      .compile();
    for (const id of db.prepare<[number], number>(commits).pluck().all(repository))
      this.#nodes.set(id, { parents: [] });
    for (const [id, parent] of db.prepare<[number], [number, number]>(edges).raw().all(repository)) {
      this.#nodes.get(id)?.parents.push(parent);
    }
  }

  /** The commits themselves and all they descend from. */
  reach(tips: Iterable<number>): Set<number> {
    const seen = new Set<number>();
    const open = [...tips].filter((tip) => this.#nodes.has(tip));
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (seen.has(id)) continue;
      seen.add(id);
      for (const parent of this.#nodes.get(id)?.parents ?? []) if (!seen.has(parent)) open.push(parent);
    }
    return seen;
  }

  /** A commit, its first parent, that one's first parent, and so on. */
  *firstParents(tip: number): Generator<number> {
    const seen = new Set<number>();
    for (let id: number | undefined = tip; id !== undefined && !seen.has(id); id = this.#nodes.get(id)?.parents[0]) {
      seen.add(id);
      yield id;
    }
  }
}
