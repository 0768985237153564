-- title: Files that change together
-- question: Which files are tied together, whatever their folders say?
-- unit: commits
-- better: neither
-- window: the 24 months up to the day of the report
-- param months = 24: length of the window in months
-- param largest = 30: commits that touch more files are left out
-- param least = 3: pairs that changed together less often are left out
-- param most = 20: how many pairs to list
-- source: Logical coupling (Gall and others 1998; Zimmermann and others 2004): commits that touch both files, as a share
--   of the commits that touch the one which changes less often
-- trap: A source file and its header, or its test, are tied by nature.
-- trap: Large commits tie everything to everything: they are left out, and so are merges.
-- trap: Two files that are always changed by the same series of small commits do not show.
WITH touched AS MATERIALIZED (
  SELECT DISTINCT a.commit_id, a.path
  FROM health_actions a
  JOIN health_contributions c ON c.commit_id = a.commit_id
  WHERE c.merge = 0
    AND c.date >= DATE(:as_of, '+1 day', '-' || :months || ' months', 'floor') AND c.date < DATE(:as_of, '+1 day')
),
often AS MATERIALIZED (
  SELECT path, COUNT(*) AS commits FROM touched GROUP BY path HAVING COUNT(*) >= :least
),
small AS MATERIALIZED (
  SELECT t.commit_id, t.path, o.commits
  FROM touched t
  JOIN often o ON o.path = t.path
  WHERE t.commit_id IN (SELECT commit_id FROM touched GROUP BY commit_id HAVING COUNT(*) BETWEEN 2 AND :largest)
)
SELECT
  a.path AS file,
  b.path AS other_file,
  COUNT(*) AS together,
  ROUND(100.0 * COUNT(*) / MIN(a.commits, b.commits), 1) AS percent
FROM small a
JOIN small b ON b.commit_id = a.commit_id AND b.path > a.path
GROUP BY a.path, b.path
HAVING COUNT(*) >= :least
ORDER BY together DESC, percent DESC, a.path, b.path
LIMIT :most;
