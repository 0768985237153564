-- title: Growth
-- question: Does the pace of work rise or fall?
-- unit: percent
-- better: neither
-- headline: growth_percent
-- window: the 12 months up to the day of the report, its second half against its first
-- param months = 12: length of the window in months, an even number
-- source: Growth as (C2 - C1) / C1 over the two halves of a period, C the number of commits (CHAOSS, Code Changes Commits)
-- trap: A half year holds holidays and releases: a single figure says little about a trend (see commits per year).
-- trap: Unknown where the first half has no commit; after very few, a handful more are hundreds of percent.
-- trap: The second half may still gain commits that are on their way under their authors' dates.
WITH halves AS (
  SELECT
    COALESCE(SUM(date >= DATE(:as_of, '+1 day', '-' || (:months / 2) || ' months', 'floor')), 0) AS second_half,
    COALESCE(SUM(date < DATE(:as_of, '+1 day', '-' || (:months / 2) || ' months', 'floor')), 0) AS first_half
  FROM health_contributions
  WHERE date >= DATE(:as_of, '+1 day', '-' || :months || ' months', 'floor') AND date < DATE(:as_of, '+1 day')
)
SELECT
  ROUND(100.0 * (second_half - first_half) / NULLIF(first_half, 0), 1) AS growth_percent,
  first_half,
  second_half
FROM halves;
