import type { Distance, Release, Series, VersionStanding } from '../model/deployment.js';
import type { BranchTip } from '../model/history.js';
import { plainScope } from '../model/measurement.js';
import type { Readable } from '../store/readable.js';
import { Ancestry } from './ancestry.js';
import { compareVersions, readVersion, type WrittenVersion } from './deployed-version.js';
import { yearBefore } from './headlines.js';
import { highest, isAbove, placedReleases, releaseOf, type PlacedRelease } from './release-line.js';

const DAY_MS = 86_400_000;
const YEAR_DAYS = 365.25;

/** What could be told of a version, or why nothing could. */
export type Found = { standing: VersionStanding; reason: null } | { standing: null; reason: string };

/**
 * Where a deployed version stands in its project's history on a day (YYYY-MM-DD), after CHAOSS's Libyears
 * (chaoss.community/?p=3976), with the dates of the commits that are tagged. Branches are those of the last collect.
 */
export function versionStanding(readable: Readable, project: string, version: string, day: string): Found {
  const scope = plainScope(project);
  const releases = placedReleases(readable, scope, day);
  const used = releaseOf(releases, version);
  const top = highest(releases);
  if (!used || !top) return { standing: null, reason: unknownReason(project, version, releases, day) };
  const ancestry = new Ancestry(readable, scope, day);
  const final = releases.filter(({ isPre }) => !isPre);
  const distance = (to: PlacedRelease, among: readonly PlacedRelease[]): Distance => ({
    to: plain(to),
    releases: among.filter((one) => isAbove(one, used) && !isAbove(one, to)).length,
    commits: ancestry.count(used.commit, to.commit),
    days: daysBetween(used.date, to.date),
  });
  const own = final.filter(({ series }) => series === used.series);
  const last = [used, highest(own) ?? used].reduce(higher);
  const newest = distance([last, top].reduce(higher), final);
  const series: Series = {
    name: used.series,
    behind: distance(last, own),
    ...seriesLife(ancestry, releases, { used, last, day }),
  };
  const libyears = Math.max(0, newest.days) / YEAR_DAYS;
  return { standing: { used: plain(used), series, newest, libyears }, reason: null };
}

/** The newest release of a project up to a day; null: it has none. */
export function newestRelease(readable: Readable, project: string, day: string): Release | null {
  const top = highest(placedReleases(readable, plainScope(project), day));
  return top ? plain(top) : null;
}

function seriesLife(
  ancestry: Ancestry,
  releases: readonly PlacedRelease[],
  { used, last, day }: { used: PlacedRelease; last: PlacedRelease; day: string },
): Omit<Series, 'name' | 'behind'> {
  const before = yearBefore(day);
  const isOwn = ({ series }: PlacedRelease): boolean => series === used.series;
  const recentReleases = releases.filter((one) => isOwn(one) && !one.isPre && one.date > before).length;
  const later = releases.filter((one) => !isOwn(one) && isAbove(one, last));
  const branch = branchOf(ancestry, last, later);
  const recentCommits = branch && ancestry.countAfter(branch.commit, before);
  const quiet = recentCommits === null ? null : recentCommits > 0 ? 'commits' : 'none';
  return {
    branch: branch?.name ?? null,
    recentReleases,
    recentCommits,
    commitsAhead: branch && ancestry.count(used.commit, branch.commit),
    fixes: recentReleases > 0 ? 'releases' : quiet,
  };
}

/**
 * The branch of a series: it holds the series' last release and none of a later series. Of several the default branch,
 * else one with the series' number in its name, else the one that moved last.
 */
function branchOf(ancestry: Ancestry, last: PlacedRelease, later: readonly PlacedRelease[]): BranchTip | null {
  const own = ancestry.branches.filter(({ commit }) => {
    const reach = ancestry.reach(commit);
    return reach.has(last.commit) && !later.some((one) => reach.has(one.commit));
  });
  const rank = ({ name, isDefault }: BranchTip): number => (isDefault ? 0 : isNamedFor(name, last.series) ? 1 : 2);
  const moved = ({ commit }: BranchTip): string => ancestry.youngest(commit);
  return own.sort((a, b) => rank(a) - rank(b) || moved(b).localeCompare(moved(a)))[0] ?? null;
}

function isNamedFor(branch: string, series: string): boolean {
  const numbers = branch.match(/\d+(?:[._]\d+)*/g) ?? [];
  return numbers.some((one) => one.replaceAll('_', '.') === series);
}

function unknownReason(project: string, version: string, releases: readonly PlacedRelease[], day: string): string {
  const top = highest(releases);
  if (!top) return `no tag of ${project} reads as a release up to ${day}`;
  const written = readVersion(version);
  if (!written) return `"${version}" can't be read as a version`;
  const near = nearest(releases, written) ?? top;
  return `no tag of ${project} up to ${day} is version ${version}; the nearest is ${near.tag}`;
}

/** The highest version below; else the lowest above. */
function nearest(releases: readonly PlacedRelease[], written: WrittenVersion): PlacedRelease | undefined {
  const sorted = releases.toSorted((a, b) => compareVersions(a.written, b.written));
  return sorted.findLast((one) => compareVersions(one.written, written) < 0) ?? sorted[0];
}

function higher(a: PlacedRelease, b: PlacedRelease): PlacedRelease {
  return isAbove(b, a) ? b : a;
}

function plain({ tag, version, date }: PlacedRelease): Release {
  return { tag, version, date };
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}
