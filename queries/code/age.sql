-- title: Code age
-- question: How long ago was each file touched last?
-- unit: files
-- better: neither
-- window: files that exist on the day of the report
-- source: This project: whole years from a path's last action (whatever its size) to the day of the report
-- trap: A file is as young as its last change: a new copyright line makes all of it new.
-- trap: Old is not bad: code that works is left alone.
-- trap: A file counts where any counted branch still has it, by its latest change on any: branches of old releases keep
--   files that the default branch lost long ago (choose refs to leave them out).
WITH latest AS (
  SELECT a.file_id, a.path, a.type, c.date, MAX(a.action_id)
  FROM health_actions a
  JOIN health_contributions c ON c.commit_id = a.commit_id
  WHERE c.date < DATE(:as_of, '+1 day')
  GROUP BY a.file_id
),
live AS (
  SELECT path, MAX(date) AS date FROM latest WHERE type <> 'D' GROUP BY path
),
aged AS (
  SELECT CAST((JULIANDAY(:as_of) - JULIANDAY(DATE(date))) / 365.25 AS INTEGER) AS years
  FROM live
)
SELECT years, COUNT(*) AS files, ROUND(100.0 * COUNT(*) / SUM(COUNT(*)) OVER (), 1) AS percent
FROM aged
GROUP BY years
ORDER BY years;
