-- title: Releases per year
-- question: Do new versions keep coming?
-- unit: releases
-- better: up
-- window: calendar years from the first release to the day of the report
-- source: CHAOSS, Release Frequency (chaoss.community/?p=4765): tags that read as a version, by the date of the commit
--   they stand on; pre-releases apart
-- trap: A tag is not a release: some are never announced, and some releases carry no tag.
-- trap: Old releases may have been tagged afterwards, or only since the project moved to git.
-- trap: Maintenance releases of old branches count like new versions.
WITH RECURSIVE versions AS MATERIALIZED (
  SELECT version, MAX(pre) AS pre, YEAR(MIN(date)) AS year
  FROM health_releases
  WHERE date < DATE(:as_of, '+1 day')
  GROUP BY version
),
years(year) AS (
  SELECT MIN(year) FROM versions HAVING COUNT(*) > 0
  UNION ALL
  SELECT year + 1 FROM years WHERE year < YEAR(:as_of)
)
SELECT y.year, COALESCE(SUM(v.pre = 0), 0) AS releases, COALESCE(SUM(v.pre = 1), 0) AS prereleases
FROM years y
LEFT JOIN versions v ON v.year = y.year
GROUP BY y.year
ORDER BY y.year;
