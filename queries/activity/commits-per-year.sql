-- title: Commits per year
-- question: Is the project getting busier or quieter over the years?
-- unit: commits
-- better: neither
-- source: The thesis's figures 8.4 to 8.6: its query of commits per day, added up by year
-- trap: Merges count as commits, and so does whatever any collected branch holds.
-- trap: A year is the committer's own: the wall clock of the commit. Years without a commit have no row.
-- trap: The last year is not over yet when the figures are taken within it.
-- trap: Rewriting a history, or importing it from another system, can change these figures after the fact.
SELECT year, SUM(commits) AS commits
FROM (
  SELECT YEAR(date) AS year, MONTH(date) AS month, DAY(date) AS day, COUNT(*) AS commits
  FROM scmlog
  GROUP BY YEAR(date), MONTH(date), DAY(date)
) AS days
GROUP BY year
ORDER BY year;
