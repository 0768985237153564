-- title: The history in brief
-- question: How old, how big and how quiet is the project?
-- unit: several
-- better: neither
-- source: This project; counted over CVSAnalY's tables
-- trap: The first commit may be an import: a project can be older than its history.
-- trap: The last commit goes by the committer's own wall clock, and a wrong clock makes a project look alive or dead.
-- trap: A clone shows the history as its owners left it: branches they deleted and commits they rewrote are gone.
-- trap: Committers and authors are names and addresses, not people: one person may be several, and a bot is one too.
SELECT
  DATE(MIN(s.date)) AS first_commit,
  DATE(MAX(s.date)) AS last_commit,
  COUNT(*) AS commits,
  (
    SELECT COUNT(*)
    FROM (
      SELECT g.commit_id
      FROM commit_graph g, scmlog m
      WHERE m.id = g.commit_id
      GROUP BY g.commit_id
      HAVING COUNT(*) > 1
    ) AS merged
  ) AS merges,
  COUNT(DISTINCT s.committer_id) AS committers,
  COUNT(DISTINCT s.author_id) AS authors,
  COUNT(DISTINCT DATE(s.date)) AS active_days,
  CAST(JULIANDAY(:as_of) - JULIANDAY(DATE(MAX(s.date))) AS INTEGER) AS days_silent
FROM scmlog s;
