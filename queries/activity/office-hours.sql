-- title: Work in office hours
-- question: Is it somebody's job?
-- unit: percent of commits
-- better: neither
-- headline: office_hours_percent
-- window: the 12 months up to the day of the report
-- param months = 12: length of the window in months
-- source: CHAOSS, Activity Dates and Times: commits from Monday to Friday, 9:00 to 17:59 by the contributor's own clock
-- trap: It rests on the zone each computer was set to: counted in UTC it means nothing.
-- trap: Spread evenly over the week, 27 % of commits would fall in office hours.
-- trap: Office hours hint at paid work, and prove nothing about any one person; unknown where there are no commits.
SELECT
  ROUND(100.0 * SUM(is_weekday AND hour BETWEEN 9 AND 17) / COUNT(*), 1) AS office_hours_percent,
  ROUND(100.0 * SUM(NOT is_weekday) / COUNT(*), 1) AS weekend_percent,
  ROUND(100.0 * SUM(hour < 6) / COUNT(*), 1) AS night_percent,
  COUNT(*) AS commits
FROM (
  SELECT STRFTIME('%w', date) BETWEEN '1' AND '5' AS is_weekday, CAST(SUBSTR(date, 12, 2) AS INTEGER) AS hour
  FROM health_contributions
  WHERE date >= DATE(:as_of, '+1 day', '-' || :months || ' months', 'floor') AND date < DATE(:as_of, '+1 day')
) AS clock;
