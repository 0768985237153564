import type Database from 'better-sqlite3';
import type { BotKind, IdentityRules } from '../model/identities.js';
import type { IdentityRule } from '../model/measurement.js';
import { BotRules } from './bot-rules.js';
import { MailmapTable } from './mailmap.js';
import { OrganizationRules, type Affiliation } from './organization-rules.js';
import { PersonRules, type Identity } from './person-rules.js';
import { Pseudonyms } from './pseudonyms.js';

/** How identities of a project are read: which ones are one person, and what the person is called. */
interface Reading {
  identity: IdentityRule;
  mailmap: boolean;
}

export interface FoldedPerson extends Identity {
  id: number;
  /** The smallest id of the same person. */
  keep: number;
  bot: BotKind | null;
  /** As the history has it. */
  recorded: Identity;
}

interface Known extends Identity {
  /** Equal for the same person. */
  key: string;
  bot: BotKind | null;
}

/** What mailmaps, identity file and pseudonyms make of CVSAnalY's people, whose table stays as it is. */
export class PeopleOverlay {
  readonly #db: Database.Database;
  readonly #people: PersonRules;
  readonly #bots: BotRules;
  readonly organizations: OrganizationRules;
  readonly #pseudonyms: Pseudonyms | null;
  #raw: Map<number, Identity> | null = null;
  #mailmaps = new Map<number, MailmapTable>();
  #known = new Map<string, Map<number, Known>>();

  constructor(db: Database.Database, rules: IdentityRules, pseudonyms: Pseudonyms | null) {
    this.#db = db;
    this.#people = new PersonRules(rules.people);
    this.#bots = new BotRules(rules);
    this.organizations = new OrganizationRules(rules);
    this.#pseudonyms = pseudonyms;
  }

  get isAnonymous(): boolean {
    return this.#pseudonyms !== null;
  }

  /** Another program may have written to the store. */
  forget(): void {
    this.#raw = null;
    this.#mailmaps.clear();
    this.#known.clear();
  }

  /** Whether two ids may be one person. */
  folds({ identity, mailmap }: Reading, repository: number): boolean {
    return identity !== 'name-email' || (mailmap && !this.#mailmap(repository).isEmpty);
  }

  email(id: number): string {
    return this.#identity(id).email;
  }

  /** The people of these ids, folded among themselves; names as they are to be shown. */
  people(ids: readonly number[], reading: Reading, repository: number): FoldedPerson[] {
    const known = this.#reading(reading, repository);
    const groups = new Map<string, { keep: number; bot: BotKind | null }>();
    const sorted = ids.toSorted((a, b) => a - b);
    for (const id of sorted) {
      const { key, bot } = known(id);
      const group = groups.get(key);
      if (!group) groups.set(key, { keep: id, bot });
      else if (bot === 'bot' || group.bot === null) group.bot = bot;
    }
    return sorted.map((id) => {
      const { name, email, key } = known(id);
      return { id, ...groups.get(key)!, ...this.#shown({ name, email }), recorded: this.#shown(this.#identity(id)) };
    });
  }

  affiliation(email: string, day: string): Affiliation | null {
    const found = this.organizations.of(email, day);
    if (!found || !this.#pseudonyms || found.rule !== 'domain') return found;
    // The domain may be the person's own.
    return { organization: this.#pseudonyms.organization(found.organization), rule: 'domain' };
  }

  #shown(person: Identity): Identity {
    const names = this.#pseudonyms;
    return names ? { name: names.name(person.name), email: names.email(person.email) } : person;
  }

  #reading({ identity, mailmap }: Reading, repository: number): (id: number) => Known {
    const rule = JSON.stringify([identity, mailmap ? repository : null]);
    let all = this.#known.get(rule);
    if (!all) {
      all = new Map();
      this.#known.set(rule, all);
    }
    const cache = all;
    const map = mailmap ? this.#mailmap(repository) : null;
    return (id) => {
      let known = cache.get(id);
      if (!known) {
        known = this.#know(id, identity, map);
        cache.set(id, known);
      }
      return known;
    };
  }

  #know(id: number, identity: IdentityRule, map: MailmapTable | null): Known {
    const raw = this.#identity(id);
    const mapped = map ? map.map(raw) : raw;
    const person = identity === 'merged' ? (this.#people.find(raw) ?? this.#people.find(mapped) ?? mapped) : mapped;
    const pair = JSON.stringify([person.name, person.email]);
    // As they stand, every row is somebody of its own.
    const key = identity === 'name' ? person.name : identity === 'merged' || map ? pair : String(id);
    const bot = this.#bots.kind(raw.name, raw.email) ?? this.#bots.kind(person.name, person.email);
    return { ...person, key, bot };
  }

  #identity(id: number): Identity {
    if (!this.#raw) {
      const rows = this.#db
        .prepare<[], [number, string, string]>('select id, name, email from main.people')
        .raw()
        .all();
      this.#raw = new Map(rows.map(([key, name, email]) => [key, { name: name ?? '', email: email ?? '' }]));
    }
    return this.#raw.get(id) ?? { name: '', email: '' };
  }

  #mailmap(repository: number): MailmapTable {
    let map = this.#mailmaps.get(repository);
    if (!map) {
      const find = this.#db.prepare<[number], string>('select text from main.health_mailmaps where repository_id = ?');
      map = new MailmapTable(find.pluck().get(repository) ?? '');
      this.#mailmaps.set(repository, map);
    }
    return map;
  }
}
