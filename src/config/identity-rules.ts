import type { PersonAlias } from '../model/identities.js';
import { aliasProblem, readAlias } from './person-alias.js';
import { pathText, type Problem } from './problem.js';
import { part } from './rules.js';
import type { YamlText } from './yaml.js';

interface Claim {
  alias: PersonAlias;
  /** Path of the person, and of the alias or the name. */
  person: number;
  path: (string | number)[];
}

/** Nobody is two people: an alias, or a person's own name and address, stands once in the file. */
export function distinctPeople(yaml: YamlText): Problem[] {
  const seen = new Map<string, { person: number; line: number }>();
  return claims(yaml.value).flatMap(({ alias, person, path }): Problem[] => {
    const key = JSON.stringify([alias.name?.toLowerCase() ?? null, alias.email?.toLowerCase() ?? null]);
    const place = yaml.locate(path);
    const first = seen.get(key);
    if (!first) {
      seen.set(key, { person, line: place.line });
      return [];
    }
    const what = first.person === person ? 'is said twice' : 'is somebody else already';
    return [{ ...place, path: pathText(path), message: `${what} (line ${first.line})` }];
  });
}

function claims(value: unknown): Claim[] {
  const people = part(value, 'people');
  if (!Array.isArray(people)) return [];
  return people.flatMap((entry: unknown, person): Claim[] => {
    const name = part(entry, 'name');
    const email = part(entry, 'email');
    const aliases = part(entry, 'aliases');
    const own: Claim[] =
      typeof name === 'string' && typeof email === 'string'
        ? [{ alias: { name: name.trim(), email }, person, path: ['people', person, 'name'] }]
        : [];
    const others = (Array.isArray(aliases) ? aliases : []).flatMap((alias: unknown, i): Claim[] =>
      aliasProblem(alias) === null ? [{ alias: readAlias(alias), person, path: ['people', person, 'aliases', i] }] : [],
    );
    return [...own, ...others];
  });
}
