import { between, dayText, until, type Check } from '../signals.js';
import { gapsOf, percentileOf } from '../statistics.js';
import { activeDays } from './silence.js';

/** No release for longer than its own rhythm lets expect, though there is something to release. */
export const releaseOverdue: Check<'release-overdue'> = ({ id, kind, params }, signals, day) => {
  const { percentile, factor, at_least_days: atLeast, gaps: most, least_gaps: least, least_commits: waiting } = params;
  const releases = until(signals.releases, day);
  const last = releases.at(-1);
  const gaps = gapsOf(activeDays(releases)).slice(-most);
  if (!last || gaps.length < least) return [];
  const usual = percentileOf(gaps, percentile);
  const limit = Math.max(atLeast, factor * usual);
  const since = day - last.day;
  const commits = between(signals.contributions, last.day, day).reduce((sum, one) => sum + one.commits, 0);
  if (since <= limit || commits < waiting) return [];
  return [
    {
      rule: id,
      kind,
      project: signals.project,
      subject: '',
      text: `no release for ${since} days, since ${last.version}, and ${commits} commits wait for one; ${percentile} % of its last ${gaps.length} intervals were at most ${usual} days`,
      evidence: {
        query: 'watch/releases',
        sha256: signals.queries['watch/releases'] ?? null,
        window: `the last ${gaps.length} intervals between releases, up to ${dayText(last.day)}`,
        figures: [
          { name: 'last release', value: dayText(last.day), unit: 'day' },
          { name: 'version', value: last.version, unit: 'tag' },
          { name: 'since', value: since, unit: 'days' },
          { name: 'limit', value: limit, unit: 'days' },
          { name: `percentile ${percentile}`, value: usual, unit: 'days' },
          { name: 'commits since', value: commits, unit: 'commits' },
        ],
      },
    },
  ];
};
