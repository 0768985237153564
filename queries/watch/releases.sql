-- title: Releases by day
-- question: When did a new version come out?
-- unit: releases
-- better: neither
-- source: This project: what the rule "release overdue" of health evaluate works on; tags that read as a version, without
--   pre-releases
-- trap: A tag is not a release: some are never announced, and some releases carry no tag.
-- trap: The day is that of the tagged commit: a tag that was set later, or moved, does not show.
-- trap: Fixes of old branches are releases too, and keep the rhythm quick.
SELECT DATE(MIN(date)) AS day, version
FROM health_releases
WHERE pre = 0
GROUP BY version
ORDER BY day, version;
