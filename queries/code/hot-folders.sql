-- title: Folders changed most
-- question: Which parts of the code are being worked on?
-- unit: commits
-- better: neither
-- window: the 12 months up to the day of the report
-- param months = 12: length of the window in months
-- param most = 20: how many folders to list
-- source: This project: commits that touch a file right in the folder (not in folders below it), merges left out; "." is
--   the top folder
-- trap: A folder with many files is touched more often: it need not be in worse shape.
-- trap: A change to two folders counts in both, so that the figures add up to more than all commits.
-- trap: The same change on two branches (a backport) counts twice.
WITH recent AS MATERIALIZED (
  SELECT commit_id, person_id
  FROM health_contributions
  WHERE date >= DATE(:as_of, '+1 day', '-' || :months || ' months', 'floor') AND date < DATE(:as_of, '+1 day') AND merge = 0
),
changes AS (
  SELECT
    COALESCE(NULLIF(RTRIM(RTRIM(a.path, REPLACE(a.path, '/', '')), '/'), ''), '.') AS folder,
    a.path,
    r.commit_id,
    r.person_id
  FROM health_actions a
  JOIN recent r ON r.commit_id = a.commit_id
)
SELECT
  folder,
  COUNT(DISTINCT commit_id) AS commits,
  COUNT(DISTINCT path) AS files,
  COUNT(DISTINCT person_id) AS contributors
FROM changes
GROUP BY folder
ORDER BY commits DESC, files DESC, folder
LIMIT :most;
