-- title: Commits of the last 12 months
-- question: How much work goes in now?
-- unit: commits
-- better: neither
-- headline: commits
-- window: the 12 months up to the day of the report; year_before are the 12 months before that
-- param months = 12: length of the window in months
-- source: CHAOSS, Code Changes Commits (chaoss.community/?p=4707): by the author's date, merges and empty commits included
-- trap: A commit is no unit of work: one project squashes what another sends in twenty steps.
-- trap: By the author's date, work that waits for review is counted late, under its old date.
-- trap: Few commits may mean a finished program as well as a neglected one.
SELECT
  COALESCE(SUM(date >= DATE(:as_of, '+1 day', '-' || :months || ' months', 'floor')), 0) AS commits,
  COALESCE(SUM(date < DATE(:as_of, '+1 day', '-' || :months || ' months', 'floor')), 0) AS year_before,
  COUNT(DISTINCT CASE WHEN date >= DATE(:as_of, '+1 day', '-' || :months || ' months', 'floor') THEN DATE(date) END) AS active_days
FROM health_contributions
WHERE date >= DATE(:as_of, '+1 day', '-' || (2 * :months) || ' months', 'floor') AND date < DATE(:as_of, '+1 day')
HAVING (SELECT COUNT(*) FROM health_contributions) > 0;
