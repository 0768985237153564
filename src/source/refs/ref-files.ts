import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { HealthError } from '../../model/error.js';
import { isMissing } from '../objects/damage.js';
import { isOid } from '../objects/object-id.js';
import { readText, type Repository } from '../repository.js';
import { decodeText } from '../text.js';

/** As many symbolic refs in a row as git follows. */
const DEPTH = 5;
/** Folders of refs that can hold branches and tags, and one that is only looked for. */
const FOLDERS = ['heads', 'remotes', 'tags', 'replace'];
const REPLACE = 'refs/replace/';

/** Refs as their files have them: an id, or `ref: ` and another ref's name. */
export interface RefFiles {
  refs: ReadonlyMap<string, string>;
  head: string | null;
  /** Whether there are refs/replace, which have git show other objects than those asked for. */
  replaced: boolean;
}

/** What a ref leads to at the end. */
export interface Resolved {
  /** The last name of a row of symbolic refs. */
  name: string;
  /** Null when there is no such ref (a branch not yet born). */
  oid: string | null;
}

/** Adds those that are not there yet: a file of its own holds before a line here. */
function readPacked(common: string, refs: Map<string, string>): void {
  for (const line of (readText(join(common, 'packed-refs')) ?? '').split('\n')) {
    // Lines with ^ hold the peeled tags; those are found again from the tags themselves.
    const match = /^([0-9a-f]{40}) (refs\/(?:heads|remotes|tags|replace)\/.+?)\r?$/.exec(line);
    if (match && !refs.has(match[2])) refs.set(match[2], match[1]);
  }
}

function readLoose(folder: Buffer, name: string, refs: Map<string, string>): void {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true, encoding: 'buffer' });
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  for (const entry of entries) {
    // Bytes, not text: a name may be in any encoding.
    const path = Buffer.concat([folder, Buffer.from('/'), entry.name]);
    const ref = `${name}/${decodeText(entry.name, 0, entry.name.length)}`;
    if (entry.isDirectory()) readLoose(path, ref, refs);
    else if (!ref.endsWith('.lock') && !ref.includes('/.')) {
      try {
        refs.set(ref, readFileSync(path, 'utf8').trim());
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
    }
  }
}

function readHead(gitDir: string): string | null {
  const path = join(gitDir, 'HEAD');
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) {
    const target = readlinkSync(path);
    if (target.startsWith('refs/')) return `ref: ${target}`;
  }
  return readText(path)?.trim() ?? null;
}

export function readRefFiles(repository: Repository): RefFiles {
  const refs = new Map<string, string>();
  // In this order, as git: what git packs meanwhile goes from the first place to the second, and is met at least once.
  for (const folder of FOLDERS) readLoose(Buffer.from(join(repository.common, 'refs', folder)), `refs/${folder}`, refs);
  readPacked(repository.common, refs);
  const replacing = [...refs.keys()].filter((name) => name.startsWith(REPLACE));
  for (const name of replacing) refs.delete(name);
  return { refs, head: readHead(repository.gitDir), replaced: replacing.length > 0 };
}

/** Follows symbolic refs from a file's content (`name` is where it came from). */
export function resolveRef(files: RefFiles, name: string, content: string): Resolved {
  for (let depth = 0; depth <= DEPTH; depth++) {
    if (isOid(content)) return { name, oid: content };
    const target = /^ref:\s*(\S.*)$/.exec(content)?.[1].trim();
    if (target === undefined) {
      throw new HealthError('corrupt-object', `${name} holds neither an object id nor another ref's name`, {
        hint: `write it again, or delete it (git update-ref -d ${name})`,
      });
    }
    name = target;
    const next = files.refs.get(name);
    if (next === undefined) return { name, oid: null };
    content = next;
  }
  return { name, oid: null };
}
