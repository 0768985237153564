-- title: Committers and authors per year
-- question: How many people write the changes, and how many put them in?
-- unit: people
-- better: up
-- window: calendar years up to the day of the report, authors by the author's date and committers by the committer's
-- source: CHAOSS, Committers (chaoss.community/?p=3945) and Contributors: distinct people in a period, both roles
-- trap: Neither is the number of people at work: a committer may only have applied what others wrote, and an author may
--   have sent one line.
-- trap: Where changes are merged on a web site, one account may be the committer of all of them, so that committers fall
--   while authors do not.
-- trap: Every name and address counts as a person until identities are merged.
-- trap: The last year is not over yet when the figures are taken within it.
WITH kept AS MATERIALIZED (
  SELECT s.date, s.committer_id, s.author_date, s.author_id
  FROM scmlog s
  JOIN health_contributions c ON c.commit_id = s.id
),
counted AS (
  SELECT YEAR(date) AS year, COUNT(DISTINCT committer_id) AS committers, 0 AS authors
  FROM kept
  WHERE date < DATE(:as_of, '+1 day')
  GROUP BY 1
  UNION ALL
  SELECT YEAR(author_date), 0, COUNT(DISTINCT author_id)
  FROM kept
  WHERE author_date < DATE(:as_of, '+1 day')
  GROUP BY 1
)
SELECT year, SUM(committers) AS committers, SUM(authors) AS authors
FROM counted
WHERE year IS NOT NULL
GROUP BY year
ORDER BY year;
