import type { BotKind } from '../model/identities.js';
import type { ProjectPeople } from '../model/people.js';

interface Pair {
  name: string;
  email: string;
}

/** A person of all projects together, with every name and address they were seen under. */
export interface PersonNode extends Pair {
  names: Set<string>;
  emails: Set<string>;
  organizations: Set<string>;
  bot: BotKind | null;
  commits: number;
  /** Has an entry in the identity file. */
  isEntry: boolean;
}

export function pairKey({ name, email }: Pair): string {
  return JSON.stringify([name.toLowerCase(), email.toLowerCase()]);
}

/** People of several projects, those who are called the same taken together. `entries`: of the identity file. */
export function personNodes(projects: readonly ProjectPeople[], entries: readonly Pair[]): PersonNode[] {
  const known = new Set(entries.map(pairKey));
  const nodes = new Map<string, PersonNode>();
  for (const { people } of projects) {
    for (const { name, email, bot, organization, authored, committed, identities } of people) {
      const key = pairKey({ name, email });
      const node = nodes.get(key) ?? {
        name,
        email,
        names: new Set(),
        emails: new Set(),
        organizations: new Set(),
        bot,
        commits: 0,
        isEntry: known.has(key),
      };
      nodes.set(key, node);
      for (const one of [{ name, email }, ...identities]) {
        if (one.name !== '') node.names.add(one.name);
        if (one.email !== '') node.emails.add(one.email.toLowerCase());
      }
      if (organization !== null) node.organizations.add(organization);
      node.commits += authored + committed;
    }
  }
  return [...nodes.values()];
}
