import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { extract } from '../../src/source/extraction.js';
import { load, rows, storeFile } from './opened.js';
import { project } from './made-history.js';
import { ACTIONS, compareWithOracle, missing, oracleFolder, oracleNames, table } from './oracle.js';

const shared = resolve(import.meta.dirname, '../..', process.env['HEALTH_SHARED'] ?? '../shared');
const repositories = process.env['HEALTH_REPOS'];
/** Commits the default mode has otherwise than CVSAnalY: the known faults of CVSAnalY's, and nothing else. */
const FAULTS = {
  corosync: { zones: 1, people: 1, tags: 0, lost: 0, actions: 0 },
  drbd: { zones: 2, people: 18, tags: 0, lost: 12, actions: 15 },
  pacemaker: { zones: 14, people: 25, tags: 1, lost: 11, actions: 58 },
};

const TAGS =
  'select t.name, s.rev from tags t join tag_revisions r on r.tag_id = t.id join scmlog s on s.id = r.commit_id';
const MESSAGES = 'select rev, message from scmlog';

async function collected(name: string, path: string, compat: 'default' | 'strict'): Promise<string> {
  const file = storeFile();
  const extraction = (known: ReadonlySet<string>) => extract(path, { refs: 'branches', actions: true, known });
  await load(file, { extraction }, { project: project(name), options: { compat } });
  return file;
}

describe.each(oracleNames)('against CVSAnalY on %s', (name) => {
  const path = repositories === undefined ? '' : join(repositories, name);
  const oracle = oracleFolder(shared);
  const possible = path !== '' && existsSync(path) && oracle !== null;
  const why = possible ? '' : ' (skipped: needs HEALTH_REPOS (repositories) and HEALTH_SHARED (oracle))';

  it.skipIf(!possible)(`has its rows, compat strict${why}`, { timeout: 600_000 }, async () => {
    const file = await collected(name, path, 'strict');
    const { both, commits, actions, counts } = compareWithOracle(file, oracle!, name);
    expect(both, 'commits both sides have').toBeGreaterThan(5000);
    const same = { onlyOurs: [], onlyTheirs: [] };
    expect(commits).toMatchObject({ rows: both, ...same });
    expect(actions).toMatchObject(same);
    expect(counts).toMatchObject(same);
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
