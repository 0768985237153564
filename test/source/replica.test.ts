import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProgressEvent } from '../../src/model/progress.js';
import { parseReplicaTotals, type ReplicaTotals } from '../../src/source/replica-totals.js';
import { buildReplicas } from '../../src/source/replica.js';
import { temporaryFolder } from '../fixtures/repository.js';
import { failureOf, gitIn } from './transport-setup.js';

const file = new URL('../../data/studies/replica.yaml', import.meta.url);
let totals: ReplicaTotals;

beforeAll(() => {
  totals = parseReplicaTotals(readFileSync(file, 'utf8'), 'replica.yaml');
});

interface Line {
  month: string;
  name: string;
  person: string;
}

/** The commits of some refs as real git lists them. */
function commits(dir: string, ...refs: string[]): Line[] {
  return gitIn(dir, 'log', '--format=%cd%x09%cn%x09%ce', '--date=format:%Y-%m', ...refs)
    .split('\n')
    .map((line) => {
      const [month = '', name = '', email = ''] = line.split('\t');
      return { month, name, person: `${name} <${email}>` };
    });
}

function yearly(lines: Line[], key: (line: Line) => string): number[] {
  const years = grouped(lines, (line) => line.month.slice(0, 4));
  return [...years.keys()].sort().map((year) => new Set(years.get(year)?.map(key)).size);
}

function grouped(lines: Line[], key: (line: Line) => string): Map<string, Line[]> {
  const groups = new Map<string, Line[]>();
  for (const line of lines) {
    const group = groups.get(key(line));
    if (group) group.push(line);
    else groups.set(key(line), [line]);
  }
  return groups;
}

const count = (lines: Line[], month: string) => lines.filter((line) => line.month === month).length;
const half = (lines: Line[]) => lines.filter(({ month }) => month >= '2014-07' && month <= '2014-12').length;
const mean = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0) / numbers.length;

/** The published and counted figures of the real histories: commits July to December 2014, then mean committers. */
const figures = {
  corosync: { all: 57, main: 43, people: 6.36, names: 5.91 },
  drbd: { all: 46, main: 46, people: 4.31, names: 4.19 },
  pacemaker: { all: 369, main: 369, people: 14.25, names: 13.67 },
};

/** Commits and (name, address) committers a year. */
const years = {
  corosync:
    '2004: 393 7, 2005: 450 6, 2006: 338 7, 2007: 96 5, 2008: 222 7, 2009: 911 9, 2010: 468 8, 2011: 490 7, 2012: 677 6, 2013: 161 5, 2014: 111 3',
  drbd: '1999: 22 3, 2000: 212 4, 2001: 201 5, 2002: 120 4, 2003: 172 2, 2004: 618 4, 2005: 189 3, 2006: 401 5, 2007: 347 6, 2008: 657 6, 2009: 681 4, 2010: 415 5, 2011: 1123 4, 2012: 386 4, 2013: 339 5, 2014: 153 5',
  pacemaker:
    '2003: 9 2, 2004: 864 13, 2005: 1760 12, 2006: 1190 12, 2007: 1054 10, 2008: 1661 3, 2009: 1257 7, 2010: 1285 18, 2011: 738 20, 2012: 1775 20, 2013: 1461 28, 2014: 1133 26',
};

