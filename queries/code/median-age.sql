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
WITH latest AS MATERIALIZED (
  SELECT MAX(action_id) AS action_id FROM health_actions WHERE date < DATE(:as_of, '+1 day') GROUP BY file_id
),
live AS (
  SELECT a.path, MAX(a.date) AS date
  FROM latest l
  JOIN health_actions a ON a.action_id = l.action_id
  WHERE a.type <> 'D'
  GROUP BY a.path
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
