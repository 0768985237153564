-- title: Contributor Absence Factor
-- question: How many people would have to stay away before half of the work is missing?
-- unit: contributors
-- better: up
-- headline: absence_factor
-- window: the 12 months up to the day of the report; absence_factor_ever is of the whole history
-- param months = 12: length of the window in months
-- param threshold = 50: the share of the work that counts as too much to lose, percent
-- source: CHAOSS, Contributor Absence Factor (chaoss.community/?p=3944): the smallest number of contributors whose
--   commits reach the threshold together. Here reaching it is enough (>=); over_threshold asks for more than it (>).
-- trap: The definition leaves ties open: two people with half of the commits each give 1 by "reaches half" and 2 by
--   "more than half". Where absence_factor and over_threshold differ, the figure hangs on that.
-- trap: It counts commits, not knowledge or hours: who commits in small steps weighs more, and a reviewer nothing.
-- trap: One person with two identities is two contributors, which lowers or raises the figure; so does a bot.
-- trap: A quiet year has few commits, and then one or two people can be half of them without anything being wrong.
WITH counted AS (
  SELECT person_id, COUNT(*) AS ever, SUM(date >= DATE(:as_of, '+1 day', '-' || :months || ' months', 'floor')) AS recent
  FROM health_contributions
  WHERE date < DATE(:as_of, '+1 day')
  GROUP BY person_id
),
recent AS (
  SELECT
    recent AS commits,
    ROW_NUMBER() OVER (ORDER BY recent DESC, person_id) AS place,
    SUM(recent) OVER (ORDER BY recent DESC, person_id ROWS UNBOUNDED PRECEDING) AS reached,
    SUM(recent) OVER () AS total
  FROM counted
  WHERE recent > 0
),
ever AS (
  SELECT
    ROW_NUMBER() OVER (ORDER BY ever DESC, person_id) AS place,
    SUM(ever) OVER (ORDER BY ever DESC, person_id ROWS UNBOUNDED PRECEDING) AS reached,
    SUM(ever) OVER () AS total
  FROM counted
)
SELECT
  MIN(CASE WHEN 100 * reached >= :threshold * total THEN place END) AS absence_factor,
  MIN(CASE WHEN 100 * reached > :threshold * total THEN place END) AS over_threshold,
  COUNT(*) AS contributors,
  COALESCE(MAX(total), 0) AS commits,
  ROUND(100.0 * MAX(commits) / MAX(total), 1) AS top_percent,
  (SELECT MIN(place) FROM ever WHERE 100 * reached >= :threshold * total) AS absence_factor_ever
FROM recent;
