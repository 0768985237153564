import type { Confidence } from '../model/people.js';
import type { PersonNode } from './person-nodes.js';

/** Why several people may be one. */
export interface Likeness {
  people: PersonNode[];
  reason: string;
  confidence: Confidence;
  /** A reason that this one says more exactly. */
  refines?: string;
}

/** Addresses and names that many people share. */
const SHARED =
  /^(?:root|admin|administrator|nobody|noreply|no-reply|info|support|git|svn|cvs|user|users|dev|devel|build|test|unknown|none|ubuntu|vagrant|pi|www|mail|email|you|your name|localhost|developer|github|gitlab)$/;
const FORGES: [forge: string, login: RegExp][] = [
  ['github.com', /^(?:\d+\+)?([^@+]+)@users\.noreply\.github\.com$/],
  ['gitlab.com', /^(?:\d+-)?([^@]+)@users\.noreply\.gitlab\.com$/],
  ['codeberg.org', /^([^@]+)@noreply\.codeberg\.org$/],
  ['bitbucket.org', /^([^@]+)@users\.noreply\.bitbucket\.org$/],
];
/** A login shorter than this is like many an address. */
const SHORTEST_LOGIN = 4;

/** All likenesses among people: same address, same name, the login of a forge's noreply address. */
export function likenesses(people: readonly PersonNode[]): Likeness[] {
  return [...sameEmail(people), ...sameName(people), ...sameLogin(people)];
}

function sameEmail(people: readonly PersonNode[]): Likeness[] {
  return groups(people, ({ emails }) => emails).map(([email, group]) => ({
    people: group,
    reason: `same address ${email}`,
    confidence: isShared(email) ? 'low' : 'high',
  }));
}

function sameName(people: readonly PersonNode[]): Likeness[] {
  return groups(people, ({ names }) => new Set([...names].map(plainName))).flatMap(([name, group]): Likeness[] => {
    // A name that machines come with says nothing.
    if (SHARED.test(name)) return [];
    const isFull = name.includes(' ');
    const reason = `same name ${name}`;
    const all: Likeness = { people: group, reason, confidence: isFull ? 'medium' : 'low' };
    const colleagues = groups(group, ({ organizations }) => organizations).map(([organization, few]): Likeness => ({
      people: few,
      reason: `${reason}, under another address of ${organization}`,
      refines: reason,
      confidence: isFull ? 'high' : 'medium',
    }));
    return [all, ...colleagues];
  });
}

function sameLogin(people: readonly PersonNode[]): Likeness[] {
  const accounts = groups(people, ({ emails }) => new Set([...emails].flatMap((email) => account(email) ?? [])))
    // The same address has been said.
    .filter(([name, group]) => new Set(group.flatMap((one) => addressesOf(one, name))).size > 1)
    .map(([name, group]): Likeness => ({ people: group, reason: `same account ${name}`, confidence: 'high' }));
  const byWord = index(people, wordsOf);
  const logins = people.flatMap((person) =>
    [...person.emails].flatMap((email): Likeness[] => {
      const login = account(email)?.split(' ')[0];
      if (login === undefined || login.length < SHORTEST_LOGIN || SHARED.test(login)) return [];
      const others = (byWord.get(login) ?? []).filter((other) => other !== person && !other.emails.has(email));
      return others.map((other) => ({
        people: [person, other],
        reason: `login ${login} of ${email} is the other's name or address`,
        confidence: 'medium',
      }));
    }),
  );
  return [...accounts, ...logins];
}

function addressesOf({ emails }: PersonNode, name: string): string[] {
  return [...emails].filter((email) => account(email) === name);
}

/** `login at forge` of a noreply address. */
function account(email: string): string | null {
  for (const [forge, pattern] of FORGES) {
    const login = pattern.exec(email)?.[1];
    if (login !== undefined) return `${login} at ${forge}`;
  }
  return null;
}

/** What a login may be like: names without blanks, and what stands before the @ of ordinary addresses. */
function wordsOf({ names, emails }: PersonNode): Set<string> {
  const locals = [...emails].filter((email) => account(email) === null).map((email) => email.split('@')[0]!);
  return new Set([...locals, ...[...names].map((name) => plainName(name).replaceAll(' ', ''))]);
}

/** Lower case, without marks and signs; `Last, First` the usual way round. */
function plainName(name: string): string {
  const turned = /^([^,]+),\s*([^,]+)$/.exec(name);
  return (turned ? `${turned[2]} ${turned[1]}` : name)
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, ' ')
    .trim();
}

function isShared(email: string): boolean {
  const [local = '', host = ''] = email.split('@');
  return SHARED.test(local) || !host.includes('.') || /(?:^|\.)local(?:host|domain)?$/.test(host);
}

function index(people: readonly PersonNode[], words: (person: PersonNode) => Set<string>): Map<string, PersonNode[]> {
  const found = new Map<string, PersonNode[]>();
  for (const person of people) {
    for (const word of words(person)) {
      if (word === '') continue;
      const list = found.get(word);
      if (list) list.push(person);
      else found.set(word, [person]);
    }
  }
  return found;
}

/** Words that several people have. */
function groups(
  people: readonly PersonNode[],
  words: (person: PersonNode) => Set<string>,
): [word: string, people: PersonNode[]][] {
  return [...index(people, words)].filter(([, group]) => group.length > 1);
}
