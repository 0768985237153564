-- title: Active contributors
-- question: How many people work on it now, and is the circle closing or opening?
-- unit: contributors
-- better: up
-- headline: contributors
-- window: the 12 months up to the day of the report; the year before are the 12 months before that
-- param months = 12: length of the window in months
-- source: CHAOSS, Contributors, New Contributors (3613) and Inactive Contributors (3614): distinct people with a commit
--   in the window; new: their first commit falls in it; inactive: they have commits, and none in it
-- trap: "New" depends on where the history starts: who worked before an import looks new, and so does a known person
--   with a new address.
-- trap: "Inactive" is not gone: who pauses for longer than the window is counted inactive, and returns later.
-- trap: A contributor is whoever has one commit; it says nothing about how much they did (see the onion layers).
WITH people AS (
  SELECT
    person_id,
    MIN(date) >= DATE(:as_of, '+1 day', '-' || :months || ' months', 'floor') AS is_new,
    MAX(date) >= DATE(:as_of, '+1 day', '-' || :months || ' months', 'floor') AS is_active,
    MAX(
      date >= DATE(:as_of, '+1 day', '-' || (2 * :months) || ' months', 'floor')
      AND date < DATE(:as_of, '+1 day', '-' || :months || ' months', 'floor')
    ) AS was_active
  FROM health_contributions
  WHERE date < DATE(:as_of, '+1 day')
  GROUP BY person_id
)
SELECT
  COALESCE(SUM(is_active), 0) AS contributors,
  COALESCE(SUM(was_active), 0) AS year_before,
  COALESCE(SUM(is_new), 0) AS new_contributors,
  COALESCE(SUM(is_active AND was_active), 0) AS kept,
  COALESCE(SUM(is_active AND NOT was_active AND NOT is_new), 0) AS returned,
  COALESCE(SUM(NOT is_active), 0) AS inactive,
  COUNT(*) AS ever
FROM people;
