-- title: Active days and weeks per year
-- question: On how many days was somebody at work?
-- unit: days
-- better: up
-- window: calendar years up to the day of the report
-- source: CHAOSS, Activity Dates and Times; days and weeks (Monday to Sunday) with at least one commit
-- trap: A day is the contributor's own, in whatever zone: work around midnight falls on either side.
-- trap: The last year is not over yet when the figures are taken within it; years without a commit have no row.
-- trap: More people fill more days: it is no measure of how hard anybody works.
SELECT
  YEAR(date) AS year,
  COUNT(DISTINCT DATE(date)) AS active_days,
  COUNT(DISTINCT STRFTIME('%W', date)) AS active_weeks,
  COUNT(*) AS commits
FROM health_contributions
WHERE date < DATE(:as_of, '+1 day')
GROUP BY 1
ORDER BY year;