describe('the built replicas', () => {
  let dir: string;
  let events: ProgressEvent[];

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'stack-health-'));
    events = [];
    await buildReplicas(totals, dir, (event) => events.push(event));
  });

  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  describe.each(['corosync', 'drbd', 'pacemaker'] as const)('%s', (name) => {
    const path = () => join(dir, `${name}.git`);

    test('is whole for git', () => {
      expect(gitIn(path(), 'fsck', '--strict', '--full')).toBe('');
      expect(gitIn(path(), 'log', '--all', '--format=%T').split('\n').every(isEmptyTree)).toBe(true);
    });

    test('has the real numbers', () => {
      const all = commits(path(), '--all');
      const list = yearly(all, (line) => line.person);
      const counts = [...grouped(all, ({ month }) => month.slice(0, 4))].sort(([a], [b]) => (a < b ? -1 : 1));
      expect(counts.map(([year, lines], i) => `${year}: ${lines.length} ${list[i]}`).join(', ')).toBe(years[name]);
      expect(half(all)).toBe(figures[name].all);
      expect(half(commits(path(), 'HEAD'))).toBe(figures[name].main);
      expect(half(commits(path(), '--branches'))).toBe(figures[name].all);
      expect(mean(list)).toBeCloseTo(figures[name].people, 2);
      expect(mean(yearly(all, (line) => line.name))).toBeCloseTo(figures[name].names, 2);
    });

    test('has them in every month of both lines', () => {
      const project = totals.projects.find((one) => one.name === name);
      const main = commits(path(), 'HEAD');
      const other = project?.years.some((year) => year.other) ? commits(path(), 'stable', '^HEAD') : [];
      for (const year of project?.years ?? []) {
        for (let i = 0; i < 12; i++) {
          const month = `${year.year}-${String(i + 1).padStart(2, '0')}`;
          expect(count(main, month), month).toBe(year.main[i]);
          expect(count(other, month), month).toBe(year.other?.[i] ?? 0);
        }
      }
    });

    test('says of itself what it is, in UTC and with made-up addresses', () => {
      const lines = gitIn(path(), 'log', '--all', '--format=%s|%ad %cd|%ae|%ce', '--date=format:%z').split('\n');
      expect(
        lines.every((line) =>
          /^Replica commit \d+ of \w+\|\+0000 \+0000(?:\|[\w.]+@[\w.]*example\.(?:org|net)){2}$/.test(line),
        ),
      ).toBe(true);
    });

    test('has people who stay and do not all do the same', () => {
      const byPerson = grouped(commits(path(), '--all'), (line) => line.name);
      const spans = [...byPerson.values()].map((lines) => new Set(lines.map(({ month }) => month.slice(0, 4))).size);
      expect(mean(spans)).toBeGreaterThan(2);
      const shares = [...byPerson.values()].map((lines) => lines.length).sort((a, b) => b - a);
      expect(shares[0]).toBeGreaterThan(3 * (shares[Math.floor(shares.length / 2)] ?? 0));
    });
  });

  test('say how far they are', () => {
    expect(events.at(-1)).toEqual({ project: 'pacemaker', stage: 'fetch', done: 14187, total: 14187 });
  });

  test('are the same to the byte when built again, and replace only their own kind', async () => {
    const again = temporaryFolder();
    await buildReplicas(totals, again);
    await buildReplicas(totals, again);
    const files = readdirSync(dir, { recursive: true, encoding: 'utf8', withFileTypes: true });
    for (const entry of files.filter((one) => one.isFile())) {
      const path = join(entry.parentPath, entry.name);
      expect(readFileSync(path).equals(readFileSync(path.replace(dir, again))), path).toBe(true);
    }
    expect(readdirSync(again).sort()).toEqual(['corosync.git', 'drbd.git', 'pacemaker.git']);
  });
});

test("someone else's repository in the way stays", async () => {
  const dir = temporaryFolder();
  mkdirSync(join(dir, 'corosync.git'));
  writeFileSync(join(dir, 'corosync.git/config'), '[core]\n\tbare = true\n');
  const error = await failureOf(buildReplicas(totals, dir));
  expect(error.code).toBe('not-writable');
  expect(readdirSync(join(dir, 'corosync.git'))).toEqual(['config']);
});

test('an abort stops it', async () => {
  const error = await failureOf(buildReplicas(totals, temporaryFolder(), undefined, AbortSignal.abort()));
  expect(error.code).toBe('interrupted');
});

function isEmptyTree(tree: string): boolean {
  return tree === '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
}
