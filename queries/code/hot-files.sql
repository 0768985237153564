-- title: Files changed most
-- question: Where does the work go?
-- unit: commits
-- better: neither
-- window: the 12 months up to the day of the report
-- param months = 12: length of the window in months
-- param most = 20: how many files to list
-- source: This project: commits that touch a path, merges left out
-- trap: A hot file may be a list that everyone adds to (a changelog, a build file), not a trouble spot.
-- trap: A renamed file is counted under both of its paths.
-- trap: The same change on two branches (a backport) counts twice.
WITH recent AS MATERIALIZED (
  SELECT commit_id, person_id, date
  FROM health_contributions
  WHERE date >= DATE(:as_of, '+1 day', '-' || :months || ' months', 'floor') AND date < DATE(:as_of, '+1 day') AND merge = 0
)
SELECT
  a.path,
  COUNT(DISTINCT r.commit_id) AS commits,
  COUNT(DISTINCT r.person_id) AS contributors,
  DATE(MAX(r.date)) AS last_change
FROM health_actions a
JOIN recent r ON r.commit_id = a.commit_id
GROUP BY a.path
ORDER BY commits DESC, contributors DESC, a.path
LIMIT :most;
