import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { extract } from '../../src/source/extraction.js';
import { load, rows, storeFile } from './opened.js';
import { project } from './made-history.js';

const shared = resolve(import.meta.dirname, '../..', process.env['HEALTH_SHARED'] ?? '../shared');
const repositories = process.env['HEALTH_REPOS'];
const names = ['corosync', 'drbd', 'pacemaker'] as const;

/** Commits the default mode has otherwise than CVSAnalY: the known faults of CVSAnalY's, and nothing else. */
const FAULTS = {
  corosync: { zones: 1, people: 1, tags: 0, lost: 0, actions: 0 },
  drbd: { zones: 2, people: 18, tags: 0, lost: 12, actions: 15 },
  pacemaker: { zones: 14, people: 25, tags: 1, lost: 11, actions: 58 },
};

function lines(name: string, what: 'commits' | 'actions'): string[] {
  const file = join(shared, 'oracle', `${name}.${what}.tsv.gz`);
  return gunzipSync(readFileSync(file)).toString('utf8').trimEnd().split('\n');
}

/** The lines of `all` that `others` lacks, counting repeated ones. */
function missing(all: readonly string[], others: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of others) counts.set(line, (counts.get(line) ?? 0) + 1);
  return all.filter((line) => {
    const count = counts.get(line) ?? 0;
    if (count > 0) counts.set(line, count - 1);
    return count === 0;
  });
}

const COMMITS = `
  select s.rev, coalesce((select group_concat(p.rev, ' ' order by g.rowid) from main.commit_graph g
      join main.scmlog p on p.id = g.parent_id where g.commit_id = s.id), ''),
    c.name, c.email, s.date, s.date_tz, a.name, a.email, s.author_date, s.author_date_tz
  from scmlog s join people c on c.id = s.committer_id join people a on a.id = s.author_id`;
const ACTIONS = `
  select s.rev, a.type, coalesce(p.path, l.file_path), p.copied_from, b.name from actions a
  join scmlog s on s.id = a.commit_id join branches b on b.id = a.branch_id
  left join health_action_paths p on p.action_id = a.id
  join file_links l on l.id = (select min(id) from file_links where file_id = a.file_id)`;
const TAGS =
  'select t.name, s.rev from tags t join tag_revisions r on r.tag_id = t.id join scmlog s on s.id = r.commit_id';
const MESSAGES = 'select rev, message from scmlog';

async function collected(name: string, path: string, compat: 'default' | 'strict'): Promise<string> {
  const file = storeFile();
  const extraction = (known: ReadonlySet<string>) => extract(path, { refs: 'branches', actions: true, known });
  await load(file, { extraction }, { project: project(name), options: { compat } });
  return file;
}

function table(file: string, sql: string): string[] {
  return rows(file, sql).map((row) => (row as unknown[]).join('\t'));
}

describe.each(names)('against CVSAnalY on %s', (name) => {
  const path = repositories === undefined ? '' : join(repositories, name);
  const possible = path !== '' && existsSync(path) && existsSync(join(shared, 'oracle'));
  const why = possible ? '' : ' (skipped: needs HEALTH_REPOS (repositories) and HEALTH_SHARED (oracle))';

  it.skipIf(!possible)(`has its rows, compat strict${why}`, { timeout: 600_000 }, async () => {
    const file = await collected(name, path, 'strict');
    const commits = table(file, COMMITS);
    const revs = new Set(commits.map((line) => line.slice(0, 40)));
    const oracle = lines(name, 'commits').filter((line) => revs.has(line.slice(0, 40)));
    const inBoth = new Set(oracle.map((line) => line.slice(0, 40)));
    const both = (line: string) => inBoth.has(line.slice(0, 40));
    expect(inBoth.size, 'commits both sides have').toBeGreaterThan(5000);
    expect(missing(oracle, commits)).toEqual([]);
    expect(missing(commits.filter(both), oracle)).toEqual([]);

    const actions = table(file, ACTIONS).filter(both);
    const theirs = lines(name, 'actions').filter(both);
    expect(missing(theirs, actions)).toEqual([]);
    expect(missing(actions, theirs)).toEqual([]);

    const text = readFileSync(join(shared, 'oracle', `${name}.counts.json`), 'utf8');
    const counts = JSON.parse(text) as Record<string, number>;
    const ours = Object.keys(counts).map((name) => [name, Number(table(file, `select count(*) from ${name}`)[0])]);
    expect(Object.fromEntries(ours)).toEqual(counts);
  });

  it.skipIf(!possible)(`differs by its known faults only, compat default${why}`, { timeout: 600_000 }, async () => {
    const strict = await collected(name, path, 'strict');
    const file = await collected(name, path, 'default');
    const differing = (sql: string) => missing(table(file, sql), table(strict, sql)).length;
    const authors = 'select s.rev, p.name, p.email from scmlog s join people p on p.id = s.author_id';
    const committers = 'select s.rev, p.name, p.email from scmlog s join people p on p.id = s.committer_id';
    const [ours, theirs] = [file, strict].map((store) => table(store, ACTIONS));
    const more = missing(ours, theirs);
    const found = {
      zones: differing('select rev, date_tz, author_date_tz from scmlog'),
      people: differing(authors),
      tags: differing(TAGS),
      lost: differing(MESSAGES),
      actions: more.length,
    };
    expect(found).toEqual(FAULTS[name]);
    expect(differing(committers)).toBe(0);
    expect(differing('select rev, date, author_date from scmlog')).toBe(0);
    // All that CVSAnalY has of actions is here too; what it lost is a modification.
    expect(missing(theirs, ours)).toEqual([]);
    // Both modes say so themselves.
    for (const store of [file, strict]) {
      const told = rows(
        store,
        "select fault, sum(rows) from health_differences where fault <> 'prefix' group by fault",
      );
      const { zones: zone, people: author, tags: tag, actions: action, lost: message } = found;
      const all = Object.entries({ action, author, message, tag, zone });
      expect(told).toEqual(all.filter(([, count]) => count > 0));
    }
    expect(more.every((line) => line.split('\t')[1] === 'M')).toBe(true);
    expect(new Set(more.map((line) => line.slice(0, 40))).size).toBe(found.lost);
  });
});
