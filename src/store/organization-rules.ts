import type { IdentityRules, OrganizationRule } from '../model/identities.js';

/** Where people have addresses whatever they work for. Of a name without a dot, all its domains (yahoo.co.jp). */
const PERSONAL = new Set(
  `gmail googlemail yahoo ymail rocketmail hotmail outlook live msn icloud me mac aol gmx web mail yandex qq 163 126 yeah
  sina sohu foxmail aliyun protonmail proton pm fastmail tutanota tuta zoho inbox bk list rambler libero wanadoo free
  orange laposte sfr t-online freenet arcor posteo mailbox riseup disroot hey duck naver daum hanmail ybb docomo nifty
  biglobe rediffmail btinternet comcast verizon att sbcglobal cox charter earthlink bellsouth telus shaw rogers videotron
  seznam centrum atlas onet wp interia o2 ukr abv telia bredband xs4all chello bigpond optusnet aon`.split(/\s+/),
);
/** Whole domains: forges' own forms, and names of machines. */
const NOBODYS = /(?:^|\.)(?:noreply\.[\w.-]+|sourceforge\.net|sf\.net|example\.(?:com|org|net))$/;
/** Second levels under which countries register names. */
const SECOND = new Set(['co', 'com', 'org', 'net', 'ac', 'edu', 'gov', 'ne', 'or', 'go', 'gr', 'ad']);
/** Top levels longer than three letters that are common; others are as likely names of machines at home. */
const LONG_TOPS = new Set(
  'info name tech cloud email systems group academy science agency software world online network foundation institute company solutions digital engineering space site live berlin page team aero museum asia'.split(
    ' ',
  ),
);
const NO_TOPS = new Set(['lan', 'loc', 'int', 'box', 'dom']);

/** What is known without the user's file, for telling whether two versions know the same. */
export const builtinOrganizations: readonly string[] = [
  ...PERSONAL,
  NOBODYS.source,
  ...SECOND,
  ...LONG_TOPS,
  ...NO_TOPS,
];

export interface Affiliation {
  organization: string;
  /** What said so: `redhat.com` of the identity file with its days, or the domain alone. */
  rule: string;
}

/** Tells organisations by the domains of addresses: the identity file first, then the domain's own name, a guess. */
export class OrganizationRules {
  readonly #rules = new Map<string, OrganizationRule[]>();
  readonly #personal: Set<string>;

  constructor({ organizations, personalDomains }: IdentityRules) {
    this.#personal = new Set(personalDomains.map((domain) => domain.toLowerCase()));
    for (const rule of organizations) {
      const domain = rule.domain.toLowerCase();
      this.#rules.set(domain, [...(this.#rules.get(domain) ?? []), rule]);
    }
  }

  /** The rules of the identity file that may hold for an address, by its longest known domain. */
  #found(host: string): OrganizationRule[] | null {
    for (const domain of endings(host)) {
      const rules = this.#rules.get(domain);
      if (rules) return rules;
      if (this.#personal.has(domain)) return null;
    }
    return null;
  }

  /** Whether the day matters for an address. */
  isDated(email: string): boolean {
    return this.#found(hostOf(email))?.some(({ from, until }) => from !== null || until !== null) ?? false;
  }

  /** The affiliations of an address with their days, where a rule of the identity file holds for it. */
  spans(email: string): OrganizationRule[] {
    return this.#found(hostOf(email)) ?? [];
  }

  /** The organisation of an address on a day (YYYY-MM-DD…); null: unknown, or a person's own domain. */
  of(email: string, day: string): Affiliation | null {
    const host = hostOf(email);
    const rules = this.#found(host);
    if (rules) {
      const date = day.slice(0, 10);
      const rule = rules.find(({ from, until }) => (from ?? '') <= date && (until === null || date <= until));
      return rule ? { organization: rule.organization, rule: ruleText(rule) } : null;
    }
    if (endings(host).some((domain) => this.#personal.has(domain))) return null;
    const domain = registered(host);
    return domain === null ? null : { organization: domain, rule: 'domain' };
  }
}

function ruleText({ domain, from, until }: OrganizationRule): string {
  return [`identities: ${domain}`, from === null ? '' : `from ${from}`, until === null ? '' : `until ${until}`]
    .filter((part) => part !== '')
    .join(' ');
}

function hostOf(email: string): string {
  return email
    .slice(email.lastIndexOf('@') + 1)
    .trim()
    .toLowerCase();
}

/** `a.b.c`, `b.c`, `c`. */
function endings(host: string): string[] {
  const labels = host.split('.');
  return labels.map((_, i) => labels.slice(i).join('.'));
}

/** The part of a host's name that somebody registered; null for what nobody did, and for free mail. */
function registered(host: string): string | null {
  if (!/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(host) || NOBODYS.test(host)) return null;
  const labels = host.split('.');
  const top = labels.at(-1)!;
  if (!/^[a-z]{2,3}$/.test(top) && !LONG_TOPS.has(top)) return null;
  if (NO_TOPS.has(top)) return null;
  const count = top.length === 2 && labels.length > 2 && SECOND.has(labels.at(-2)!) ? 3 : 2;
  const own = labels.slice(-count);
  return PERSONAL.has(own[0]!) ? null : own.join('.');
}
