import type { PersonAlias, PersonRule } from '../model/identities.js';

export interface Identity {
  name: string;
  email: string;
}

/** Finds the person that the identity file means by a name and an address: an exact pair before an address before a name. */
export class PersonRules {
  readonly #people = new Map<string, Identity>();

  constructor(rules: readonly PersonRule[]) {
    for (const { name, email, aliases } of rules) {
      for (const alias of [{ name, email }, ...aliases]) this.#people.set(key(alias), { name, email });
    }
  }

  /** Null: the file says nothing of them. */
  find({ name, email }: Identity): Identity | null {
    const people = this.#people;
    return (
      people.get(key({ name, email })) ??
      people.get(key({ name: null, email })) ??
      people.get(key({ name, email: null })) ??
      null
    );
  }
}

/** Unambiguous, and the same whatever the case. */
function key({ name, email }: PersonAlias): string {
  return JSON.stringify([name?.toLowerCase() ?? null, email?.toLowerCase() ?? null]);
}
