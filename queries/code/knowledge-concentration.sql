-- title: Knowledge concentration per folder
-- question: Which parts does only one person know?
-- unit: percent
-- better: down
-- window: the whole history up to the day of the report, files that still exist
-- param most = 20: how many folders to list, the most changed first
-- source: This project, after the ownership of Bird and others 2011: of the changes (a commit to a file) to the files of a
--   folder, the share made by the one person who made most; merges left out
-- trap: Changes are not knowledge: who reviewed every line made none, and who reformatted the folder made many.
-- trap: Old changes count like new ones: the one who wrote it may have left long ago (top_last_change says when).
-- trap: A file counts where any counted branch still has it; a renamed file takes its earlier changes to its new folder.
-- trap: One person with two identities looks like two who share the knowledge.
WITH latest AS MATERIALIZED (
  SELECT MAX(action_id) AS action_id FROM health_actions WHERE date < DATE(:as_of, '+1 day') GROUP BY file_id
),
live AS MATERIALIZED (
  SELECT
    a.file_id,
    COALESCE(NULLIF(RTRIM(RTRIM(a.path, REPLACE(a.path, '/', '')), '/'), ''), '.') AS folder
  FROM latest l
  JOIN health_actions a ON a.action_id = l.action_id
  WHERE a.type <> 'D'
),
counted AS (
  SELECT l.folder, a.person_id, COUNT(*) AS changes, MAX(a.date) AS last_change
  FROM live l
  JOIN health_actions a ON a.file_id = l.file_id
  WHERE a.merge = 0 AND a.date < DATE(:as_of, '+1 day')
  GROUP BY l.folder, a.person_id
),
ranked AS (
  SELECT
    folder,
    person_id,
    changes,
    last_change,
    ROW_NUMBER() OVER (PARTITION BY folder ORDER BY changes DESC, person_id) AS place,
    SUM(changes) OVER (PARTITION BY folder) AS total,
    COUNT(*) OVER (PARTITION BY folder) AS contributors
  FROM counted
)
SELECT
  r.folder,
  ROUND(100.0 * r.changes / r.total, 1) AS top_percent,
  p.name AS top_contributor,
  DATE(r.last_change) AS top_last_change,
  r.contributors,
  r.total AS changes
FROM ranked r
JOIN health_people p ON p.id = r.person_id
WHERE r.place = 1
ORDER BY r.total DESC, r.folder
LIMIT :most;
