-- title: Contributor tenure
-- question: How long do people stay?
-- unit: contributors
-- better: neither
-- window: the whole history up to the day of the report; active are those with a commit in its last 12 months
-- source: This project: the time from a person's first to their last contribution
-- trap: Tenure ends with the last commit so far, so that it is still growing for everyone who is active.
-- trap: It can be no longer than the history: who worked before an import starts anew.
-- trap: A person who changed their address has two short tenures instead of one long, unless identities are merged.
WITH people AS (
  SELECT
    JULIANDAY(MAX(date)) - JULIANDAY(MIN(date)) AS days,
    DATE(MIN(date)) = DATE(MAX(date)) AS is_one_day,
    MAX(date) >= DATE(:as_of, '+1 day', '-12 months', 'floor') AS is_active
  FROM health_contributions
  WHERE date < DATE(:as_of, '+1 day')
  GROUP BY person_id
),
bands(place, tenure, above, below) AS (
  VALUES
    (1, 'one day', 0, 0),
    (2, 'up to 1 year', 0, 1),
    (3, '1 to 2 years', 1, 2),
    (4, '2 to 5 years', 2, 5),
    (5, '5 to 10 years', 5, 10),
    (6, 'over 10 years', 10, 1000)
)
SELECT
  b.place,
  b.tenure,
  COUNT(p.days) AS contributors,
  COALESCE(SUM(p.is_active), 0) AS active
FROM bands b
LEFT JOIN people p
  ON CASE WHEN b.place = 1 THEN p.is_one_day ELSE NOT p.is_one_day AND p.days >= 365.25 * b.above AND p.days < 365.25 * b.below END
GROUP BY b.place, b.tenure
ORDER BY b.place;
