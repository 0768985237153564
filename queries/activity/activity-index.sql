-- title: Activity index
-- question: Is it worked on week after week, and as steadily as it used to be?
-- unit: percent of weeks
-- better: up
-- headline: activity_index
-- window: the 26 weeks up to the day of the report; usual_percent is over all weeks since the first commit
-- param weeks = 26: length of the window in weeks
-- source: This project's own, where Daffara's guide for small companies asks for an activity index of 80 to 100 percent: that
--   one was SourceForge's, a project's percentile among all projects there, and nobody can compute it any more. Here: the
--   share of weeks of seven days, counted back from the day of the report, with at least one commit
-- trap: It is not the guide's index, though it is held against the guide's 80 percent: it knows no other projects, no
--   downloads and no talk.
-- trap: One commit makes a week active, as a hundred do.
-- trap: By the author's date: work that is merged later fills a week after the fact.
-- trap: A finished program needs few weeks: read usual_percent beside it.
WITH weeks AS (
  SELECT DISTINCT CAST(JULIANDAY(:as_of) - JULIANDAY(DATE(date)) AS INTEGER) / 7 AS weeks_ago
  FROM health_contributions
  WHERE date < DATE(:as_of, '+1 day')
)
SELECT
  ROUND(100.0 * SUM(weeks_ago < :weeks) / :weeks, 1) AS activity_index,
  SUM(weeks_ago < :weeks) AS active_weeks,
  ROUND(100.0 * COUNT(*) / (MAX(weeks_ago) + 1), 1) AS usual_percent,
  MAX(weeks_ago) + 1 AS weeks_ever
FROM weeks
HAVING COUNT(*) > 0;
