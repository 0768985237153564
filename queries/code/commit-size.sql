-- title: Commit size per year
-- question: Are changes small enough to be read?
-- unit: files and lines a commit
-- better: down
-- window: calendar years up to the day of the report
-- source: CHAOSS, Change Request Commits and Code Changes: files touched and lines added plus removed by a commit; median
--   and 90th percentile over commits that touch files, merges left out
-- trap: Small commits are easy to read only where each is whole: a change may come in twenty pieces.
-- trap: Renamed folders, imports and generated files make commits large without making them hard.
-- trap: Lines are unknown, not zero, where the history was collected without them (health collect --lines); so are files
--   where it was collected without actions.
WITH files AS MATERIALIZED (
  SELECT commit_id, COUNT(*) AS files FROM health_actions GROUP BY commit_id
),
lines AS MATERIALIZED (
  SELECT commit_id, SUM(added) + SUM(removed) AS lines FROM health_lines GROUP BY commit_id
)
SELECT
  YEAR(c.date) AS year,
  COUNT(f.files) AS commits,
  MEDIAN(f.files) AS median_files,
  ROUND(PERCENTILE(f.files, 90), 1) AS p90_files,
  MEDIAN(l.lines) AS median_lines,
  ROUND(PERCENTILE(l.lines, 90), 1) AS p90_lines
FROM health_contributions c
LEFT JOIN files f ON f.commit_id = c.commit_id
LEFT JOIN lines l ON l.commit_id = c.commit_id
WHERE c.merge = 0 AND c.date < DATE(:as_of, '+1 day')
GROUP BY 1
ORDER BY year;
