-- title: Commits, July to December 2014
-- question: Was the project still active when the thesis was written?
-- unit: commits
-- better: up
-- source: The thesis, chapter 8, figures 8.1 to 8.3, as printed
-- trap: The year and the months are written into the query: it says nothing of any other half year.
-- trap: A commit that was merged later than December 2014 counts all the same: today's history cannot show what a clone
--   of that time held.
-- trap: Few commits may mean a finished program as well as a neglected one.
SELECT COUNT(s.id) FROM scmlog s, people p WHERE s.committer_id=p.id AND YEAR(s.date)=2014 AND MONTH(s.date) IN (7,8,9,10,11,12);
