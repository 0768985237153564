-- title: Core, regular and casual contributors
-- question: How many people carry it, how many help, and how many pass by?
-- unit: contributors
-- better: up
-- headline: core
-- window: the 12 months up to the day of the report
-- param months = 12: length of the window in months
-- source: The onion model as CHAOSS and Bitergia compute it: by commits, largest first, the people who make the first 80 %
--   are the core, those up to 95 % are regular, the rest casual
-- trap: The border falls on the person who crosses it: they still belong to the inner layer.
-- trap: In a small project the core is nearly everybody, and a casual contributor cannot show.
-- trap: It counts commits: reviewers, testers and whoever answers questions are in no layer.
WITH counted AS (
  SELECT person_id, COUNT(*) AS commits
  FROM health_contributions
  WHERE date >= DATE(:as_of, '+1 day', '-' || :months || ' months', 'floor') AND date < DATE(:as_of, '+1 day')
  GROUP BY person_id
),
ranked AS (
  SELECT
    commits,
    SUM(commits) OVER (ORDER BY commits DESC, person_id ROWS UNBOUNDED PRECEDING) - commits AS inside,
    SUM(commits) OVER () AS total
  FROM counted
)
SELECT
  SUM(100 * inside < 80 * total) AS core,
  SUM(100 * inside >= 80 * total AND 100 * inside < 95 * total) AS regular,
  SUM(100 * inside >= 95 * total) AS casual,
  COALESCE(MAX(total), 0) AS commits
FROM ranked;
