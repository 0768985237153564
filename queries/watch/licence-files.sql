-- title: Changes to licence files
-- question: When was a licence file added, changed or taken away?
-- unit: changes
-- better: neither
-- source: This project: what the rule "licence changed" of health evaluate works on; files at the top, or in LICENSES/, whose
--   name begins with LICENSE, LICENCE or COPYING
-- trap: A new address or year in the file is a change too; what changed is in the commit.
-- trap: A licence that only stands in the heads of source files or in a README is not seen.
-- trap: Merges are left out: what they bring in was changed by another commit.
SELECT DATE(s.date) AS day, s.rev, a.path, a.type
FROM health_actions a
JOIN scmlog s ON s.id = a.commit_id
WHERE a.merge = 0
  AND (a.top = '.' OR a.top = 'LICENSES')
  AND (a.top = 'LICENSES' OR LOWER(a.path) LIKE 'licen_e%' OR LOWER(a.path) LIKE 'copying%')
GROUP BY s.rev, a.path, a.type
ORDER BY s.date, a.path, s.rev;
