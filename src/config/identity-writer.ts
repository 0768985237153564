import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isMap, isSeq, parseDocument, type Document, type YAMLMap, type YAMLSeq } from 'yaml';
import { HealthError } from '../model/error.js';
import { readText } from './file.js';
import { loadIdentities } from './identities.js';
import { aliasText } from './person-alias.js';
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

const HEADER = ` Who is who: people with several names or addresses, bots, organisations.
 A line that is taken out again is undone: figures are counted with what stands here.
`;

/**
 * Adds a line for each merge to the identity file, beside what stands there with its comments; makes the file where it
 * is missing. A merge into somebody who becomes an alias too goes to the one who stays. Returns the lines added.
 * HealthError bad-config for a file that is not valid, before or after; not-writable.
 */
export function acceptMerges(file: string, cwd: string, merges: readonly AcceptedMerge[]): number {
  const name = shortName(file, cwd);
  const isNew = !existsSync(file);
  if (!isNew) loadIdentities(file, cwd);
  const text = isNew ? '' : readText(file, name);
  const document = parseDocument(text, { uniqueKeys: false });
  if (!isMap(document.contents)) {
    const map = document.createNode({}) as unknown as Document.Parsed['contents'];
    document.contents = map;
    if (isNew) document.commentBefore = HEADER.trimEnd();
  }
  const people = peopleOf(document);
  const goes = new Map(merges.map(({ into, alias }) => [key(alias), into]));
  for (const { into, alias, comment } of merges) {
    let target = into;
    for (let next = goes.get(key(target)); next; next = goes.get(key(target))) target = next;
    const node = document.createNode(aliasText(alias));
    node.comment = ` ${comment.replace(/\s+/g, ' ')}`;
    aliasesOf(document, people, target).add(node);
  }
  const indentSeq = !/^[A-Za-z_]+:[ \t]*(?:#.*)?\n(?:[ \t]*(?:#.*)?\n)*- /m.test(text);
  write(file, cwd, document.toString({ lineWidth: 0, indentSeq }));
  return merges.length;
}

function key({ name, email }: Pair): string {
  return JSON.stringify([name.toLowerCase(), email.toLowerCase()]);
}

function peopleOf(document: Document.Parsed): YAMLSeq {
  const found = document.get('people', true);
  if (isSeq(found)) return found;
  const made = document.createNode([]) as YAMLSeq;
  document.set('people', made);
  return made;
}

/** The list of a person's aliases; the person is added where the file lacks them. */
function aliasesOf(document: Document.Parsed, people: YAMLSeq, { name, email }: Pair): YAMLSeq {
  people.flow = false;
  const isTheirs = (entry: unknown): entry is YAMLMap =>
    isMap(entry) &&
    key({ name: String(entry.get('name')).trim(), email: String(entry.get('email')) }) === key({ name, email });
  let entry = people.items.find(isTheirs);
  if (!entry) {
    entry = document.createNode({ name, email }) as YAMLMap;
    people.add(entry);
  }
  entry.flow = false;
  const found = entry.get('aliases', true);
  if (isSeq(found)) {
    found.flow = false;
    return found;
  }
  const made = document.createNode([]) as YAMLSeq;
  entry.set('aliases', made);
  return made;
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
