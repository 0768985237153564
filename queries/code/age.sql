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
WITH latest AS MATERIALIZED (
  SELECT MAX(action_id) AS action_id FROM health_actions WHERE date < DATE(:as_of, '+1 day') GROUP BY file_id
),
live AS (
  SELECT a.path, MAX(a.date) AS date
  FROM latest l
  JOIN health_actions a ON a.action_id = l.action_id
  WHERE a.type <> 'D'
  GROUP BY a.path
),
aged AS (
  SELECT CAST((JULIANDAY(:as_of) - JULIANDAY(DATE(date))) / 365.25 AS INTEGER) AS years
  FROM live
)
SELECT years, COUNT(*) AS files, ROUND(100.0 * COUNT(*) / SUM(COUNT(*)) OVER (), 1) AS percent
FROM aged
GROUP BY years
ORDER BY years;
