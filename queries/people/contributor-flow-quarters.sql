-- title: New, kept and returning contributors per quarter
-- question: Do new people come, do they stay, and does anyone come back?
-- unit: contributors
-- better: up
-- window: the quarters that end with the one of the day of the report
-- param quarters = 16: how many quarters back
-- source: CHAOSS, New Contributors (3613) and Inactive Contributors (3614), by calendar quarter. Kept: active in the
--   quarter before too; returned: active earlier, but not in the quarter before; gone: active in the quarter before and not in this
--   one; inactive: everyone seen so far who is not active. Retention is kept as a share of the quarter before
-- trap: The first quarter makes everybody new, and so does an import: whoever worked before the history starts is not known.
-- trap: The last quarter is not over yet when the figures are taken within it; who is gone is not known before it is.
-- trap: A new address makes one person new and gone at once, unless identities are merged.
WITH RECURSIVE active AS MATERIALIZED (
  SELECT DISTINCT person_id, 4 * YEAR(date) + (MONTH(date) - 1) / 3 AS period
  FROM health_contributions
  WHERE date < DATE(:as_of, '+1 day')
),
before AS (
  SELECT person_id, period, LAG(period) OVER (PARTITION BY person_id ORDER BY period) AS last_period
  FROM active
),
counted AS (
  SELECT
    period,
    COUNT(*) AS contributors,
    SUM(last_period IS NULL) AS new_contributors,
    COALESCE(SUM(last_period = period - 1), 0) AS kept
  FROM before
  GROUP BY period
),
periods(period) AS (
  SELECT MAX((SELECT MIN(period) FROM active), 4 * YEAR(:as_of) + (MONTH(:as_of) - 1) / 3 - :quarters + 1) WHERE EXISTS (SELECT 1 FROM active)
  UNION ALL
  SELECT period + 1 FROM periods WHERE period < 4 * YEAR(:as_of) + (MONTH(:as_of) - 1) / 3
),
filled AS (
  SELECT
    p.period,
    COALESCE(c.contributors, 0) AS contributors,
    COALESCE(c.new_contributors, 0) AS new_contributors,
    COALESCE(c.kept, 0) AS kept,
    (SELECT contributors FROM counted b WHERE b.period = p.period - 1) AS contributors_before,
    (SELECT SUM(new_contributors) FROM counted e WHERE e.period <= p.period) AS seen,
    p.period < 4 * YEAR(:as_of) + (MONTH(:as_of) - 1) / 3 OR SUBSTR(:as_of, 6, 5) IN ('03-31', '06-30', '09-30', '12-31') AS is_over
  FROM periods p
  LEFT JOIN counted c ON c.period = p.period
)
SELECT
  period / 4 AS year,
  period % 4 + 1 AS quarter,
  contributors,
  new_contributors,
  kept,
  contributors - new_contributors - kept AS returned,
  CASE WHEN is_over THEN COALESCE(contributors_before, 0) - kept END AS gone,
  CASE WHEN is_over THEN seen - contributors END AS inactive,
  CASE WHEN is_over THEN ROUND(100.0 * kept / contributors_before, 1) END AS retention_percent
FROM filled
ORDER BY period;
