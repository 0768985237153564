-- title: Commits by weekday and hour
-- question: When do people work on it?
-- unit: commits
-- better: neither
-- window: the 36 months up to the day of the report
-- param months = 36: length of the window in months
-- source: CHAOSS, Activity Dates and Times; days and hours as the contributor's own clock had them; 1 is Monday
-- trap: The zone is the one their computer was set to: servers and bots work in UTC.
-- trap: The author's date is when a change was begun or last amended, not when the work was done.
-- trap: Regular office hours hint at paid work, and prove nothing about any one person.
SELECT
  (CAST(STRFTIME('%w', date) AS INTEGER) + 6) % 7 + 1 AS weekday,
  CAST(SUBSTR(date, 12, 2) AS INTEGER) AS hour,
  COUNT(*) AS commits
FROM health_contributions
WHERE date >= DATE(:as_of, '+1 day', '-' || :months || ' months', 'floor') AND date < DATE(:as_of, '+1 day')
GROUP BY 1, 2
ORDER BY 1, 2;
