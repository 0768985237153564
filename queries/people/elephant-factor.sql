-- title: Elephant Factor
-- question: How many organisations would have to withdraw before half of the work is missing?
-- unit: organisations
-- better: up
-- headline: elephant_factor
-- window: the 12 months up to the day of the report
-- param months = 12: length of the window in months
-- param threshold = 50: the share of the work that counts as too much to lose, percent
-- param least_known = 75: unknown unless the organisation of so many percent of the commits is known
-- source: CHAOSS, Elephant Factor (chaoss.community/?p=3940), over commits whose organisation is known; reaching the
--   threshold is enough (>=). effective_organizations is the inverse Simpson index of the same shares, 1 / sum(p^2).
-- trap: The published page's prose contradicts its formula; this follows the formula (smallest number that reaches half).
-- trap: An organisation told from an address is a guess: people write from home, and addresses outlive jobs.
-- trap: Commits without a known organisation are left out of the figure. at_least counts them all to one organisation,
--   the largest; at_most makes each of those people an organisation of its own: the truth lies between.
WITH windowed AS MATERIALIZED (
  SELECT person_id, organization
  FROM health_contributions
  WHERE date >= DATE(:as_of, '+1 day', '-' || :months || ' months', 'floor') AND date < DATE(:as_of, '+1 day')
),
known AS (
  SELECT organization, COUNT(*) AS commits FROM windowed WHERE organization IS NOT NULL GROUP BY organization
),
ranked AS (
  SELECT
    commits,
    ROW_NUMBER() OVER (ORDER BY commits DESC, organization) AS place,
    SUM(commits) OVER (ORDER BY commits DESC, organization ROWS UNBOUNDED PRECEDING) AS reached,
    SUM(commits) OVER () AS total
  FROM known
),
split AS (
  SELECT
    ROW_NUMBER() OVER (ORDER BY COUNT(*) DESC) AS place,
    SUM(COUNT(*)) OVER (ORDER BY COUNT(*) DESC ROWS UNBOUNDED PRECEDING) AS reached
  FROM windowed
  GROUP BY organization, CASE WHEN organization IS NULL THEN person_id END
),
totals AS (
  SELECT COUNT(*) AS everything, COUNT(organization) AS known FROM windowed
)
SELECT
  CASE
    WHEN 100 * known >= :least_known * everything
      THEN (SELECT MIN(place) FROM ranked WHERE 100 * reached >= :threshold * total)
  END AS elephant_factor,
  CASE
    WHEN everything > 0
      THEN COALESCE((SELECT MIN(place) FROM ranked WHERE 100 * (reached + everything - known) >= :threshold * everything), 1)
  END AS at_least,
  (SELECT MIN(place) FROM split WHERE 100 * reached >= :threshold * everything) AS at_most,
  CASE WHEN known > 0 THEN (SELECT COUNT(*) FROM known) END AS organizations,
  (SELECT ROUND(1.0 * SUM(commits) * SUM(commits) / SUM(commits * commits), 2) FROM known) AS effective_organizations,
  everything AS commits,
  ROUND(100.0 * known / NULLIF(everything, 0), 1) AS known_percent
FROM totals;
