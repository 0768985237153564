-- title: Active committers per year
-- question: How many people put commits into the project each year?
-- unit: committers
-- better: up
-- stands-for: activity/committers-per-year
-- param XXXX: a year; without it, every year with commits
-- each: XXXX from thesis/years
-- source: The thesis, chapter 8, second query behind figures 8.7 to 8.9, as printed; its script put each year in place of XXXX
-- trap: A committer is whoever applied a commit, not always who wrote it; commits merged on a web site may all be
--   committed by one account.
-- trap: The same person with two names or addresses counts twice, unless people are counted by name.
-- trap: The last year is not over yet when the figures are taken within it.
SELECT COUNT(DISTINCT(p.id)) FROM scmlog s, people p WHERE s.committer_id=p.id
AND YEAR(s.date)=XXXX;
