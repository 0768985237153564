-- title: Merges per year
-- question: How much of the history is putting branches together?
-- unit: percent of commits
-- better: neither
-- window: calendar years by the committer's date, up to the day of the report
-- source: This project: commits with more than one parent as a share of all
-- trap: Counted whatever the rule for merges says: leaving merges out would make it 0.
-- trap: A project that rebases or squashes has few merges and may review as much as one that has many.
-- trap: The last year is not over yet when the figures are taken within it.
WITH merges AS MATERIALIZED (
  SELECT commit_id FROM commit_graph GROUP BY commit_id HAVING COUNT(*) > 1
)
SELECT
  YEAR(s.date) AS year,
  COUNT(*) AS commits,
  COUNT(m.commit_id) AS merges,
  ROUND(100.0 * COUNT(m.commit_id) / COUNT(*), 1) AS merge_percent
FROM scmlog s
LEFT JOIN merges m ON m.commit_id = s.id
WHERE s.date < DATE(:as_of, '+1 day')
GROUP BY 1
ORDER BY year;
