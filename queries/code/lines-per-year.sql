-- title: Lines changed per year
-- question: How much of the code changes?
-- unit: lines
-- better: neither
-- window: calendar years up to the day of the report
-- source: CHAOSS, Code Changes Lines (chaoss.community/?p=3591): lines added and lines removed, summed over commits
-- trap: An edited line counts twice, as one removed and one added; a moved file may count as all of its lines.
-- trap: Imports, generated files, translations and reformatting outweigh a year of work.
-- trap: Unknown where the history was collected without lines (health collect --lines): then there are no rows.
WITH lines AS MATERIALIZED (
  SELECT commit_id, SUM(added) AS added, SUM(removed) AS removed FROM health_lines GROUP BY commit_id
)
SELECT
  YEAR(c.date) AS year,
  COALESCE(SUM(l.added), 0) AS added,
  COALESCE(SUM(l.removed), 0) AS removed,
  COALESCE(SUM(l.added), 0) + COALESCE(SUM(l.removed), 0) AS changed,
  COUNT(*) AS commits
FROM health_contributions c
LEFT JOIN lines l ON l.commit_id = c.commit_id
WHERE c.date < DATE(:as_of, '+1 day') AND EXISTS (SELECT 1 FROM lines)
GROUP BY 1
ORDER BY year;
