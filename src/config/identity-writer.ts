import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { HealthError } from '../model/error.js';
import { readText } from './file.js';
import { loadIdentities } from './identities.js';
import { withAliases, type NewAlias } from './identity-text.js';
import { shortName } from './problem.js';

interface Pair {
  name: string;
  email: string;
}

export interface AcceptedMerge {
  into: Pair;
  alias: Pair;
  /** Stands behind the line. */
  comment: string;
}

const HEADER = `# Who is who: people with several names or addresses, bots, organisations.
# A line that is taken out again is undone: figures are counted with what stands here.
people:
`;

/**
 * Adds a line for each merge to the identity file, beside what stands there with its comments; makes the file where it
 * is missing. A merge into somebody who becomes an alias too goes to the one who stays. Returns the lines added.
 * HealthError bad-config for a file that is not valid, before or after; not-writable.
 */
export function acceptMerges(file: string, cwd: string, merges: readonly AcceptedMerge[]): number {
  const isNew = !existsSync(file);
  if (!isNew) loadIdentities(file, cwd);
  let text = isNew ? HEADER : readText(file, shortName(file, cwd));
  const goes = new Map(merges.map(({ into, alias }) => [key(alias), into]));
  const targets = new Map<string, { person: Pair; aliases: NewAlias[] }>();
  for (const { into, alias, comment } of merges) {
    let person = into;
    for (let next = goes.get(key(person)); next; next = goes.get(key(person))) person = next;
    const target = targets.get(key(person)) ?? { person, aliases: [] };
    targets.set(key(person), target);
    target.aliases.push({ alias, comment });
  }
  for (const { person, aliases } of targets.values()) text = withAliases(text, person, aliases);
  write(file, cwd, text);
  return merges.length;
}

function key({ name, email }: Pair): string {
  return JSON.stringify([name.toLowerCase(), email.toLowerCase()]);
}

/** The whole file or nothing, and nothing that could not be read again. */
function write(file: string, cwd: string, text: string): void {
  const partial = `${file}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(partial, text);
    loadIdentities(partial, cwd);
    renameSync(partial, file);
  } catch (error) {
    rmSync(partial, { force: true });
    if (error instanceof HealthError) {
      throw new HealthError('bad-config', error.message.replaceAll(shortName(partial, cwd), shortName(file, cwd)), {
        hint: 'The file is as it was.',
        cause: error,
      });
    }
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new HealthError('not-writable', `cannot write ${shortName(file, cwd)} (${code})`, { cause: error });
  }
}
