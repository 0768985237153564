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

/**
 * Merges in which git, looking for renames, prints a letter CVSAnalY does not know (MR, RM, MC, CM): it loses those
 * lines. Read without renames they are modifications, and stay: that many actions more than the oracle has.
 */
const LOST_IN_MERGES = { corosync: 0, drbd: 15, pacemaker: 54 };

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

/** Renames and copies as what they are for paths: a path gone, a path made. */
function plain(line: string): string[] {
  const [rev, type, path, from, branch] = line.split('\t');
  const added = [rev, 'A', path, branch].join('\t');
  if (type === 'V') return [[rev, 'D', from, branch].join('\t'), added];
  return type === 'C' ? [added] : [[rev, type, path, branch].join('\t')];
}

const COMMITS = `
  select s.rev, coalesce((select group_concat(p.rev, ' ' order by g.rowid) from main.commit_graph g
      join main.scmlog p on p.id = g.parent_id where g.commit_id = s.id), ''),
    c.name, c.email, s.date, s.date_tz, a.name, a.email, s.author_date, s.author_date_tz
  from scmlog s join people c on c.id = s.committer_id join people a on a.id = s.author_id`;
const ACTIONS = `
  select s.rev, a.type, l.file_path, b.name from actions a join scmlog s on s.id = a.commit_id
  join branches b on b.id = a.branch_id join file_links l on l.file_id = a.file_id`;

describe.each(names)('against CVSAnalY on %s', (name) => {
  const path = repositories === undefined ? '' : join(repositories, name);
  const why = 'needs HEALTH_REPOS (repositories) and HEALTH_SHARED (oracle)';
  const possible = path !== '' && existsSync(path) && existsSync(join(shared, 'oracle'));

  it.skipIf(!possible)(
    `has its rows, compat strict${possible ? '' : ` (skipped: ${why})`}`,
    { timeout: 600_000 },
    async () => {
      const file = storeFile();
      await load(
        file,
        { extraction: (known) => extract(path, { refs: 'branches', actions: true, known }) },
        { project: project(name), options: { compat: 'strict' } },
      );

      const ours = rows(file, COMMITS).map((row) => (row as unknown[]).join('\t'));
      const revs = new Set(ours.map((line) => line.slice(0, 40)));
      const oracle = lines(name, 'commits').filter((line) => revs.has(line.slice(0, 40)));
      const inBoth = new Set(oracle.map((line) => line.slice(0, 40)));
      expect(inBoth.size, 'commits both sides have').toBeGreaterThan(5000);
      expect(missing(oracle, ours)).toEqual([]);
      expect(
        missing(
          ours.filter((line) => inBoth.has(line.slice(0, 40))),
          oracle,
        ),
      ).toEqual([]);

      const ourActions = rows(file, ACTIONS)
        .map((row) => (row as unknown[]).join('\t'))
        .filter((line) => inBoth.has(line.slice(0, 40)));
      const theirs = lines(name, 'actions')
        .flatMap(plain)
        .filter((line) => inBoth.has(line.slice(0, 40)));
      expect(missing(theirs, ourActions)).toEqual([]);
      const more = missing(ourActions, theirs);
      expect(more.length).toBe(LOST_IN_MERGES[name]);
      expect(more.every((line) => line.split('\t')[1] === 'M')).toBe(true);

      const counts = JSON.parse(readFileSync(join(shared, 'oracle', `${name}.counts.json`), 'utf8')) as Record<
        string,
        number
      >;
      for (const table of [
        'people',
        'branches',
        'tags',
        'tag_revisions',
        'commit_graph',
        'file_links',
        'repositories',
      ]) {
        expect([table, rows(file, `select count(*) from ${table}`)]).toEqual([table, [[counts[table]]]]);
      }
    },
  );
});
