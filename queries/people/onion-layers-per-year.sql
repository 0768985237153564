-- title: Core, regular and casual contributors per year
-- question: Does the circle around the core grow or shrink?
-- unit: contributors
-- better: up
-- window: calendar years up to the day of the report
-- source: The onion model as CHAOSS and Bitergia compute it, for each calendar year: by commits, largest first, the people
--   who make the first 80 % are the core, those up to 95 % are regular, the rest casual
-- trap: The border falls on the person who crosses it: they still belong to the inner layer.
-- trap: The last year is not over yet when the figures are taken within it; years without a commit have no row.
-- trap: It counts commits: reviewers, testers and whoever answers questions are in no layer.
WITH ranked AS (
  SELECT
    year,
    SUM(commits) OVER (PARTITION BY year ORDER BY commits DESC, person_id ROWS UNBOUNDED PRECEDING) - commits AS inside,
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
  SUM(100 * inside < 80 * total) AS core,
  SUM(100 * inside >= 80 * total AND 100 * inside < 95 * total) AS regular,
  SUM(100 * inside >= 95 * total) AS casual
FROM ranked
GROUP BY year
ORDER BY year;
