-- title: Active weeks
-- question: Is somebody at work all the time, or now and then?
-- unit: percent of weeks
-- better: up
-- headline: active_weeks_percent
-- window: the 13 weeks up to the day of the report; the year is the 52 weeks up to it
-- source: CHAOSS (chaoss.community/?p=4455): the share of weeks with a commit in the last 90 days; here 13 weeks of seven
--   days, counted back from the day of the report
-- trap: A commit on one day makes a week active, whether there was one or a hundred.
-- trap: By the author's date: work that is merged later fills a week after the fact.
-- trap: A finished program needs few weeks.
WITH days AS (
  SELECT DISTINCT CAST(JULIANDAY(:as_of) - JULIANDAY(DATE(date)) AS INTEGER) AS days_ago
  FROM health_contributions
  WHERE date >= DATE(:as_of, '-363 days') AND date < DATE(:as_of, '+1 day')
)
SELECT
  ROUND(100.0 * COUNT(DISTINCT CASE WHEN days_ago < 91 THEN days_ago / 7 END) / 13, 1) AS active_weeks_percent,
  COUNT(DISTINCT CASE WHEN days_ago < 91 THEN days_ago / 7 END) AS active_weeks_of_13,
  COUNT(CASE WHEN days_ago < 91 THEN 1 END) AS active_days_of_91,
  COUNT(DISTINCT days_ago / 7) AS active_weeks_of_52,
  COUNT(days_ago) AS active_days_of_364
FROM days
HAVING (SELECT COUNT(*) FROM health_contributions) > 0;
