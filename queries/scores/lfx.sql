-- title: LFX health points
-- question: How many of the points that a history can earn does it earn?
-- unit: percent of points
-- better: up
-- headline: percent
-- window: dependency: the 12 months up to the day of the report; contributors and retention: its last 90 days; active
--   days: its last 30
-- param least_known = 75: organisations count only where that of so many percent of the commits is known
-- source: LFX Insights, Health Score: contributor and organisation dependency (how many make 51 % of commits), quarterly
--   active contributors, quarterly retention, active days of the last 30; 0 to 5 points each
-- trap: It is not the LFX score: that adds popularity, pull requests, issues and security, which no history tells, to at
--   most 100. What is unknown is left out of points and of possible alike.
-- trap: The words LFX has for a score (excellent, healthy, stable, unsteady, critical) were moved more than once; none is
--   given here.
-- trap: It takes size for health: a finished program of one careful author scores next to nothing.
WITH year AS MATERIALIZED (
  SELECT person_id, organization, date
  FROM health_contributions
  WHERE date >= DATE(:as_of, '+1 day', '-12 months', 'floor') AND date < DATE(:as_of, '+1 day')
),
people AS (
  SELECT
    ROW_NUMBER() OVER (ORDER BY COUNT(*) DESC) AS place,
    SUM(COUNT(*)) OVER (ORDER BY COUNT(*) DESC ROWS UNBOUNDED PRECEDING) AS reached
  FROM year
  GROUP BY person_id
),
organizations AS (
  SELECT
    ROW_NUMBER() OVER (ORDER BY COUNT(*) DESC) AS place,
    SUM(COUNT(*)) OVER (ORDER BY COUNT(*) DESC ROWS UNBOUNDED PRECEDING) AS reached
  FROM year
  WHERE organization IS NOT NULL
  GROUP BY organization
),
quarters AS (
  SELECT
    person_id,
    MAX(date >= DATE(:as_of, '-89 days')) AS this_quarter,
    MAX(date >= DATE(:as_of, '-179 days') AND date < DATE(:as_of, '-89 days')) AS last_quarter
  FROM year
  GROUP BY person_id
),
signals AS (
  SELECT
    (SELECT MIN(place) FROM people WHERE 100 * reached >= 51 * (SELECT COUNT(*) FROM year)) AS dependency,
    CASE
      WHEN (SELECT COUNT(organization) * 100 >= :least_known * COUNT(*) AND COUNT(organization) > 0 FROM year)
        THEN (SELECT MIN(place) FROM organizations WHERE 100 * reached >= 51 * (SELECT COUNT(organization) FROM year))
    END AS organization_dependency,
    (SELECT COALESCE(SUM(this_quarter), 0) FROM quarters) AS contributors,
    (SELECT 100.0 * SUM(this_quarter AND last_quarter) / NULLIF(SUM(last_quarter), 0) FROM quarters) AS retention,
    (SELECT COUNT(DISTINCT DATE(date)) FROM year WHERE date >= DATE(:as_of, '-29 days')) AS active_days
),
points AS (
  SELECT
    *,
    CASE
      WHEN dependency >= 10 THEN 5
      WHEN dependency >= 7 THEN 4
      WHEN dependency >= 5 THEN 3
      WHEN dependency >= 3 THEN 2
      WHEN dependency = 2 THEN 1
      WHEN dependency = 1 THEN 0
    END AS dependency_points,
    CASE
      WHEN organization_dependency >= 8 THEN 5
      WHEN organization_dependency >= 6 THEN 4
      WHEN organization_dependency >= 4 THEN 3
      WHEN organization_dependency = 3 THEN 2
      WHEN organization_dependency = 2 THEN 1
      WHEN organization_dependency = 1 THEN 0
    END AS organization_points,
    CASE
      WHEN contributors >= 21 THEN 5
      WHEN contributors >= 11 THEN 4
      WHEN contributors >= 7 THEN 3
      WHEN contributors >= 4 THEN 2
      WHEN contributors >= 2 THEN 1
      ELSE 0
    END AS contributor_points,
    CASE
      WHEN retention >= 80 THEN 5
      WHEN retention >= 65 THEN 4
      WHEN retention >= 50 THEN 3
      WHEN retention >= 30 THEN 2
      WHEN retention >= 10 THEN 1
      WHEN retention IS NOT NULL THEN 0
    END AS retention_points,
    CASE
      WHEN active_days >= 27 THEN 5
      WHEN active_days >= 21 THEN 4
      WHEN active_days >= 16 THEN 3
      WHEN active_days >= 11 THEN 2
      WHEN active_days >= 6 THEN 1
      ELSE 0
    END AS day_points
  FROM signals
),
added AS (
  SELECT
    *,
    COALESCE(dependency_points, 0) + COALESCE(organization_points, 0) + contributor_points
      + COALESCE(retention_points, 0) + day_points AS points,
    5 * ((dependency_points IS NOT NULL) + (organization_points IS NOT NULL) + (retention_points IS NOT NULL) + 2)
      AS possible
  FROM points
)
SELECT
  ROUND(100.0 * points / possible, 0) AS percent,
  points,
  possible,
  dependency,
  dependency_points,
  organization_dependency,
  organization_points,
  contributors AS quarterly_contributors,
  contributor_points,
  ROUND(retention, 1) AS quarterly_retention_percent,
  retention_points,
  active_days AS active_days_of_30,
  day_points
FROM added
WHERE EXISTS (SELECT 1 FROM health_contributions);
