-- title: Commits per day
-- question: How has the project's activity evolved since it began?
-- unit: commits
-- better: neither
-- stands-for: activity/commits-per-month
-- source: The thesis, chapter 8, the query behind figures 8.4 to 8.6, as printed
-- trap: A day is the committer's own: the wall clock of the commit, in whatever zone it was made.
-- trap: A history that was rewritten or imported carries the dates that were put into it then.
-- trap: Days without a commit have no row.
SELECT YEAR(date), MONTH(date), DAY(date), COUNT(*) FROM scmlog GROUP BY YEAR(date), MONTH(date), DAY(date);
