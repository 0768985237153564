-- title: Contributor Absence Factor per year
-- question: Has the work come to rest on fewer people, or on more?
-- unit: contributors
-- better: up
-- window: calendar years up to the day of the report
-- param threshold = 50: the share of the work that counts as too much to lose, percent
-- source: CHAOSS, Contributor Absence Factor (chaoss.community/?p=3944), for each calendar year: the smallest number of
--   contributors whose commits reach the threshold (>=) together
-- trap: The last year is not over yet when the figures are taken within it; few commits make the figure jump.
-- trap: Years without a commit have no row: nobody can be missing from them.
-- trap: Who moved to another address within the year counts twice, unless identities are merged.
WITH ranked AS (
  SELECT
    year,
    commits,
    ROW_NUMBER() OVER (PARTITION BY year ORDER BY commits DESC, person_id) AS place,
    SUM(commits) OVER (PARTITION BY year ORDER BY commits DESC, person_id ROWS UNBOUNDED PRECEDING) AS reached,
    SUM(commits) OVER (PARTITION BY year) AS total
  FROM (
    SELECT YEAR(date) AS year, person_id, COUNT(*) AS commits
    FROM health_contributions
    WHERE date < DATE(:as_of, '+1 day')
    GROUP BY 1, 2
  ) AS counted
)
SELECT
  year,
  MIN(CASE WHEN 100 * reached >= :threshold * total THEN place END) AS absence_factor,
  COUNT(*) AS contributors,
  SUM(commits) AS commits,
  ROUND(100.0 * MAX(commits) / SUM(commits), 1) AS top_percent
FROM ranked
GROUP BY year
ORDER BY year;
