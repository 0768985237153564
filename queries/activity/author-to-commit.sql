-- title: From author date to commit date
-- question: How long does a change wait before it goes in?
-- unit: days
-- better: down
-- window: calendar years of the commit date, up to the day of the report
-- source: This project: the time between a commit's author date and its committer date, zones taken into account
-- trap: It is no review time: a change that is merged as it was sent keeps both dates equal, however long it waited.
-- trap: Amending and rebasing set the committer's date anew, so that a rebase of a year-old branch looks like a year of
--   waiting.
-- trap: A clock that was wrong gives negative times; they count as no wait, and negative_percent says how many there are.
WITH waits AS (
  SELECT
    YEAR(s.date) AS year,
    UNIXEPOCH(s.date) - s.date_tz - UNIXEPOCH(s.author_date) + s.author_date_tz AS seconds
  FROM scmlog s
  JOIN health_contributions c ON c.commit_id = s.id
  WHERE s.date < DATE(:as_of, '+1 day')
)
SELECT
  year,
  COUNT(*) AS commits,
  ROUND(MEDIAN(MAX(seconds, 0)) / 86400.0, 2) AS median_days,
  ROUND(PERCENTILE(MAX(seconds, 0), 90) / 86400.0, 2) AS p90_days,
  ROUND(100.0 * SUM(seconds > 86400) / COUNT(*), 1) AS over_a_day_percent,
  ROUND(100.0 * SUM(seconds > 30 * 86400) / COUNT(*), 1) AS over_30_days_percent,
  ROUND(100.0 * SUM(seconds < 0) / COUNT(*), 1) AS negative_percent
FROM waits
WHERE year IS NOT NULL
GROUP BY year
ORDER BY year;
