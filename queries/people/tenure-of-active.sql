-- title: Experience of the active contributors
-- question: Do the people who work on it now know it for long?
-- unit: years
-- better: neither
-- headline: median_years
-- window: contributors of the 12 months up to the day of the report; their tenure goes back over the whole history
-- source: This project: for each person with a commit in the window, the time from their first commit ever to their last;
--   the median over people. veterans_percent: the share of the window's commits by people whose first commit lies at least
--   two years back
-- trap: Long experience in few people is a strength and a risk at once: read it beside the absence factor.
-- trap: It can be no longer than the history: who worked before an import starts anew, as does a new address.
-- trap: Unknown where nobody contributed in the window.
WITH people AS (
  SELECT
    JULIANDAY(MAX(date)) - JULIANDAY(MIN(date)) AS days,
    MIN(date) < DATE(:as_of, '+1 day', '-24 months', 'floor') AS is_veteran,
    SUM(date >= DATE(:as_of, '+1 day', '-12 months', 'floor')) AS commits
  FROM health_contributions
  WHERE date < DATE(:as_of, '+1 day')
  GROUP BY person_id
  HAVING commits > 0
)
SELECT
  ROUND(MEDIAN(days) / 365.25, 2) AS median_years,
  ROUND(MAX(days) / 365.25, 1) AS longest_years,
  COUNT(*) AS contributors,
  ROUND(100.0 * SUM(CASE WHEN is_veteran THEN commits ELSE 0 END) / SUM(commits), 1) AS veterans_percent
FROM people;
