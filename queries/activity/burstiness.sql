-- title: Burstiness
-- question: Does work come steadily or in bursts?
-- unit: -1 to 1
-- better: neither
-- headline: burstiness
-- window: the 12 months up to the day of the report; burstiness_ever is of the whole history
-- param months = 12: length of the window in months
-- source: Goh and Barabasi 2008: B = (sigma - mu) / (sigma + mu) over the times between one commit and the next: -1 like a
--   clock, 0 at random, 1 all in bursts;
--   burstiness_of_days is the same over the days between one active day and the next
-- trap: A series of patches sent at once is a burst, and so is every rebase under the committer's date.
-- trap: With few commits the formula leans towards -1 (Kim and Jo 2016 correct for it, this does not); unknown below ten
--   intervals.
-- trap: Nights and weekends alone make any project bursty: compare it with other projects, not with 0.
WITH ordered AS (
  SELECT
    date >= DATE(:as_of, '+1 day', '-' || :months || ' months', 'floor') AS is_recent,
    at - LAG(at) OVER (ORDER BY at) AS gap
  FROM health_contributions
  WHERE date < DATE(:as_of, '+1 day')
),
moments AS (
  SELECT
    SUM(is_recent) AS n,
    AVG(CASE WHEN is_recent THEN gap END) AS mu,
    AVG(CASE WHEN is_recent THEN 1.0 * gap * gap END) AS squares,
    COUNT(gap) AS n_ever,
    AVG(gap) AS mu_ever,
    AVG(1.0 * gap * gap) AS squares_ever
  FROM ordered
  WHERE gap IS NOT NULL
),
days AS (
  SELECT 1.0 * (JULIANDAY(day) - JULIANDAY(LAG(day) OVER (ORDER BY day))) AS gap
  FROM (
    SELECT DISTINCT DATE(date) AS day
    FROM health_contributions
    WHERE date >= DATE(:as_of, '+1 day', '-' || :months || ' months', 'floor') AND date < DATE(:as_of, '+1 day')
  ) AS active
),
day_moments AS (
  SELECT COUNT(gap) AS n, AVG(gap) AS mu, SQRT(MAX(0, AVG(gap * gap) - AVG(gap) * AVG(gap))) AS sigma FROM days
),
deviations AS (
  SELECT
    n,
    mu,
    SQRT(MAX(0, squares - mu * mu)) AS sigma,
    n_ever,
    mu_ever,
    SQRT(MAX(0, squares_ever - mu_ever * mu_ever)) AS sigma_ever
  FROM moments
)
SELECT
  CASE WHEN d.n >= 10 THEN ROUND((d.sigma - d.mu) / NULLIF(d.sigma + d.mu, 0), 3) END AS burstiness,
  CASE WHEN a.n >= 10 THEN ROUND((a.sigma - a.mu) / NULLIF(a.sigma + a.mu, 0), 3) END AS burstiness_of_days,
  CASE WHEN d.n_ever >= 10 THEN ROUND((d.sigma_ever - d.mu_ever) / NULLIF(d.sigma_ever + d.mu_ever, 0), 3) END
    AS burstiness_ever,
  ROUND(d.mu / 3600.0, 1) AS mean_hours_between,
  COALESCE(d.n, 0) AS intervals
FROM deviations d, day_moments a;
