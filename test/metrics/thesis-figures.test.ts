import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadPublished } from '../../src/config/published.js';
import { replicate } from '../../src/metrics/replication.js';
import { measure } from '../../src/metrics/run.js';
import type { Readable } from '../../src/store/readable.js';
import { shippedCatalogue } from './catalogue-files.js';
import { collected, scopeOf } from './sample-store.js';

const repos = process.env['HEALTH_REPOS'];
const PROJECTS = ['corosync', 'drbd', 'pacemaker'];
const there = repos !== undefined && PROJECTS.every((name) => existsSync(join(repos, name)));

/** Commits and (name, email) committers a year to 2014 on today's histories, every branch. */
const YEARS: Record<string, Record<number, [commits: number, committers: number]>> = {
  corosync: {
    2004: [393, 7],
    2005: [450, 6],
    2006: [338, 7],
    2007: [96, 5],
    2008: [222, 7],
    2009: [911, 9],
    2010: [468, 8],
    2011: [490, 7],
    2012: [677, 6],
    2013: [161, 5],
    2014: [111, 3],
  },
  drbd: {
    1999: [22, 3],
    2000: [212, 4],
    2001: [201, 5],
    2002: [120, 4],
    2003: [172, 2],
    2004: [618, 4],
    2005: [189, 3],
    2006: [401, 5],
    2007: [347, 6],
    2008: [657, 6],
    2009: [681, 4],
    2010: [415, 5],
    2011: [1123, 4],
    2012: [386, 4],
    2013: [339, 5],
    2014: [153, 5],
  },
  pacemaker: {
    2003: [9, 2],
    2004: [864, 13],
    2005: [1760, 12],
    2006: [1190, 12],
    2007: [1054, 10],
    2008: [1661, 3],
    2009: [1257, 7],
    2010: [1285, 18],
    2011: [738, 20],
    2012: [1775, 20],
    2013: [1461, 28],
    2014: [1133, 26],
  },
};

const why = there ? '' : ' (skipped: HEALTH_REPOS names no folder with corosync, drbd and pacemaker)';

describe.skipIf(!there)(`the thesis's figures on the real repositories${why}`, () => {
  const catalogue = shippedCatalogue();
  let folder: string;
  let readable: Readable;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'stack-health-'));
    readable = await collected(folder, Object.fromEntries(PROJECTS.map((name) => [name, join(repos ?? '', name)])));
  });
  afterAll(() => {
    readable.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(PROJECTS)('commits and committers a year of %s', (project) => {
    const rows = (id: string): unknown[][] =>
      measure(readable, catalogue, catalogue.query(id), scopeOf(project, { asOf: '2014-12-31' }), {}).rows;
    const years = Object.entries(YEARS[project] ?? {});
    expect(rows('activity/commits-per-year')).toEqual(years.map(([year, [commits]]) => [Number(year), commits]));
    expect(rows('thesis/active-committers')).toEqual(years.map(([year, [, committers]]) => [Number(year), committers]));
  });

  test('are reproduced, or said not to be', () => {
    const study = loadPublished('thesis');
    if (!study) throw new Error('there is no thesis study');
    const replications = replicate(readable, catalogue, study, PROJECTS, '2014-12-31');
    const inShort = replications.map(({ figure, published, ours, reproducedBy, nearest }) => [
      figure,
      published,
      Number(ours.toFixed(2)),
      reproducedBy?.rule ?? `not reproduced, nearest ${nearest.rounded}`,
    ]);
    const upTo = 'commits up to 2014-12-31';
    expect(inShort).toEqual([
      ['8.1', 82, 57, 'not reproduced, nearest 57'],
      ['8.2', 46, 46, `every branch; people by name and address; ${upTo}`],
      ['8.3', 367, 369, `the default branch only; as it had merged by 2015-03-01; people by name and address; ${upTo}`],
      ['8.7', 5, 6.36, `every branch; people by name alone; ${upTo}; mean truncated`],
      ['8.8', 4, 4.31, `every branch; people by name alone; ${upTo}; mean truncated`],
      ['8.9', 13, 14.25, `every branch; people by name alone; ${upTo}; mean truncated`],
    ]);
    for (const { figure, note } of replications.slice(3)) {
      expect(note, figure).toContain("The same rule gives all 3 projects' figures.");
    }
    expect(replications[0]?.note).toMatch(/^None of the 10 ways /);
  });
});
