-- title: Contributions of each person by day
-- question: Who contributed, and on which days?
-- unit: commits
-- better: neither
-- source: This project: what the rules of health evaluate work on (silence, active committers, absence factor, who is gone)
-- trap: The day is the committer's, when the change came in; the person is the author, who may have written it long before.
-- trap: A person is a name with an address, as far as mailmap and identity file don't merge them.
-- trap: Commits that were put in later with an old date look as if they had always been there.
SELECT DATE(s.date) AS day, c.person_id, p.name AS person, COUNT(*) AS commits
FROM health_contributions c
JOIN scmlog s ON s.id = c.commit_id
JOIN health_people p ON p.id = c.person_id
GROUP BY DATE(s.date), c.person_id
ORDER BY day, c.person_id;
