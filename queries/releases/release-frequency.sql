-- title: Release frequency
-- question: How often does a new version come out?
-- unit: releases
-- better: up
-- headline: releases
-- window: the 12 months up to the day of the report; the median is over the last 10 releases
-- param months = 12: length of the window in months
-- source: CHAOSS, Release Frequency (chaoss.community/?p=4765): tags that read as a version (semver and other schemes),
--   pre-releases apart
-- trap: A tag is not a release: some are never announced, and some releases carry no tag.
-- trap: The date is that of the tagged commit: a tag that was set later, or moved, does not show.
-- trap: Unknown, not zero, where no tag reads as a version.
WITH versions AS (
  SELECT version, MAX(pre) AS pre, MIN(date) AS date
  FROM health_releases
  WHERE date < DATE(:as_of, '+1 day')
  GROUP BY version
),
final AS (
  SELECT date, JULIANDAY(date) - JULIANDAY(LAG(date) OVER (ORDER BY date)) AS gap, ROW_NUMBER() OVER (ORDER BY date DESC) AS place
  FROM versions
  WHERE pre = 0
)
SELECT
  SUM(pre = 0 AND date >= DATE(:as_of, '+1 day', '-' || :months || ' months', 'floor')) AS releases,
  SUM(pre = 1 AND date >= DATE(:as_of, '+1 day', '-' || :months || ' months', 'floor')) AS prereleases,
  SUM(
    pre = 0
    AND date >= DATE(:as_of, '+1 day', '-' || (2 * :months) || ' months', 'floor')
    AND date < DATE(:as_of, '+1 day', '-' || :months || ' months', 'floor')
  ) AS year_before,
  (SELECT ROUND(MEDIAN(gap), 0) FROM final WHERE place < 10) AS median_days_between,
  SUM(pre = 0) AS releases_ever
FROM versions;
