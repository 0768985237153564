import type { Scope } from '../model/measurement.js';
import type { PersonFacts } from '../model/people.js';
import type { Readable } from '../store/readable.js';

const PEOPLE = 'SELECT id, name, email, organization, organization_rule, bot FROM health_people ORDER BY id';
const IDENTITIES = 'SELECT person_id, name, email FROM health_identities ORDER BY id';
const COMMITS = 'SELECT person_id, COUNT(*), MIN(date), MAX(date) FROM health_contributions GROUP BY person_id';

interface Work {
  commits: number;
  first: string;
  last: string;
}

/** Everybody who wrote or applied a commit in a scope; those with the most commits first. */
export function projectPeople(readable: Readable, scope: Scope): PersonFacts[] {
  const authored = work(readable, { ...scope, role: 'author' });
  const committed = work(readable, { ...scope, role: 'committer' });
  const recorded = new Map<number, { name: string; email: string }[]>();
  for (const [id, name, email] of readable.query(scope, IDENTITIES, {}).rows) {
    const list = recorded.get(Number(id)) ?? [];
    list.push({ name: String(name), email: String(email) });
    recorded.set(Number(id), list);
  }
  const people = readable.query(scope, PEOPLE, {}).rows.flatMap((row): PersonFacts[] => {
    const [id, name, email, organization, organizationRule, bot] = row;
    const roles = [authored.get(Number(id)), committed.get(Number(id))].filter((one) => one !== undefined);
    if (roles.length === 0) return [];
    return [
      {
        id: Number(id),
        name: String(name),
        email: String(email),
        organization: organization as string | null,
        organizationRule: organizationRule as string | null,
        bot: bot as PersonFacts['bot'],
        authored: authored.get(Number(id))?.commits ?? 0,
        committed: committed.get(Number(id))?.commits ?? 0,
        first: roles.map(({ first }) => first).sort()[0]!,
        last: roles
          .map(({ last }) => last)
          .sort()
          .at(-1)!,
        identities: recorded.get(Number(id)) ?? [],
      },
    ];
  });
  return people.sort((a, b) => b.authored + b.committed - (a.authored + a.committed) || a.id - b.id);
}

function work(readable: Readable, scope: Scope): Map<number, Work> {
  const { rows } = readable.query(scope, COMMITS, {});
  return new Map(
    rows.map(([id, commits, first, last]) => [
      Number(id),
      { commits: Number(commits), first: String(first), last: String(last) },
    ]),
  );
}
