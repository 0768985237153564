-- title: Years with commits
-- question: In which years did the project have commits at all?
-- unit: years
-- better: neither
-- source: The thesis, chapter 8, first query behind figures 8.7 to 8.9, as printed
-- trap: A year without a commit has no row, so a mean over these rows leaves silent years out.
SELECT year(s.date) FROM scmlog s GROUP BY year(s.date);
