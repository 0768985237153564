-- title: Organisational diversity
-- question: For whom do the people work who do the work?
-- unit: commits
-- better: neither
-- window: the 12 months up to the day of the report
-- param months = 12: length of the window in months
-- param most = 12: the largest organisations to list; the others are added up
-- source: CHAOSS, Organizational Diversity: the share of commits of each organisation
-- trap: It needs affiliations. What no rule can tell stands as "not known", which is not an organisation.
-- trap: An organisation told from an address is a guess: people write from home, and addresses outlive jobs.
-- trap: A foundation's or a forge's address says nothing about who pays.
WITH counted AS (
  SELECT
    organization,
    COUNT(*) AS commits,
    COUNT(DISTINCT person_id) AS contributors,
    ROW_NUMBER() OVER (ORDER BY organization IS NULL, COUNT(*) DESC, organization) AS place
  FROM health_contributions
  WHERE date >= DATE(:as_of, '+1 day', '-' || :months || ' months', 'floor') AND date < DATE(:as_of, '+1 day')
  GROUP BY organization
)
SELECT
  CASE
    WHEN organization IS NULL THEN 'not known'
    WHEN place > :most THEN 'all others'
    ELSE organization
  END AS organization,
  SUM(commits) AS commits,
  ROUND(100.0 * SUM(commits) / (SELECT SUM(commits) FROM counted), 1) AS percent,
  SUM(contributors) AS contributors
FROM counted
GROUP BY CASE WHEN organization IS NULL THEN 2 WHEN place > :most THEN 1 ELSE 0 END, CASE WHEN place <= :most THEN organization END
ORDER BY MAX(organization IS NULL), MIN(place);
