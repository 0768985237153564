-- title: Committers against the usual year
-- question: Has it kept the committers it used to have?
-- unit: percent
-- better: up
-- window: the 12 months up to the day of the report, against the calendar years before the first of them
-- param months = 12: length of the window in months
-- source: The thesis, chapter 8, on figures 8.7 to 8.9 (some projects keep their average of active committers, one has lost
--   some), as one figure: committers of the window as a share of the mean over earlier years that had any
-- trap: A committer is whoever applied a commit, not always who wrote it; commits merged on a web site may all be
--   committed by one account.
-- trap: With a handful of people each one is many percent: read committers beside it.
-- trap: Unknown where no calendar year lies before the window. The first year of a history is seldom a whole one.
WITH years AS (
  SELECT YEAR(date) AS year, COUNT(DISTINCT committer_id) AS committers
  FROM scmlog
  WHERE YEAR(date) < YEAR(DATE(:as_of, '+1 day', '-' || :months || ' months', 'floor'))
  GROUP BY YEAR(date)
),
recent AS (
  SELECT COUNT(DISTINCT committer_id) AS committers
  FROM scmlog
  WHERE date >= DATE(:as_of, '+1 day', '-' || :months || ' months', 'floor') AND date < DATE(:as_of, '+1 day')
)
SELECT
  ROUND(100.0 * (SELECT committers FROM recent) / AVG(committers), 1) AS percent_of_usual,
  CASE WHEN COUNT(*) > 0 THEN (SELECT committers FROM recent) END AS committers,
  ROUND(AVG(committers), 1) AS usual,
  COUNT(*) AS years
FROM years;
