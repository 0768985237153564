import type { Scope } from '../model/measurement.js';
import type { Contributor, ProjectContributors } from '../model/result.js';
import type { Readable } from '../store/readable.js';

/** People listed for the last 12 months, and again for the whole history. */
const MOST = 12;

const PEOPLE = `
SELECT p.id, p.name, p.organization, p.bot, COUNT(*) AS commits,
  SUM(c.date >= DATE(:as_of, '+1 day', '-12 months', 'floor')) AS recent, DATE(MIN(c.date)), DATE(MAX(c.date))
FROM health_contributions c JOIN health_people p ON p.id = c.person_id
WHERE c.date < DATE(:as_of, '+1 day')
GROUP BY p.id`;
const APPLIED = `
SELECT person_id, COUNT(*) FROM health_contributions WHERE date < DATE(:as_of, '+1 day') GROUP BY person_id`;
const IDENTITIES = 'SELECT person_id, COUNT(*) FROM health_identities GROUP BY person_id';

/**
 * Who carries a project: those who wrote most in the 12 months up to `day` (YYYY-MM-DD), then those who wrote most ever.
 * `scope` tells people; its role is not heeded.
 */
export function projectContributors(readable: Readable, scope: Scope, day: string): ProjectContributors {
  const counts = (role: Scope['role'], sql: string) =>
    new Map(
      readable
        .query({ ...scope, role }, sql, sql.includes(':as_of') ? { as_of: day } : {})
        .rows.map(([id, n]) => [id, Number(n)]),
    );
  const applied = counts('committer', APPLIED);
  const identities = counts('author', IDENTITIES);
  const { rows } = readable.query({ ...scope, role: 'author' }, PEOPLE, { as_of: day });
  const all = rows.map(([id, name, organization, bot, commits, recent, first, last]): Contributor & { id: number } => ({
    id: Number(id),
    name: String(name),
    organization: organization as string | null,
    bot: bot as Contributor['bot'],
    commits: Number(commits),
    recent: Number(recent),
    applied: applied.get(id ?? null) ?? 0,
    first: first as string | null,
    last: last as string | null,
    identities: identities.get(id ?? null) ?? 1,
  }));
  const byAll = all.toSorted((a, b) => b.commits - a.commits || a.id - b.id);
  const byRecent = byAll.filter(({ recent }) => recent > 0).sort((a, b) => b.recent - a.recent);
  const top = [...new Set([...byRecent.slice(0, MOST), ...byAll.slice(0, MOST)])];
  const sum = (of: (one: Contributor) => number) => all.reduce((total, one) => total + of(one), 0);
  return {
    project: scope.project,
    people: all.length,
    recentPeople: byRecent.length,
    commits: sum(({ commits }) => commits),
    recentCommits: sum(({ recent }) => recent),
    top: top.map(({ id: _id, ...one }) => one),
  };
}
