import type { PersonAlias } from '../model/identities.js';

const PAIR = /^(.*\S)\s*<([^<>]*)>$/;
const LONGEST = 1000;

/** What keeps a value from being an alias: `Name <address>`, an address, a name, or a mapping of name and email. */
export function aliasProblem(value: unknown): string | null {
  if (typeof value === 'string') {
    const text = value.trim();
    if (text === '') return 'must not be empty';
    if (text.length > LONGEST) return `must have at most ${LONGEST} characters`;
    if (/[<>]/.test(text) && !PAIR.test(text)) return "must be 'Name <address>', an address or a name";
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return "must be 'Name <address>', an address or a name; put it in quotes";
  }
  const keys = Object.keys(value);
  const odd = keys.find((key) => key !== 'name' && key !== 'email');
  if (odd !== undefined) return `unknown key '${odd}'; known keys: name, email`;
  if (keys.length === 0 || Object.values(value).some((part) => typeof part !== 'string')) {
    return 'must have name or email, both text';
  }
  return null;
}

/** For a value that `aliasProblem` has nothing against. */
export function readAlias(value: unknown): PersonAlias {
  if (typeof value !== 'string') {
    const { name = null, email = null } = value as { name?: string; email?: string };
    return { name, email };
  }
  const text = value.trim();
  const pair = PAIR.exec(text);
  if (pair) return { name: pair[1]!, email: pair[2]! };
  return text.includes('@') ? { name: null, email: text } : { name: text, email: null };
}

/** How an alias is written: as one text where that reads back as the same, else as a mapping. */
export function aliasText({ name, email }: PersonAlias): string | { name?: string; email?: string } {
  const text = name === null ? (email ?? '') : email === null ? name : `${name} <${email}>`;
  const back = aliasProblem(text) === null ? readAlias(text) : null;
  if (back && back.name === name && back.email === email) return text;
  return { ...(name !== null && { name }), ...(email !== null && { email }) };
}
