-- title: Code age
-- question: How long ago was each file touched last?
-- unit: files
-- better: neither
-- window: files that exist on the day of the report
-- source: This project: whole years from a path's last action (whatever its size) to the day of the report
-- trap: A file is as young as its last change: a new copyright line makes all of it new.
-- trap: Old is not bad: code that works is left alone.
-- trap: A path on several branches is counted once, by its latest change on any; it exists where that was no removal.
WITH latest AS (
  SELECT a.path, a.type, c.date, MAX(a.action_id)
  FROM health_actions a
  JOIN health_contributions c ON c.commit_id = a.commit_id
  WHERE c.date < DATE(:as_of, '+1 day')
  GROUP BY a.path
),
aged AS (
  SELECT CAST((JULIANDAY(:as_of) - JULIANDAY(DATE(date))) / 365.25 AS INTEGER) AS years
  FROM latest
  WHERE type <> 'D'
)
SELECT years, COUNT(*) AS files, ROUND(100.0 * COUNT(*) / SUM(COUNT(*)) OVER (), 1) AS percent
FROM aged
GROUP BY years
ORDER BY years;
