-- title: Who puts in the work of others
-- question: Through whose hands do changes go in?
-- unit: commits
-- better: neither
-- window: the 12 months up to the day of the report, by the committer's date
-- param months = 12: length of the window in months
-- param most = 10: how many people to list
-- source: This project: commits whose author is somebody else than their committer, by committer
-- trap: A commit merged on a web site has the site's account as its committer; who pressed the button is not in it.
-- trap: Rebasing makes the one who rebases the committer of others' work, whether they reviewed it or not.
-- trap: The same person with two addresses, one as author and one as committer, looks like somebody else's work.
WITH counted AS (
  SELECT s.committer_id AS id, COUNT(*) AS commits, SUM(s.author_id <> s.committer_id) AS of_others,
    COUNT(DISTINCT CASE WHEN s.author_id <> s.committer_id THEN s.author_id END) AS authors
  FROM scmlog s
  JOIN health_contributions c ON c.commit_id = s.id
  WHERE s.date >= DATE(:as_of, '+1 day', '-' || :months || ' months', 'floor') AND s.date < DATE(:as_of, '+1 day')
  GROUP BY s.committer_id
)
SELECT
  p.name AS committer,
  n.of_others,
  n.authors,
  n.commits,
  ROUND(100.0 * n.of_others / (SELECT SUM(of_others) FROM counted), 1) AS percent,
  p.bot AS account
FROM counted n
JOIN health_people p ON p.id = n.id
WHERE n.of_others > 0
ORDER BY n.of_others DESC, n.commits DESC, p.name
LIMIT :most;
