-- title: Length of the history
-- question: For how long has it been developed?
-- unit: years
-- better: up
-- source: The thesis, chapter 8 (for how long the software has been developed); QSOS, legacy, age: from the first commit to the
--   day of the report, in years of 365.25 days; worked_percent is the share of calendar years since with a commit
-- trap: The first commit may be an import: a project can be older than its history.
-- trap: A wrong clock on an early commit makes a project look older, sometimes by decades.
-- trap: Age is no merit of its own: a project may have been silent for most of it (see worked_percent).
SELECT
  ROUND((JULIANDAY(:as_of) - JULIANDAY(DATE(MIN(date)))) / 365.25, 2) AS years,
  CAST(JULIANDAY(:as_of) - JULIANDAY(DATE(MIN(date))) AS INTEGER) AS days,
  DATE(MIN(date)) AS first_commit,
  ROUND(100.0 * COUNT(DISTINCT YEAR(date)) / (YEAR(:as_of) - YEAR(MIN(date)) + 1), 1) AS worked_percent
FROM scmlog
WHERE date < DATE(:as_of, '+1 day')
HAVING COUNT(*) > 0;
