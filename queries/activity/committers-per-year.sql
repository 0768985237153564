-- title: Committers per year
-- question: On how many people does the project rest?
-- unit: committers
-- better: up
-- source: The thesis's figures 8.7 to 8.9 as a single query
-- trap: A committer is whoever applied a commit, not always who wrote it; commits merged on a web site may all be
--   committed by one account.
-- trap: The same person with two names or addresses counts twice, unless people are counted by name; bots count as people.
-- trap: The last year is not over yet when the figures are taken within it.
SELECT YEAR(s.date) AS year, COUNT(DISTINCT p.id) AS committers
FROM scmlog s, people p
WHERE s.committer_id = p.id
GROUP BY YEAR(s.date)
ORDER BY year;
