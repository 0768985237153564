import type { Release } from '../model/deployment.js';
import type { Scope } from '../model/measurement.js';
import type { Readable } from '../store/readable.js';
import { compareVersions, readVersion, type WrittenVersion } from './deployed-version.js';

/** A release, and where it stands among the others. */
export interface PlacedRelease extends Release {
  commit: number;
  isPre: boolean;
  isCalendar: boolean;
  written: WrittenVersion;
  /** What versions of its series begin with: `1.4`. */
  series: string;
}

const RELEASES = `
SELECT tag, version, DATE(date), commit_id, pre, scheme, major, minor, patch FROM health_releases
WHERE date < DATE(:as_of, '+1 day') ORDER BY date, tag`;

/** The releases up to a day, the earliest first; of several tags of one version the first. */
export function placedReleases(readable: Readable, scope: Scope, day: string): PlacedRelease[] {
  const seen = new Set<string>();
  return readable.query({ ...scope, asOf: null }, RELEASES, { as_of: day }).rows.flatMap((row): PlacedRelease[] => {
    const [tag, version, date, commit, pre, scheme, major, minor, patch] = row;
    const written = readVersion(String(version));
    if (!written || seen.has(JSON.stringify(written))) return [];
    seen.add(JSON.stringify(written));
    // Of three numbers the first two, of two the first: what the last one counts are the series' releases.
    const parts = patch !== null ? [major, minor] : minor !== null ? [major] : [];
    return [
      {
        tag: String(tag),
        version: String(version),
        date: String(date),
        commit: Number(commit),
        isPre: Number(pre) === 1,
        isCalendar: scheme === 'calver',
        written,
        series: parts.join('.'),
      },
    ];
  });
}

/** Whether `a` is a later version than `b`: by their numbers, by day where only one of them counts in years. */
export function isAbove(a: PlacedRelease, b: PlacedRelease): boolean {
  if (a.isCalendar !== b.isCalendar) return a.date > b.date;
  return compareVersions(a.written, b.written) > 0;
}

/** The latest version; pre-releases only count where there is nothing else. */
export function highest(releases: readonly PlacedRelease[]): PlacedRelease | undefined {
  const final = releases.filter(({ isPre }) => !isPre);
  return (final.length > 0 ? final : releases).reduce<PlacedRelease | undefined>(
    (best, one) => (best && !isAbove(one, best) ? best : one),
    undefined,
  );
}

/** The release that a written version means: by its tag's very name, else by numbers and pre-release. */
export function releaseOf(releases: readonly PlacedRelease[], version: string): PlacedRelease | undefined {
  const exact = releases.find(({ tag }) => tag === version.trim());
  const written = readVersion(version);
  if (exact || !written) return exact;
  return releases.find((one) => compareVersions(one.written, written) === 0);
}
