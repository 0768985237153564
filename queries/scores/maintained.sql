-- title: OpenSSF Scorecard, Maintained
-- question: Would Scorecard have called it maintained on that day?
-- unit: points of 10
-- better: up
-- headline: score
-- window: the 90 days up to the day of the report
-- source: OpenSSF Scorecard, Maintained: 0 for a project that is archived or younger than 90 days, else
--   min(10, floor(10 (commits + issues) / 12)), commits and issues with activity of the last 90 days; 12 is 90 days of one a
--   week, in whole numbers. Its lookback starts now; this one starts on the day of the report
-- trap: Activity on issues is not in a history: it is left out, and the score is the least that it can be.
-- trap: Whether the project is archived on its forge is not in a history either; an archived one scores 0 whatever it did.
-- trap: Scorecard looks at the last 30 commits of the default branch only; here every counted ref takes part.
-- trap: Ten commits in three months are enough for most points: a finished program scores 0.
WITH counted AS (
  SELECT
    SUM(date >= DATE(:as_of, '-89 days')) AS commits,
    CAST(JULIANDAY(:as_of) - JULIANDAY(DATE(MIN(date))) AS INTEGER) AS age_days
  FROM health_contributions
  WHERE date < DATE(:as_of, '+1 day')
  HAVING COUNT(*) > 0
)
SELECT
  CASE WHEN age_days < 90 THEN 0 ELSE MIN(10, 10 * commits / 12) END AS score,
  commits AS commits_of_90_days,
  age_days
FROM counted;
