-- title: Commits per month
-- question: Does work come steadily or in bursts?
-- unit: commits
-- better: neither
-- source: The thesis's query of commits per day, by calendar month
-- trap: Months without a commit have no row.
-- trap: A month is the committer's own: the wall clock of the commit, which a rebase sets anew.
-- trap: The last month is not over yet when the figures are taken within it.
SELECT YEAR(s.date) AS year, MONTH(s.date) AS month, COUNT(*) AS commits
FROM scmlog s
GROUP BY YEAR(s.date), MONTH(s.date)
ORDER BY year, month;
