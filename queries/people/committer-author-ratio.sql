-- title: Committers to authors
-- question: How many of those who write changes may also put them in?
-- unit: committers per author
-- better: neither
-- headline: committers_per_author
-- window: the 12 months up to the day of the report, by the committer's date
-- param months = 12: length of the window in months
-- source: CHAOSS, Contributors and Committers: distinct committers (people) over distinct authors of the same
--   commits; by_others_percent is the share of commits whose committer is not their author
-- trap: 1 or more does not mean that everyone may commit: where work is merged on a web site, the committer is the site's
--   own account, which is left out of committers (by_forge_percent is its share of the commits), and where it is rebased,
--   whoever pressed the button is.
-- trap: A low figure means review by few or a bottleneck, and the history cannot tell which.
-- trap: The same person with two addresses, one as author and one as committer, looks like somebody else's work.
WITH applied AS (
  SELECT CASE WHEN k.bot IS NULL OR k.bot <> 'web-merge' THEN s.committer_id END AS committer_id, s.author_id,
    k.bot = 'web-merge' AS by_forge, s.committer_id <> s.author_id AS by_others
  FROM scmlog s
  JOIN health_contributions c ON c.commit_id = s.id
  JOIN health_identities k ON k.id = s.committer_id
  WHERE s.date >= DATE(:as_of, '+1 day', '-' || :months || ' months', 'floor') AND s.date < DATE(:as_of, '+1 day')
)
SELECT
  ROUND(1.0 * NULLIF(COUNT(DISTINCT committer_id), 0) / NULLIF(COUNT(DISTINCT author_id), 0), 2) AS committers_per_author,
  COUNT(DISTINCT committer_id) AS committers,
  COUNT(DISTINCT author_id) AS authors,
  COUNT(DISTINCT CASE WHEN by_others THEN committer_id END) AS committers_of_others,
  COUNT(*) AS commits,
  ROUND(100.0 * SUM(by_others) / COUNT(*), 1) AS by_others_percent,
  ROUND(100.0 * COALESCE(SUM(by_forge), 0) / NULLIF(COUNT(*), 0), 1) AS by_forge_percent
FROM applied;
