-- title: OpenSSF criticality score, from git
-- question: How much would others depend on it, going by its history?
-- unit: 0 to 1
-- better: neither
-- headline: score
-- window: the whole history for age and contributors, the 52 weeks up to the day of the report for commits and releases
-- param least_known = 75: organisations count only where that of so many percent of the commits is known
-- source: OpenSSF criticality_score, the weights of Rob Pike: sum(a f(S)) / sum(a), f = ln(1 + clamp(S, 0, T)) / ln(1 + T);
--   updated_since counts as T - S. Weights and thresholds: created_since 1, 120; updated_since 1, 120; contributor_count 2,
--   5000; org_count 1, 10; commit_frequency 1, 1000; recent_release_count 0.5, 26. Months are 30 days, whole ones
-- trap: 0 is least and 1 most critical, and criticality is no health: it says how much may hang on a project, not how well it is.
-- trap: Issues, comments and dependents are not in a history. They drop out of both sums, as does any input that is
--   unknown (weights_used of 10 tells): the score is not comparable with a published one, nor with one of other inputs.
-- trap: Contributors are counted by identity over the whole history: every old address is one more.
WITH kept AS (
  SELECT person_id, organization, date
  FROM health_contributions
  WHERE date < DATE(:as_of, '+1 day')
),
signals AS (
  SELECT
    CAST((JULIANDAY(:as_of) - JULIANDAY(DATE(MIN(date)))) / 30 AS INTEGER) AS created_since,
    CAST((JULIANDAY(:as_of) - JULIANDAY(DATE(MAX(date)))) / 30 AS INTEGER) AS updated_since,
    COUNT(DISTINCT person_id) AS contributor_count,
    CASE
      WHEN COUNT(organization) * 100 >= :least_known * COUNT(*) THEN COUNT(DISTINCT organization)
    END AS org_count,
    SUM(date >= DATE(:as_of, '-363 days')) / 52.0 AS commit_frequency,
    (
      SELECT SUM(first >= DATE(:as_of, '-363 days'))
      FROM (
        SELECT MIN(date) AS first
        FROM health_releases
        WHERE pre = 0 AND date < DATE(:as_of, '+1 day')
        GROUP BY version
      ) AS versions
    ) AS recent_release_count
  FROM kept
  HAVING COUNT(*) > 0
),
inputs(weight, value) AS (
  SELECT 1, LN(1 + MIN(MAX(created_since, 0), 120)) / LN(121) FROM signals
  UNION ALL
  SELECT 1, LN(1 + 120 - MIN(MAX(updated_since, 0), 120)) / LN(121) FROM signals
  UNION ALL
  SELECT 2, LN(1 + MIN(contributor_count, 5000)) / LN(5001) FROM signals
  UNION ALL
  SELECT 1, LN(1 + MIN(org_count, 10)) / LN(11) FROM signals
  UNION ALL
  SELECT 1, LN(1 + MIN(commit_frequency, 1000)) / LN(1001) FROM signals
  UNION ALL
  SELECT 0.5, LN(1 + MIN(recent_release_count, 26)) / LN(27) FROM signals
)
SELECT
  (SELECT ROUND(SUM(weight * value) / SUM(CASE WHEN value IS NOT NULL THEN weight END), 5) FROM inputs) AS score,
  (SELECT SUM(CASE WHEN value IS NOT NULL THEN weight END) FROM inputs) AS weights_used,
  created_since,
  updated_since,
  contributor_count,
  org_count,
  ROUND(commit_frequency, 2) AS commit_frequency,
  recent_release_count
FROM signals;
