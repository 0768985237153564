-- title: Contributor retention
-- question: Of those who worked on it a year ago, how many still do?
-- unit: percent
-- better: up
-- headline: retention_percent
-- window: the 12 months up to the day of the report, against the 12 months before
-- param months = 12: length of each of the two windows in months
-- source: Contributors of the window before who also contributed in the window, as a share of the former. There is no
--   fixed formula; retained_90_days is Bitergia's: active in the last 90 days, and earlier too
-- trap: With a handful of people each one is many percent: read contributors_before beside it.
-- trap: Unknown where nobody contributed in the window before.
-- trap: A person who changed their address in between counts as lost and as new.
WITH people AS (
  SELECT
    person_id,
    MAX(date) >= DATE(:as_of, '+1 day', '-' || :months || ' months', 'floor') AS is_active,
    MAX(
      date >= DATE(:as_of, '+1 day', '-' || (2 * :months) || ' months', 'floor')
      AND date < DATE(:as_of, '+1 day', '-' || :months || ' months', 'floor')
    ) AS was_active,
    MAX(date) >= DATE(:as_of, '-89 days') AS is_recent,
    MIN(date) < DATE(:as_of, '-89 days') AS is_known
  FROM health_contributions
  WHERE date < DATE(:as_of, '+1 day')
  GROUP BY person_id
)
SELECT
  ROUND(100.0 * SUM(is_active AND was_active) / NULLIF(SUM(was_active), 0), 1) AS retention_percent,
  COALESCE(SUM(was_active), 0) AS contributors_before,
  COALESCE(SUM(is_active AND was_active), 0) AS kept,
  COALESCE(SUM(was_active AND NOT is_active), 0) AS gone,
  COALESCE(SUM(is_recent), 0) AS active_90_days,
  COALESCE(SUM(is_recent AND is_known), 0) AS retained_90_days
FROM people;
