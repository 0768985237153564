/** A repository's `.mailmap`, as the tip of its default branch holds it. */
export interface Mailmap {
  /** Of the blob. */
  oid: string;
  text: string;
}

/** Who is meant: an exact pair, an address whatever the name, or a name whatever the address. */
export interface PersonAlias {
  name: string | null;
  email: string | null;
}

/** One person of the user's identity file. */
export interface PersonRule {
  name: string;
  email: string;
  aliases: PersonAlias[];
}

/** Addresses of a domain, and of those below it, belong to an organisation, from and until a day if given. */
export interface OrganizationRule {
  domain: string;
  organization: string;
  /** YYYY-MM-DD, the first and the last day. */
  from: string | null;
  until: string | null;
}

/** What the user's identity file says, beyond what is built in. Patterns are globs over a name or an address. */
export interface IdentityRules {
  people: PersonRule[];
  bots: string[];
  /** Neither bots nor web-merge accounts, whatever the built-in lists say. */
  notBots: string[];
  webMerge: string[];
  organizations: OrganizationRule[];
  /** Domains of people, not of organisations. */
  personalDomains: string[];
}

/** bot: a program; web-merge: the account under which a forge commits what people merge on its pages. */
export type BotKind = 'bot' | 'web-merge';

export const noIdentityRules: IdentityRules = {
  people: [],
  bots: [],
  notBots: [],
  webMerge: [],
  organizations: [],
  personalDomains: [],
};
