-- title: Median code age
-- question: How much of the code has been touched lately?
-- unit: years
-- better: neither
-- headline: median_years
-- band: role, merges, refs, time, bots
-- window: files that exist on the day of the report
-- source: This project: the time from each path's last action to the day of the report; the median over files
-- trap: A file is as young as its last change: a new copyright line makes all of it new.
-- trap: Old is not bad: code that works is left alone.
-- trap: A file counts where any counted branch still has it: branches of old releases keep files that the default branch
--   lost long ago (choose refs to leave them out).
-- trap: Unknown where the history was collected without actions (health collect --no-actions).
WITH latest AS (
  SELECT a.file_id, a.path, a.type, c.date, MAX(a.action_id)
  FROM health_actions a
  JOIN health_contributions c ON c.commit_id = a.commit_id
  WHERE c.date < DATE(:as_of, '+1 day')
  GROUP BY a.file_id
),
live AS (
  SELECT path, MAX(date) AS date FROM latest WHERE type <> 'D' GROUP BY path
),
aged AS (
  SELECT (JULIANDAY(:as_of) - JULIANDAY(DATE(date))) / 365.25 AS years FROM live
)
SELECT
  ROUND(MEDIAN(years), 2) AS median_years,
  ROUND(100.0 * SUM(years <= 1) / COUNT(*), 1) AS last_year_percent,
  ROUND(100.0 * SUM(years > 5) / COUNT(*), 1) AS over_5_years_percent,
  NULLIF(COUNT(*), 0) AS files
FROM aged;
