-- title: Time since the last release
-- question: Is what is in the repository reaching its users?
-- unit: days
-- better: down
-- headline: days_since_release
-- window: from the last release to the day of the report
-- source: CHAOSS, Release Frequency (chaoss.community/?p=4765): days from the last tag that reads as a version and is no
--   pre-release; commits_since are those with a later date
-- trap: The date is that of the tagged commit: a tag that was set later, or moved, does not show.
-- trap: The last release may be of an old branch; the version stands beside it.
-- trap: Unknown, not zero, where no tag reads as a version. A finished program needs no release.
WITH last AS (
  SELECT version, tag, date
  FROM health_releases
  WHERE pre = 0 AND date < DATE(:as_of, '+1 day')
  ORDER BY date DESC, major DESC, minor DESC, patch DESC, tag
  LIMIT 1
),
ahead AS (
  SELECT version, date
  FROM health_releases
  WHERE pre = 1 AND date < DATE(:as_of, '+1 day') AND date > (SELECT date FROM last)
  ORDER BY date DESC, tag
  LIMIT 1
)
SELECT
  CAST(JULIANDAY(:as_of) - JULIANDAY(DATE(l.date)) AS INTEGER) AS days_since_release,
  l.version,
  DATE(l.date) AS released,
  (SELECT COUNT(*) FROM scmlog WHERE date > l.date AND date < DATE(:as_of, '+1 day')) AS commits_since,
  (SELECT version FROM ahead) AS newer_prerelease
FROM (SELECT 1) AS one
LEFT JOIN last l ON 1;
