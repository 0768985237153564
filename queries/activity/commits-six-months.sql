-- title: Commits of the last six months
-- question: Is the project active now?
-- unit: commits
-- better: up
-- source: The thesis's query of figures 8.1 to 8.3, for the six calendar months that end with the day of the report
-- trap: The month of the day itself counts as one of the six, up to that day: on the first of a month this is little more
--   than five months.
-- trap: Work that is still on its way (on a fork, in review) is not counted until a collected branch holds it, then under
--   its old date.
-- trap: Few commits may mean a finished program as well as a neglected one.
SELECT COUNT(s.id) AS commits
FROM scmlog s, people p
WHERE s.committer_id = p.id
  AND s.date >= DATE(:as_of, 'start of month', '-5 months')
  AND s.date < DATE(:as_of, '+1 day');
